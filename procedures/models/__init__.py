"""The models of `procedures`, by concern."""

from procedures.models.catalogue import (
    Agency,
    Audience,
    AuthorityLevel,
    LegalDocument,
    LifeEvent,
    Sector,
    SectorAlias,
)
from procedures.models.decision import DecisionIndexPage, DecisionPage
from procedures.models.imports import ImportConflict, ImportedRecord
from procedures.models.index import ProcedureIndexPage
from procedures.models.procedure import ProcedurePage
from procedures.models.relations import LegalBasis, ProcedureAgency, ProcedureLifeEvent, ProcedureSector

__all__ = [
    "Agency",
    "Audience",
    "AuthorityLevel",
    "DecisionIndexPage",
    "DecisionPage",
    "ImportConflict",
    "ImportedRecord",
    "LegalBasis",
    "LegalDocument",
    "LifeEvent",
    "ProcedureAgency",
    "ProcedureIndexPage",
    "ProcedureLifeEvent",
    "ProcedurePage",
    "ProcedureSector",
    "Sector",
    "SectorAlias",
]
