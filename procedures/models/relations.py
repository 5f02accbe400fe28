"""The rows that join a procedure to what it refers to; they are versioned with the page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from home.fields import NormalCharField
from procedures.choices import AgencyRole
from procedures.models.catalogue import Agency, LegalDocument, LifeEvent, Sector


class ProcedureSector(Orderable):
    """A sector of a procedure; the first is the main one."""

    procedure = ParentalKey("procedures.ProcedurePage", on_delete=models.CASCADE, related_name="sector_links")
    sector = models.ForeignKey(
        Sector, verbose_name=_("sector"), on_delete=models.PROTECT, related_name="procedure_links"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")


class ProcedureAgency(Orderable):
    """An agency of a procedure, in one role."""

    procedure = ParentalKey("procedures.ProcedurePage", on_delete=models.CASCADE, related_name="agency_links")
    role = models.CharField(
        _("role"), max_length=15, choices=AgencyRole.choices, default=AgencyRole.IMPLEMENTING
    )
    agency = models.ForeignKey(
        Agency, verbose_name=_("agency"), on_delete=models.PROTECT, related_name="procedure_links"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")


class ProcedureLifeEvent(Orderable):
    """A life event that needs a procedure."""

    procedure = ParentalKey(
        "procedures.ProcedurePage", on_delete=models.CASCADE, related_name="life_event_links"
    )
    life_event = models.ForeignKey(
        LifeEvent, verbose_name=_("life event"), on_delete=models.CASCADE, related_name="procedure_links"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("life event")
        verbose_name_plural = _("life events")


class LegalBasis(Orderable):
    """Căn cứ pháp lý: a procedure rests on a legal document."""

    procedure = ParentalKey("procedures.ProcedurePage", on_delete=models.CASCADE, related_name="legal_bases")
    document = models.ForeignKey(
        LegalDocument, verbose_name=_("legal document"), on_delete=models.PROTECT, related_name="bases"
    )
    cited_as = NormalCharField(
        _("cited as"),
        max_length=500,
        blank=True,
        help_text=_("The number as the source writes it, where it differs"),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal basis")
