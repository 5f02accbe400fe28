"""The menu of the search in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from search.admin.bets import BetViewSet
from search.admin.words import TermViewSet


class SearchGroup(SnippetViewSetGroup):
    """Tìm kiếm: what editors can do for it."""

    menu_label = _("Public search")
    menu_icon = "search"
    menu_order = 260
    submenu_hook = "register_search_menu_item"
    items = (TermViewSet, BetViewSet)


register_snippet(SearchGroup)
