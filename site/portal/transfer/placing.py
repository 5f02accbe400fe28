"""Finds the pages of an archive here, by key or by address, and makes those that are not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, ForeignKey, OuterRef
from wagtail.fields import StreamField
from wagtail.models import Page, PageLogEntry
from wagtail.signal_handlers import disable_reference_index_auto_update

from home.forms import RESERVED_SLUGS
from home.models import RecycleBin, User
from home.models.base import HOME_DEPTH
from portal.transfer import identities, shapes
from portal.transfer.archive import Reader, Record, Refused
from portal.transfer.identities import Key
from portal.transfer.local import Local
from portal.transfer.outcomes import ACTION, Outcome, Report


@dataclass(frozen=True)
class Placed:
    """A page of the archive, and the one here that it is."""

    model: type[Page]
    pk: int
    is_new: bool
    is_top: bool
    by_address: bool = False


@dataclass
class Places:
    """Where the pages of an archive are; `under` is the parent of its top, if not the one it had."""

    archive: Reader
    local: Local
    report: Report
    under: Page | None
    found: dict[Key, Placed] = field(default_factory=dict)
    refused: set[Key] = field(default_factory=set)
    _parents: dict[int, Page] = field(default_factory=dict)
    _slugs: dict[int, dict[str, Page]] = field(default_factory=dict)

    def find(self) -> None:
        """Place every page. Raises `Refused` where a record is none."""
        home = identities.home_page()
        self.local.put(Page, identities.HOME, home.pk)
        self._find_outside(home)
        bin_path = RecycleBin.load().path
        heads = self._heads()
        here = self._by_key(list(heads))
        for where, record in self.archive.lines("pages.jsonl"):
            key, model = record["key"], heads[record["key"]]
            is_top = record["parent"] not in heads
            page = here.get(key)
            if page and page.specific_class is not model:
                self._refuse(record, f"its key is that of a page of another type: {page.title}")
            elif page and page.path.startswith(bin_path):
                self._leave_in_bin(record, page)
            elif page:
                self._place(key, Placed(model, page.pk, is_new=False, is_top=is_top))
            else:
                self._find_or_create(where, record, heads, is_top=is_top)

    def _heads(self) -> dict[Key, type[Page]]:
        heads: dict[Key, type[Page]] = {}
        for where, record in self.archive.lines("pages.jsonl"):
            model = shapes.head(where, record)
            if record["key"] in heads:
                raise Refused(f"{where}: its key is there twice.")
            heads[record["key"]] = model
            self.local.names[record["key"]] = (record["live"] or record["draft"])["title"]
        return heads

    def _by_key(self, keys: list[Key]) -> dict[Key, Page]:
        found: dict[Key, Page] = {}
        for start in range(0, len(keys), 500):
            some = Page.objects.filter(translation_key__in=keys[start : start + 500])
            for page in some.select_related("content_type").filter(alias_of=None):
                found[str(page.translation_key)] = page
        return found

    def _find_outside(self, home: Page) -> None:
        """Find the pages that the archive refers to and does not hold, by key and then by address."""
        said: dict[Key, Record] = {}
        for where, record in self.archive.lines("outside.jsonl"):
            texts = [record.get(name) for name in ("key", "type", "title", "address")]
            if not shapes.is_key(texts[0]) or not all(isinstance(text, str) for text in texts):
                raise Refused(f"{where}: names no page.")
            said[record["key"]] = record
            self.local.names[record["key"]] = f"{record['title']} (/{record['address']})"
        here = self._by_key(list(said))
        addresses = [f"{home.url_path}{r['address']}" for key, r in said.items() if key not in here]
        pages = Page.objects.filter(url_path__in=addresses).select_related("content_type")
        by_address = {page.url_path.removeprefix(home.url_path): page for page in pages}
        for key, record in said.items():
            page = here.get(key) or by_address.get(record["address"])
            if page and page.specific_class._meta.label_lower == record["type"]:
                self.local.put(Page, key, page.pk)

    def _find_or_create(
        self, where: str, record: Record, heads: dict[Key, type[Page]], *, is_top: bool
    ) -> None:
        model = heads[record["key"]]
        parent = self._parent(record, is_top=is_top)
        if parent is None:
            return
        slug = (record["live"] or record["draft"])["slug"]
        taken = self._below(parent).get(slug)
        if taken is None:
            self._create(where, record, model, parent, is_top=is_top)
        elif str(taken.translation_key) in heads:
            reason = f"its address is still that of the page {taken.title}, which this file changes"
            self._refuse(record, f"{reason}: import the same file again once that page has another")
        elif taken.specific_class is model and taken.pk not in self.local.keys.known[Page]:
            placed = Placed(model, taken.pk, is_new=False, is_top=is_top, by_address=True)
            self._place(record["key"], placed)
        else:
            self._refuse(record, f"its address is taken by the page {taken.title}")

    def left(self) -> list[Page]:
        """Return the pages here that an import brought into this branch once, and that are not in it now."""
        tops = [placed.pk for placed in self.found.values() if placed.is_top]
        if self.archive.manifest.get("branch") == "/" and self.under is None:
            tops = [identities.home_page().pk]
        brought = PageLogEntry.objects.filter(action=ACTION, page=OuterRef("pk"))
        found: list[Page] = []
        for top in Page.objects.filter(pk__in=tops).order_by("path"):
            below = Page.objects.descendant_of(top).filter(Exists(brought), alias_of=None).order_by("path")
            found += [page for page in below if str(page.translation_key) not in self.local.names]
        return found

    def _leave_in_bin(self, record: Record, page: Page) -> None:
        """Leave a page that was deleted here where it is; what refers to it may do so still."""
        self.local.put(Page, record["key"], page.pk)
        self.refused.add(record["key"])
        reason = "in the recycle bin here: left there; restore it first if it is to come in"
        self.report.add(Outcome.CONFLICT, record["type"], self.local.names[record["key"]], reason)

    def _parent(self, record: Record, *, is_top: bool) -> Page | None:
        if is_top and self.under is not None:
            pk = self.under.pk
        elif record["parent"] in self.refused:
            pk = None
        else:
            pk = self.local.pks[Page].get(record["parent"])
        if pk is None:
            above = (
                "its parent did not come in, see there"
                if record["parent"] in self.refused
                else ("its parent is not here: say with --under where it belongs")
            )
            self._refuse(record, above)
            return None
        if pk not in self._parents:
            self._parents[pk] = Page.objects.get(pk=pk)
        return self._parents[pk]

    def _below(self, parent: Page) -> dict[str, Page]:
        if parent.pk not in self._slugs:
            pages = Page.objects.child_of(parent).select_related("content_type")
            self._slugs[parent.pk] = {page.slug: page for page in pages}
        return self._slugs[parent.pk]

    def _create(self, where: str, record: Record, model: type[Page], parent: Page, *, is_top: bool) -> None:
        """Make a page that nobody sees yet, without what it refers to: not all of that is here."""
        content = record["live"] or record["draft"]
        if not model.can_exist_under(parent):
            self._refuse(record, f"no page of its type may be below {parent.title}")
            return
        if parent.depth == HOME_DEPTH and content["slug"] in RESERVED_SLUGS:
            self._refuse(record, "its address belongs to the portal itself")
            return
        fields = identities.fields(model)
        try:
            plain = {
                name: fields[name].to_python(value)
                for name, value in content.items()
                if name in fields and not isinstance(fields[name], ForeignKey | StreamField)
            }
            page: Any = model(**plain, live=False, translation_key=record["key"], owner=_owner(record))
            with disable_reference_index_auto_update():  # what it refers to comes later
                parent.add_child(instance=page)
        except ValidationError as error:
            self._refuse(record, " ".join(error.messages))
            return
        except (TypeError, ValueError) as error:
            raise Refused(f"{where}: {error}") from error
        self._below(parent)[page.slug] = page
        self._parents[page.pk] = page
        self._slugs[page.pk] = {}
        self._place(record["key"], Placed(model, page.pk, is_new=True, is_top=is_top))

    def _place(self, key: Key, placed: Placed) -> None:
        self.found[key] = placed
        self.local.put(Page, key, placed.pk)

    def _refuse(self, record: Record, reason: str) -> None:
        self.refused.add(record["key"])
        self.report.add(Outcome.REFUSED, record["type"], self.local.names[record["key"]], reason)


def _owner(record: Record) -> User | None:
    name = record.get("owner")
    return User.objects.filter(username=name).first() if isinstance(name, str) else None
