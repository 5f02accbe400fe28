"""The dictionary in the admin: its list, and a form that says what is wrong."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import DateColumn, UserColumn
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from search import documents, lexicons, terms
from search.admin.columns import YesNoColumn
from search.admin.trying import TRY_RESULTS
from search.models import SearchTerm
from search.understanding.spelling import is_plain

WORDS_HELP = gettext_lazy(
    "As people type it, with its marks, two or more words if you can: “làm giấy tờ đất”. "
    "Who types it without marks is understood, too."
)
OFFICIAL_HELP = gettext_lazy(
    "Words that stand in the name of the procedure: “cấp giấy chứng nhận quyền sử dụng đất”. "
    "A query with the words above is then also tried with these; what was typed still counts."
)
BOTH_WAYS_HELP = gettext_lazy(
    "Only for words that mean exactly the same in both directions. It does more harm than good "
    "where the official words are the wider ones."
)
ENABLED_HELP = gettext_lazy("A line out of use changes no search. It works, or stops to, within a minute.")
NOTE_HELP = gettext_lazy("Why it is there: for whoever looks at it next year.")
SEEDED = gettext_lazy(
    "Lines that came with the portal cannot be deleted: switch them off instead (“in use”). "
    "Deleted ones would come back with the next update."
)


class TermForm(WagtailAdminModelForm):
    """Notes who changed a line, and how it was before its first change."""

    def save(self, commit: bool = True) -> SearchTerm:
        """Save the line as changed by this person."""
        term: SearchTerm = self.instance
        if commit and term.pk and not term.latest_revision_id:
            SearchTerm.objects.get(pk=term.pk).save_revision(log_action=False)
        term.updated_by = self.for_user
        saved: SearchTerm = super().save(commit=commit)
        transaction.on_commit(lexicons.forget)
        return saved


class TermIndexView(IndexView):
    """The list."""

    def search_queryset(self, queryset: QuerySet[SearchTerm]) -> QuerySet[SearchTerm]:
        """Return the lines that have these words in either column; words without marks find marked ones."""
        asked = " ".join(terms.phrase(documents.text().normalise(self.search_query or "")))
        if not asked:
            return queryset
        plain, fold = is_plain(asked.split()), documents.text().fold

        def has(text: str) -> bool:
            said = " ".join(terms.phrase(text))
            return asked in (fold(said) if plain else said)

        rows = queryset.values_list("pk", "words", "official")
        return queryset.filter(pk__in=[pk for pk, *texts in rows if any(map(has, texts))])

    def get_delete_url(self, instance: SearchTerm) -> str | None:
        """Offer no button for what cannot be."""
        return None if instance.seeded else super().get_delete_url(instance)


class TryMixin:
    """A form with the box to try a line below it, and a word of warning after it is saved.

    Wagtail would save a line every half second while it is typed, and people would search with it.
    """

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add where the box gets its results; nothing is saved before the button is pressed."""
        self.autosave_enabled = False
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"try_url": reverse(TRY_RESULTS)}

    def save_action(self) -> HttpResponse:
        """Say, after what was saved, what else the editor should know."""
        response = super().save_action()  # type: ignore[misc]
        for sentence in terms.warnings(self.object):  # type: ignore[attr-defined]
            messages.warning(self.request, sentence)  # type: ignore[attr-defined]
        return response


class TermCreateView(TryMixin, CreateView):
    """A new line; the address may bring its words, as the list of failed searches does."""

    def get_initial(self) -> dict[str, Any]:
        """Take words from the address."""
        given = {name: self.request.GET[name] for name in ("words", "official") if name in self.request.GET}
        return super().get_initial() | given


class TermEditView(TryMixin, EditView):
    """A line."""

    @cached_property
    def can_delete(self) -> bool:
        """Offer no button for what cannot be."""
        return not self.object.seeded and self.user_has_permission_for_instance("delete", self.object)


class TermViewSet(SnippetViewSet):
    """Từ điển tìm kiếm."""

    model = SearchTerm
    icon = "openquote"
    copy_view_enabled = False
    index_view_class = TermIndexView
    add_view_class = TermCreateView
    edit_view_class = TermEditView
    create_template_name = "search/admin/term_create.html"
    edit_template_name = "search/admin/term_edit.html"
    list_display = [
        "words",
        "official",
        "kind",
        YesNoColumn("both_ways", label=gettext_lazy("Both ways"), sort_key="both_ways"),
        YesNoColumn("enabled", label=gettext_lazy("In use"), sort_key="enabled"),
        YesNoColumn("seeded", label=gettext_lazy("Came with the portal"), sort_key="seeded"),
        UserColumn("updated_by", label=gettext_lazy("Changed by")),
        DateColumn("updated_at", label=gettext_lazy("Changed"), sort_key="updated_at"),
    ]
    list_filter = ["kind", "enabled", "seeded"]
    list_export = [
        "words",
        "official",
        "kind",
        "both_ways",
        "enabled",
        "seeded",
        "note",
        "updated_at",
        "updated_by",
    ]
    list_per_page = 50
    search_fields = ["words", "official"]
    edit_handler = ObjectList(
        [
            FieldPanel("words", help_text=WORDS_HELP),
            FieldPanel("official", help_text=OFFICIAL_HELP),
            FieldPanel("kind"),
            FieldRowPanel(
                [
                    FieldPanel("both_ways", help_text=BOTH_WAYS_HELP),
                    FieldPanel("enabled", help_text=ENABLED_HELP),
                ]
            ),
            FieldPanel("note", help_text=NOTE_HELP),
        ],
        base_form_class=TermForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[SearchTerm]:
        """Return all lines, with who changed them."""
        return SearchTerm.objects.select_related("updated_by__wagtail_userprofile")


@hooks.register("before_delete_snippet")
def keep_what_came_with_the_portal(request: HttpRequest, instances: list[Model]) -> HttpResponse | None:
    """Keep lines that the next seeding would bring back."""
    if not any(isinstance(instance, SearchTerm) and instance.seeded for instance in instances):
        return None
    messages.error(request, str(SEEDED))
    return redirect(reverse("wagtailsnippets_search_searchterm:list"))
