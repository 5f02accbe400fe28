"""Brings the pictures and files of an archive in: each once, checked as an upload is."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.fields import WagtailImageField
from wagtail.models import Collection, CollectionViewRestriction

from home.pictures.cleaning import cleaned
from portal.transfer import identities, records
from portal.transfer.archive import Reader, Record, Refused
from portal.transfer.keys import called, content_hash, file_name
from portal.transfer.local import Local
from portal.transfer.outcomes import Outcome, Report, decide, remember, remembered

NAME: Final = re.compile(r"[^/\\\x00-\x1f]{1,100}")
TYPES: Final = {model._meta.label_lower: model for model in identities.MEDIA}
SHAPE: Final = {
    "type": str,
    "key": str,
    "sha256": str,
    "sha1": str,
    "name": str,
    "fields": dict,
    "tags": list,
    "collection": list,
    "private": bool,
}


@dataclass
class Media:
    """The media of an archive beside those of this database."""

    archive: Reader
    local: Local
    report: Report
    take_theirs: bool
    written: list[tuple[Any, str]] = field(default_factory=list)
    """Files that were stored, with their storage: they are deleted where the import comes to nothing."""
    private: set[tuple[str, ...]] = field(default_factory=set)
    """Collections, by the names down to them, whose files are not for everybody."""

    def bring(self) -> None:
        """Create what is not here, and change what changed in the archive alone. Raises `Refused`."""
        said = [self._checked(where, record) for where, record in self.archive.lines("media.jsonl")]
        self.private = {tuple(record["collection"]) for _where, record in said if record["private"]}
        for model in identities.MEDIA:
            mine = [(where, record) for where, record in said if TYPES[record["type"]] is model]
            self._bring(model, mine)

    def discard(self) -> None:
        """Delete the files that were stored."""
        for storage, name in self.written:
            storage.delete(name)

    def _checked(self, where: str, record: Record) -> tuple[str, Record]:
        if set(record) != set(SHAPE):
            strange = sorted(set(record) ^ set(SHAPE))[0]
            raise Refused(f"{where}: the field {strange[:80]!r} is missing or unknown.")
        for name, kind in SHAPE.items():
            if not isinstance(record[name], kind):
                raise Refused(f"{where}: {name} is no {kind.__name__}.")
        model = TYPES.get(record["type"])
        if model is None:
            raise Refused(f"{where}: there is no type {record['type'][:80]!r} of files.")
        if not NAME.fullmatch(record["name"]) or record["name"] in {".", ".."}:
            raise Refused(f"{where}: {record['name'][:80]!r} is no name of a file.")
        if not self.archive.has_file(record["sha256"]):
            raise Refused(f"{where}: the file of {record['name']} is not in the archive.")
        fields = {field.name for field in model._meta.fields} - identities.MEDIA_LEFT_OUT
        if unknown := set(record["fields"]) - fields:
            raise Refused(f"{where}: there is no field {sorted(unknown)[0][:80]!r}.")
        if not all(isinstance(name, str) for name in (*record["tags"], *record["collection"])):
            raise Refused(f"{where}: tags and collections are words.")
        return where, record

    def _bring(self, model: type[Any], said: list[tuple[str, Record]]) -> None:
        here = self._here(model, [record for _where, record in said])
        collections = records.Collections()
        bases = remembered(model, [one.pk for one in here.values()])
        for where, record in said:
            one = here.get(record["key"])
            theirs = records.hashed(_compared(record))
            if one is None:
                one = self._create(model, where, record)
                outcome = Outcome.CREATED
            else:
                ours = records.hashed(_compared(records.media(one, collections)))
                base = bases.get(str(one.pk))
                outcome = decide(ours, theirs, base, take_theirs=self.take_theirs)
                if outcome is Outcome.UPDATED:
                    self._fill(one, where, record)
                if outcome is Outcome.UNCHANGED and not base:
                    remember(one, theirs, ours)
            self.local.put(model, record["key"], one.pk)
            if outcome in {Outcome.CREATED, Outcome.UPDATED}:
                collections = records.Collections()
                remember(one, theirs, records.hashed(_compared(records.media(one, collections))))
            self.report.add(outcome, model._meta.label_lower, one.title)

    def _here(self, model: type[Any], said: list[Record]) -> dict[str, Any]:
        """Return what is here of the same content: of the same name first, then in the order it came in."""
        for unknown in model.objects.filter(file_hash=""):
            _fill_hash(unknown)
        hashes = {record["key"]: record["sha1"] for record in said}
        by_hash = self._by_hash(model, hashes)
        if model is not TYPES["home.portaldocument"]:
            cleaner = {r["key"]: h for r in said if not by_hash[r["sha1"]] and (h := self._cleaned_hash(r))}
            hashes |= cleaner
            by_hash |= self._by_hash(model, cleaner)
        found: dict[str, Any] = {}
        for by_name in (True, False):
            for record in said:
                if record["key"] in found:
                    continue
                for one in by_hash[hashes[record["key"]]]:
                    if not by_name or _called(model, record) == called(one):
                        found[record["key"]] = one
                        by_hash[hashes[record["key"]]].remove(one)
                        break
        return found

    def _by_hash(self, model: type[Any], hashes: dict[str, str]) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        wanted = sorted(set(hashes.values()))
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            for one in model.objects.filter(file_hash__in=some).prefetch_related("tags").order_by("pk"):
                found[one.file_hash].append(one)
        return found

    def _cleaned_hash(self, record: Record) -> str:
        """Return the hash of a picture as it would be stored here; nothing if it is none."""
        from wagtail.utils.file import hash_filelike

        try:
            with self.archive.open_file(record["sha256"]) as file:
                return str(hash_filelike(cleaned(ContentFile(file.read(), name=record["name"]))))
        except Exception:  # Pillow has an error for each way to be broken; to create it says which
            return ""

    def _create(self, model: type[Any], where: str, record: Record) -> Any:
        with self.archive.open_file(record["sha256"]) as file:
            content = file.read()
        one = model(title=record["fields"].get("title", ""))
        try:
            if records.is_document(model):
                one.file = ContentFile(content, name=record["name"])
            else:
                WagtailImageField().clean(SimpleUploadedFile(record["name"], content))
                one.file = ContentFile(content, name=record["name"])
            self._fill(one, where, record)
        except ValidationError as error:
            raise Refused(f"{where} ({record['name']}): {' '.join(error.messages)}") from error
        finally:
            if one.file and one.file._committed:
                self.written.append((one.file.storage, one.file.name))
        if records.is_document(model):
            one._set_document_file_metadata()
            one.save()
            one.file.close()
        _fill_hash(one)
        return one

    def _fill(self, one: Any, where: str, record: Record) -> None:
        try:
            for name, value in record["fields"].items():
                setattr(one, name, type(one)._meta.get_field(name).to_python(value))
            one.collection = self._collection(record)
            one.full_clean(exclude=["file"] if one.file._committed else ["width", "height", "file_size"])
        except ValidationError as error:
            raise Refused(f"{where} ({record['name']}): {' '.join(error.messages)}") from error
        one.save()
        one.tags.set(record["tags"])

    def _collection(self, record: Record) -> Collection:
        """Return the collection of these names, made if need be; closed if it was closed.

        One that is there already is neither opened nor closed: its other files are nobody's of the archive.
        """
        found = Collection.get_first_root_node()
        for number, name in enumerate(record["collection"], 1):
            below = found.get_children().filter(name=name).first()
            if below is None:
                below = Collection(name=name)
                below.full_clean(exclude=["path", "depth", "numchild"])
                below = found.add_child(instance=below)
                if tuple(record["collection"][:number]) in self.private:
                    login = CollectionViewRestriction.LOGIN
                    CollectionViewRestriction.objects.create(collection=below, restriction_type=login)
            found = below
        closed = CollectionViewRestriction.objects.filter(collection__in=found.get_ancestors(inclusive=True))
        if record["private"] and not closed.exists():
            name = " / ".join(record["collection"]) or found.name
            raise ValidationError(
                f"it is private, and the collection “{name}” is open to everybody here. Close it"
                " in the admin, under “Thư mục tệp”, or give it another name; then import again."
            )
        return found


def _compared(record: Record) -> Record:
    return {name: record[name] for name in ("type", "fields", "tags", "collection", "private")}


def _called(model: type[Any], record: Record) -> tuple[str, str]:
    fields = record["fields"]
    other = file_name(record["name"]) if records.is_document(model) else fields.get("description", "")
    return fields.get("title", ""), other


def _fill_hash(one: Any) -> None:
    """Reckon the hash of a file that has none; one that is gone keeps none."""
    try:
        content_hash(one)
        one.get_file_hash()
    except OSError:
        return
