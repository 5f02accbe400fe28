"""Brings the rows of an archive in that its pages refer to: sectors, agencies, legal documents ..."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model
from modelcluster.models import model_from_serializable_data
from wagtail.fields import StreamField

from portal.transfer import identities, records
from portal.transfer.archive import Reader, Refused
from portal.transfer.local import Lacking, Local
from portal.transfer.outcomes import Outcome, Report, decide, remember, remembered
from portal.transfer.references import Data, Unknown

TYPES: Final = {model._meta.label_lower: model for model in identities.ROWS}


@dataclass
class Rows:
    """The rows of an archive beside those of this database: first all are there, then they are filled."""

    archive: Reader
    local: Local
    report: Report
    take_theirs: bool
    said: dict[type[Model], dict[str, tuple[str, Data]]] = field(default_factory=lambda: defaultdict(dict))
    new: dict[type[Model], set[str]] = field(default_factory=lambda: defaultdict(set))

    def create(self) -> None:
        """Make the rows that are not here, without what they refer to. Raises `Refused`."""
        for where, record in self.archive.lines("rows.jsonl"):
            model, data = TYPES.get(str(record.get("type"))), record.get("fields")
            if model is None or not isinstance(data, dict) or set(record) != {"type", "fields"}:
                raise Refused(f"{where}: no row of the type {str(record.get('type'))[:80]!r} can come in.")
            key = data.get(identities.ROWS[model])
            if not isinstance(key, str) or not key or key in self.said[model]:
                raise Refused(f"{where}: its {identities.ROWS[model]} is missing, or there twice.")
            self.said[model][key] = (where, data)
        for model in identities.ROWS:
            self._create(model)

    def _create(self, model: type[Model]) -> None:
        name = identities.ROWS[model]
        said = self.said[model]
        wanted = list(said)
        for start in range(0, len(wanted), 500):
            some = {f"{name}__in": wanted[start : start + 500]}
            for pk, key in model._default_manager.filter(**some).values_list("pk", name):
                self.local.put(model, key, pk)
        for key in wanted:
            if key not in self.local.pks[model]:
                where, data = said[key]
                self.new[model].add(key)
                row = self._save(model, where, _plain(model, data), None)
                if getattr(row, name) != key:
                    raise Refused(f"{where}: its {name} is {getattr(row, name)!r} by its own rule.")
                self.local.put(model, key, row.pk)

    def fill(self) -> None:
        """Write what the rows say, once all that they refer to is there. Raises `Refused`."""
        for model in identities.ROWS:
            keys = list(self.said[model])
            for start in range(0, len(keys), 500):
                self._fill(model, keys[start : start + 500])

    def _fill(self, model: type[Model], keys: list[str]) -> None:
        pks = {self.local.pks[model][key]: key for key in keys}
        ours = self._ours(model, list(pks))
        bases = remembered(model, pks)
        written: dict[Any, str] = {}
        for pk, key in pks.items():
            where, data = self.said[model][key]
            known = self._known(model, where, data)
            theirs = records.hashed(known)
            base = bases.get(str(pk))
            outcome = decide(ours[pk], theirs, base, take_theirs=self.take_theirs)
            if key in self.new[model]:
                outcome = Outcome.CREATED
            if theirs != ours[pk] and outcome in {Outcome.CREATED, Outcome.UPDATED}:
                self._save(model, where, self.local.resolved(model, known), pk)
            if outcome in {Outcome.CREATED, Outcome.UPDATED} or not base:
                written[pk] = theirs if outcome is not Outcome.CONFLICT else ""
            self.report.add(outcome, model._meta.label_lower, str(key))
        self._remember(model, {pk: theirs for pk, theirs in written.items() if theirs})

    def _remember(self, model: type[Model], written: dict[Any, str]) -> None:
        ours = self._ours(model, list(written))
        for row in model._default_manager.filter(pk__in=list(written)):
            remember(row, written[row.pk], ours[row.pk])

    def _ours(self, model: type[Model], pks: list[Any]) -> dict[Any, str]:
        found = list(records.rows(model, pks))
        contents = self.local.ours(model, [data for _pk, data in found])
        pairs = zip(found, contents, strict=True)
        return {row.pk: records.hashed(content) for (row, _data), content in pairs}

    def _known(self, model: type[Model], where: str, data: Data) -> Data:
        def warn(sentence: str) -> None:
            self.report.warnings.append(f"{where}: {sentence}")

        try:
            return self.local.known(model, data, warn)
        except (Unknown, Lacking) as error:
            raise Refused(f"{where}: {error}.") from error

    def _save(self, model: type[Any], where: str, data: Data, pk: Any) -> Any:
        pk = pk if pk is not None else data.get(model._meta.pk.name)
        children = {
            name: [row | {"pk": None} for row in data[name]]
            for name in identities.children(model)
            if name in data
        }
        try:
            if hasattr(model, "from_serializable_data"):
                row = model.from_serializable_data(data | children | {"pk": pk})
            else:
                row = model_from_serializable_data(model, data | {"pk": pk})
            row._state.adding = not model._default_manager.filter(pk=pk).exists()
            row.full_clean()
            row.save()
        except ValidationError as error:
            raise Refused(f"{where}: {' '.join(error.messages)}") from error
        except (TypeError, ValueError) as error:
            raise Refused(f"{where}: {error}") from error
        return row


def _plain(model: type[Model], data: Data) -> Data:
    """Return what a row says without referring to anything."""
    fields = identities.fields(model)
    return {
        name: value
        for name, value in data.items()
        if name in fields and not isinstance(fields[name], ForeignKey | StreamField)
    }
