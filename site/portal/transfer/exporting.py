"""Writes a branch of pages, and what they refer to, into an archive."""

from __future__ import annotations

import os
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import wagtail
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from home.models import RecycleBin
from portal.transfer import identities, records
from portal.transfer.archive import Record, Writer
from portal.transfer.keys import Keys, content_hash
from portal.transfer.references import Data
from procedures.models import Agency, LifeEvent, ProcedureIndexPage, Sector

CATALOGUE: tuple[type[Model], ...] = (Sector, Agency, LifeEvent)
"""Rows that the list of procedures shows, though no procedure may refer to them."""


class NoBranch(Exception):
    """There is no such branch to export."""


@dataclass
class Exported:
    """What came of an export."""

    counts: dict[str, int]
    warnings: list[str]


@dataclass
class Export:
    """One export. `address` is that of the top of the branch; None for all below the home page."""

    address: str | None
    owners: bool = False
    keys: Keys = field(default_factory=Keys)
    warnings: list[str] = field(default_factory=list)

    @transaction.atomic
    def write(self, path: Path) -> Exported:
        """Write the archive; an older one of that name is replaced once the new one is whole.

        Raises `NoBranch`, and OSError where the file cannot be written.
        """
        pages = self._branch()
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
                writer = Writer(packed)
                self._pages(writer, pages)
                self._rows(writer)
                self._media(writer)
                self._outside(writer, {page.pk for page in pages})
                writer.manifest(
                    made_at=timezone.now().isoformat(timespec="seconds"),
                    branch=self.address or "/",
                    portal={"wagtail": wagtail.__version__},
                    left_out=list(identities.LEFT_OUT),
                    warnings=self.warnings,
                )
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return Exported(writer.counts, self.warnings)

    def _branch(self) -> list[Page]:
        """Return the pages of the branch, each after its parent."""
        home = identities.home_page()
        pages = Page.objects.order_by("path").only("pk", "path", "depth", "alias_of_id", "owner_id", "title")
        if self.address is None or not self.address.strip("/"):
            found = pages.descendant_of(home)
        else:
            url_path = f"{home.url_path}{self.address.strip('/')}/"
            top = pages.filter(url_path=url_path).first()
            if top is None:
                raise NoBranch(f"There is no page at {self.address}.")
            found = pages.descendant_of(top, inclusive=True)
        moved = []
        for page in found.not_type(RecycleBin):
            if page.alias_of_id:
                self.warnings.append(f"{page.title}: an alias, left out")
            else:
                moved.append(page)
        return moved

    def _pages(self, writer: Writer, pages: list[Page]) -> None:
        places = {page.path: page.pk for page in pages}
        inside = set(places.values())
        self.keys.load(Page, [page.pk for page in pages])
        owners = self._owners(pages)
        with writer.lines("pages.jsonl") as lines:
            for start in range(0, len(pages), records.PAGES_AT_ONCE):
                some = pages[start : start + records.PAGES_AT_ONCE]
                parents = self._parents(some, places)
                for found, record in self._with_keys([page.pk for page in some]):
                    parent = parents[found.path[: -Page.steplen]]
                    if parent not in inside:
                        self.keys.wanted[Page].add(parent)
                        record["restriction"] = self._closed(found, record["restriction"])
                    record["key"] = self.keys.known[Page][found.pk]
                    record["parent"] = self.keys.known[Page][parent]
                    if owner := owners.get(found.owner_id):
                        record["owner"] = owner
                    lines.add(record)

    def _owners(self, pages: list[Page]) -> dict[int | None, str]:
        if not self.owners:
            return {}
        from home.models import User

        owning = {page.owner_id for page in pages if page.owner_id}
        return {user.pk: user.username for user in User.objects.filter(pk__in=owning)}

    def _parents(self, pages: list[Page], places: dict[str, int]) -> dict[str, int]:
        above = {page.path[: -Page.steplen] for page in pages}
        outside = above - set(places)
        found = dict(Page.objects.filter(path__in=outside).values_list("path", "pk"))
        self.keys.load(Page, found.values())
        return {path: places.get(path) or found[path] for path in above}

    def _with_keys(self, pks: list[int]) -> list[tuple[Page, Record]]:
        found = list(records.pages(pks))
        contents = [
            (type(page), record[name]) for page, record in found for name in ("live", "draft") if record[name]
        ]
        translated = iter(self.keys.translated(contents))
        self._warn(self.keys)
        return [
            (page, record | {name: next(translated) for name in ("live", "draft") if record[name]})
            for page, record in found
        ]

    def _warn(self, keys: Keys) -> None:
        self.warnings += [f"{lost}: is not there any more, left empty" for lost in keys.lost]
        keys.lost.clear()

    def _closed(self, page: Page, own: Record | None) -> Record | None:
        """Return who may see the top of the branch, with what it has from above it: closed it must stay.

        A page has one restriction: groups are narrower than a login, and of two sets of groups its own stays.
        """
        above = PageViewRestriction.objects.filter(page__in=page.get_ancestors()).prefetch_related("groups")
        found = [records.privacy(one) for one in above.order_by("-page__depth")]
        groups = [one for one in found if one["type"] == "groups"]
        if own and own["type"] == "groups":
            if groups:
                self.warnings.append(f"{page.title}: closed to others by a page above it, too")
            return own
        if groups:
            return groups[0]
        return own or (found[0] if found else None)

    def _rows(self, writer: Writer) -> None:
        """Write the rows that were referred to, and what they refer to in turn."""
        wanted = self.keys.wanted
        if ProcedureIndexPage.objects.filter(translation_key__in=self._written_keys()).exists():
            for model in CATALOGUE:
                wanted[model] |= set(model._default_manager.values_list("pk", flat=True))
        done: dict[type[Model], set[Any]] = {model: set() for model in identities.ROWS}
        written: dict[type[Model], dict[Any, Data]] = {model: {} for model in identities.ROWS}
        while any(wanted[model] - done[model] for model in identities.ROWS):
            for model in identities.ROWS:
                new = wanted[model] - done[model]
                done[model] |= new
                self.keys.load(model, new)
                found = list(records.rows(model, new))
                contents = self.keys.translated((model, data) for _row, data in found)
                written[model] |= {row.pk: data for (row, _data), data in zip(found, contents, strict=True)}
        self._warn(self.keys)
        with writer.lines("rows.jsonl") as lines:
            for model, contents_of in written.items():
                for _pk, data in sorted(contents_of.items()):  # lists show ties in this order
                    lines.add({"type": model._meta.label_lower, "fields": data})

    def _written_keys(self) -> list[str]:
        return [key for key in self.keys.known[Page].values() if key != identities.HOME]

    def _media(self, writer: Writer) -> None:
        collections = records.Collections()
        found: list[Any] = []
        for model in identities.MEDIA:
            pks = self.keys.wanted[model]
            found += model.objects.filter(pk__in=pks).prefetch_related("tags").order_by("pk")
        said = []
        for one in found:
            try:
                sha256 = content_hash(one)
                with one.open_file() as file:
                    writer.file(sha256, file)
            except OSError:
                self.warnings.append(f"{one.title}: its file {one.file.name} is gone")
                continue
            one.file_hash = one.file_hash or one.get_file_hash()
            names = {"key": self.keys.known[type(one)][one.pk], "sha256": sha256, "sha1": one.file_hash}
            said.append(records.media(one, collections) | names | {"name": Path(one.file.name).name})
        with writer.lines("media.jsonl") as lines:
            for record in said:
                lines.add(record)

    def _outside(self, writer: Writer, inside: set[int]) -> None:
        """Name the pages outside of the branch that it refers to: to find them there, or name them."""
        home = identities.home_page()
        pks = self.keys.wanted[Page] - inside - {home.pk}
        with writer.lines("outside.jsonl") as lines:
            for page in Page.objects.filter(pk__in=pks).select_related("content_type").order_by("path"):
                lines.add(
                    {
                        "key": str(page.translation_key),
                        "type": page.specific_class._meta.label_lower,
                        "title": page.title,
                        "address": page.url_path.removeprefix(home.url_path),
                    }
                )
