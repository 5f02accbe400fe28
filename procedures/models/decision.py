"""Decisions: the acts that publish, amend and repeal procedures."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, TitleFieldPanel
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks import BodyBlock, FileBlock
from home.fields import ChoiceSetField, NormalCharField, NormalTextField
from home.models import MaintainedPage, PortalPage
from home.models.maintenance import MAINTENANCE_PANELS
from home.text import document_key
from procedures import decision_lists
from procedures.choices import Purpose
from procedures.forms import DecisionPageForm
from procedures.models.catalogue import Agency
from procedures.permissions import AgencyPermissionTester
from procedures.querysets import DecisionPageManager


class DecisionPage(MaintainedPage):
    """Quyết định. What it does to each procedure (its items) is a later model: the action belongs there."""

    number = NormalCharField(_("number"), max_length=100)
    number_key = models.CharField(max_length=150, editable=False, db_index=True)
    issuer = models.ForeignKey(
        Agency,
        verbose_name=_("issuer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    signer = NormalCharField(_("signer"), max_length=200, blank=True)
    date_signed = models.DateField(_("date signed"), null=True, blank=True)
    date_in_force = models.DateField(_("date in force"), null=True, blank=True)
    purposes = ChoiceSetField(_("purposes"), choice_set=Purpose.choices)
    summary = NormalTextField(_("in short"), blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    files = StreamField(StreamBlock([("file", FileBlock())]), blank=True, verbose_name=_("files"))

    objects: ClassVar[Any] = DecisionPageManager()
    base_form_class = DecisionPageForm

    content_panels: ClassVar[list[Any]] = [
        TitleFieldPanel("title", targets=[]),  # the slug begins with the number: not made while typing
        FieldRowPanel([FieldPanel("number"), FieldPanel("issuer"), FieldPanel("signer")]),
        FieldRowPanel([FieldPanel("date_signed"), FieldPanel("date_in_force")]),
        FieldPanel("purposes"),
        FieldPanel("summary"),
        FieldPanel("files"),
        FieldPanel("body"),
        *MAINTENANCE_PANELS,
    ]
    parent_page_types: ClassVar[list[str]] = ["procedures.DecisionIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [*PortalPage.search_fields, index.SearchField("number", boost=3)]

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def permissions_for_user(self, user: Any) -> AgencyPermissionTester:
        """Return what a person may do with it: those of an agency only with what that issues."""
        return AgencyPermissionTester(user, self)

    def derive(self) -> None:
        """Make the key by which procedures find their decision."""
        super().derive()
        self.number_key = document_key(self.number)[:150]

    def called(self) -> str:
        return f"{self.title}\n{self.number}"

    def slug_source(self) -> str:
        return f"{self.number} {self.title}".replace("/", "-")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | decision_lists.beside(request, self)


class DecisionIndexPage(PortalPage):
    """`/quyet-dinh/`: decisions, the newest first, by year and issuer."""

    frame_title = _("Decisions")
    lead = NormalTextField(_("lead"), blank=True)

    content_panels: ClassVar[list[Any]] = [*PortalPage.content_panels, FieldPanel("lead")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["procedures.DecisionPage"]

    class Meta:
        verbose_name = _("list of decisions")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | decision_lists.context(request, self)
