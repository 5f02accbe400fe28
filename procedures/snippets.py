"""The catalogue in the admin: sectors, agencies, life events, legal documents and retired codes."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.admin_lists import ReadOnlyIndexView
from procedures.models import Agency, LegalDocument, LifeEvent, ProcedurePage, RetiredCode, Sector

PEOPLE = _("They may edit, among procedures and decisions, those of their agencies only.")
EDITING = ("add", "change", "publish")


class SectorViewSet(SnippetViewSet):
    """Lĩnh vực."""

    model = Sector
    icon = "tag"
    list_display: ClassVar[list[str]] = ["name", "slug", "code"]
    list_export: ClassVar[list[str]] = ["name", "slug", "code", "description"]
    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("code")]),
        FieldPanel("description"),
        InlinePanel("aliases", label=_("other spelling")),
    ]


class AgencyViewSet(SnippetViewSet):
    """Cơ quan."""

    model = Agency
    icon = "group"
    list_display: ClassVar[list[str]] = ["name", "level", "successor", "ended_on"]
    list_filter: ClassVar[list[str]] = ["level", "end_reason"]
    list_export: ClassVar[list[str]] = [
        *("name", "short_name", "slug", "level", "parent", "address", "hours", "phone", "email"),
        *("website", "ended_on", "get_end_reason_display", "successor"),
    ]
    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("short_name"), FieldPanel("slug")]),
        FieldRowPanel([FieldPanel("level"), FieldPanel("parent")]),
        MultiFieldPanel(
            [FieldPanel("address"), FieldPanel("hours"), FieldPanel("phone"), FieldPanel("email")],
            heading=_("Where and when"),
        ),
        FieldRowPanel([FieldPanel("website"), FieldPanel("map_url")]),
        MultiFieldPanel(
            [FieldPanel("ended_on"), FieldPanel("end_reason"), FieldPanel("successor")],
            heading=_("End and successor"),
        ),
        FieldPanel("description"),
        InlinePanel("people", label=_("person"), help_text=PEOPLE),
    ]


class LifeEventViewSet(SnippetViewSet):
    """Sự kiện trong đời."""

    model = LifeEvent
    icon = "date"
    list_display: ClassVar[list[str]] = ["name", "kind"]
    list_export: ClassVar[list[str]] = ["name", "slug", "get_kind_display", "description"]
    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("kind"),
        FieldPanel("description"),
        FieldPanel("steps"),
    ]


class LegalDocumentViewSet(SnippetViewSet):
    """Văn bản pháp luật."""

    model = LegalDocument
    icon = "doc-full"
    list_display: ClassVar[list[str]] = ["number", "kind", "title", "signed_on"]
    list_filter: ClassVar[list[str]] = ["kind"]
    list_export: ClassVar[list[str]] = ["number", "kind", "place", "title", "issuer", "signed_on", "url"]
    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("kind"), FieldPanel("place")]),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("issuer"), FieldPanel("signed_on")]),
        FieldPanel("url"),
    ]


class ReadOnlyPolicy(BasePermissionPolicy):
    """Those who may edit procedures see the rows; a command writes them."""

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        """Return who sees them."""
        policy = policy_registry.get_by_type(ProcedurePage)
        return policy.users_with_any_permission(EDITING if "view" in actions else ())

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Let them look, and nobody do anything else."""
        policy = policy_registry.get_by_type(ProcedurePage)
        return action == "view" and bool(policy.user_has_any_permission(user, EDITING))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """Let nobody do anything but look."""
        return any(self.user_has_permission(user, action) for action in actions)


class RetiredCodeViewSet(SnippetViewSet):
    """Mã đã rời danh mục quốc gia."""

    model = RetiredCode
    icon = "history"
    index_view_class = ReadOnlyIndexView
    list_display: ClassVar[list[str]] = ["__str__", "seen"]
    list_export: ClassVar[list[str]] = ["code", "name", "seen"]
    search_fields: ClassVar[list[str]] = ["code", "name"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = True


register_permission_policy(RetiredCode, ReadOnlyPolicy(RetiredCode))


class CatalogueGroup(SnippetViewSetGroup):
    """Danh mục: what procedures refer to."""

    menu_label = _("Catalogue")
    menu_icon = "folder-open-inverse"
    menu_order = 250
    items = (SectorViewSet, AgencyViewSet, LifeEventViewSet, LegalDocumentViewSet, RetiredCodeViewSet)
