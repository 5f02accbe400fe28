"""The models of `procedures`, by concern."""

from procedures.models.catalogue import (
    Agency,
    AgencyPerson,
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
from procedures.models.merged import MergedAgency, MergedLifeEvent, MergedSector
from procedures.models.phrasing import Phrasing
from procedures.models.procedure import ProcedurePage
from procedures.models.relations import LegalBasis, ProcedureAgency, ProcedureLifeEvent, ProcedureSector
from procedures.models.retired import RetiredCode

__all__ = [
    "Agency",
    "AgencyPerson",
    "Audience",
    "AuthorityLevel",
    "DecisionIndexPage",
    "DecisionPage",
    "ImportConflict",
    "ImportedRecord",
    "LegalBasis",
    "LegalDocument",
    "LifeEvent",
    "MergedAgency",
    "MergedLifeEvent",
    "MergedSector",
    "Phrasing",
    "ProcedureAgency",
    "ProcedureIndexPage",
    "ProcedureLifeEvent",
    "ProcedurePage",
    "ProcedureSector",
    "RetiredCode",
    "Sector",
    "SectorAlias",
]
