"""The procedure page: one administrative procedure with every part that the law asks for."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.search import index

from home.fields import ChoiceSetField, NormalCharField, NormalTextField
from home.models import MaintainedPage, PortalPage
from home.text import document_key, fold, folded_words, normalise, sort_key
from procedures import checklist, posting
from procedures.blocks import ChannelsBlock, DossierBlock, ResultsBlock, StepsBlock
from procedures.choices import Anywhere, Chain, OnlineService, Part, Status
from procedures.forms import ProcedurePageForm
from procedures.models.catalogue import Agency, Audience, AuthorityLevel
from procedures.panels import PROCEDURE_EDIT_HANDLER
from procedures.permissions import AgencyPermissionTester
from procedures.presentation import present
from procedures.querysets import ProcedurePageManager

TITLE_LENGTH = 255
SORT_KEY_LENGTH = 200


def as_of(first: datetime | None, last: datetime | None, retrieved: date | None) -> date | None:
    """Return the day of a page's text: of its source, until it is published anew here.

    `first` and `last` are its times of publication, `retrieved` is when its source was read.
    """
    if retrieved and first == last:
        return retrieved
    return timezone.localdate(last) if last else None


class ProcedurePage(RoutablePageMixin, MaintainedPage):
    """Thủ tục hành chính (Decree 63/2010/NĐ-CP, article 8, as amended).

    `name` is what people see, up to 1,200 characters in the national catalogue; `title`, which
    Wagtail limits to 255, is made of it. `code` is the base code and the identity of the
    procedure; a local variant has the same base code with a suffix, or a code of its own.
    """

    code = NormalCharField(_("code"), max_length=50, db_index=True)
    code_suffix = NormalCharField(
        _("suffix"), max_length=50, blank=True, help_text=_("What follows the code, such as 000.00.00.H34")
    )
    name = NormalTextField(_("name"))
    summary = NormalTextField(
        _("in short"), blank=True, help_text=_("What one gets and for whom, in plain words")
    )
    kind = NormalCharField(_("kind"), max_length=100, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.IN_FORCE)
    levels = ParentalManyToManyField(
        AuthorityLevel, verbose_name=_("levels"), blank=True, related_name="procedures"
    )
    audiences = ParentalManyToManyField(
        Audience, verbose_name=_("who may apply"), blank=True, related_name="procedures"
    )
    issuer = models.ForeignKey(
        Agency,
        verbose_name=_("published by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="issued_procedures",
    )
    local_to = NormalCharField(
        _("local to"), max_length=100, blank=True, help_text=_("The province that alone has this procedure")
    )
    decision_number = NormalCharField(_("decision number"), max_length=100, blank=True)
    decision_key = models.CharField(max_length=150, blank=True, editable=False, db_index=True)

    steps = StreamField(StepsBlock(), blank=True, verbose_name=_("steps"))
    channels = StreamField(ChannelsBlock(), blank=True, verbose_name=_("channels, limits and fees"))
    dossier = StreamField(DossierBlock(), blank=True, verbose_name=_("dossier"))
    results = StreamField(ResultsBlock(), blank=True, verbose_name=_("result"))
    conditions = NormalTextField(_("requirements and conditions"), blank=True)
    receiving_address = NormalTextField(_("where dossiers are received"), blank=True)
    agencies_note = NormalTextField(
        _("agencies in words"), blank=True, help_text=_("What the source says of agencies beyond their names")
    )
    keywords = NormalTextField(_("keywords"), blank=True)
    answered_none = ChoiceSetField(
        _("answered “none”"), choice_set=Part.choices, help_text=_("Parts that this procedure does not have")
    )

    chain = models.CharField(_("chain of agencies"), max_length=15, choices=Chain.choices, default=Chain.NONE)
    online_service = models.CharField(
        _("online service"),
        max_length=10,
        choices=OnlineService.choices,
        blank=True,
        default=OnlineService.UNKNOWN,
    )
    online_reason = NormalTextField(_("why only partly online"), blank=True)
    online_url = models.URLField(_("where to apply online"), max_length=500, blank=True)
    anywhere = models.CharField(
        _("anywhere"), max_length=10, choices=Anywhere.choices, blank=True, default=Anywhere.UNKNOWN
    )
    payment_online = models.BooleanField(_("payment online"), null=True, blank=True)

    source_name = NormalCharField(_("source"), max_length=200, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    source_retrieved_on = models.DateField(_("retrieved on"), null=True, blank=True)
    source_hash = models.CharField(max_length=64, blank=True, editable=False)
    importer_version = models.CharField(max_length=20, blank=True, editable=False)
    suspect = NormalCharField(
        _("doubt"), max_length=200, blank=True, help_text=_("Why the record may not be a real procedure")
    )
    listed = models.BooleanField(
        _("in the national catalogue"), default=True, help_text=_("Whether today's national catalogue has it")
    )
    sort_key = models.CharField(max_length=SORT_KEY_LENGTH, blank=True, editable=False, db_index=True)

    objects: ClassVar[Any] = ProcedurePageManager()

    base_form_class = ProcedurePageForm
    edit_handler = PROCEDURE_EDIT_HANDLER
    parent_page_types: ClassVar[list[str]] = ["procedures.ProcedureIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [
        *PortalPage.search_fields,
        index.SearchField("code", boost=3),
        index.AutocompleteField("code"),
    ]

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")

    def permissions_for_user(self, user: Any) -> AgencyPermissionTester:
        """Return what a person may do with it: those of an agency only with their agency's own."""
        return AgencyPermissionTester(user, self)

    def derive(self) -> None:
        """Make the title of the name, and the keys that the database sorts and joins by."""
        self.name = normalise(self.name)
        self.code = normalise(self.code)
        self.title = Truncator(" ".join(self.name.split())).chars(TITLE_LENGTH)
        self.decision_key = document_key(self.decision_number)[:150]
        self.sort_key = sort_key(self.name)[:SORT_KEY_LENGTH]
        self.folded_name = folded_words(self.called())

    def called(self) -> str:
        return "\n".join([self.name, self.full_code, self.code, self.decision_number, self.keywords])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        list_url = context["breadcrumbs"][-1].get_url(request)
        return context | {"shown": present(self), "list_url": list_url}

    @path("chuan-bi/")
    def checklist(self, request: HttpRequest) -> HttpResponse:
        """Show what to bring in one's own case: the case and channel that the address names."""
        return checklist.serve(request, self)

    @path("niem-yet/")
    def posting_sheet(self, request: HttpRequest) -> HttpResponse:
        """Return the sheet for the wall of the one-stop desk, a PDF."""
        return posting.serve(request, self)

    def slug_source(self) -> str:
        return f"{self.code} {self.name}".replace(".", "-")

    @property
    def full_code(self) -> str:
        """Return the code with its suffix, as agencies print it."""
        return f"{self.code}.{self.code_suffix}" if self.code_suffix else self.code

    @property
    def as_of(self) -> date | None:
        """Return the day of what the page says."""
        return as_of(self.first_published_at, self.last_published_at, self.source_retrieved_on)

    @property
    def foreign(self) -> bool:
        """Return whether this is the procedure of another province."""
        place = fold(self.local_to)
        return bool(place) and not any(fold(name) in place for name in settings.PROVINCE_NAMES)
