"""How long the text of a procedure is by itself: what its page is measured against."""

import json
from collections import Counter
from collections.abc import Collection

from home.documents import stored, strings
from procedures.models import LegalBasis, ProcedurePage

FIELDS = ("name", "summary", "conditions", "receiving_address", "agencies_note")
STREAMS = {f"raw_{name}": stored(name) for name in ("steps", "channels", "dossier", "results")}
NAMES = ("case", "label", "text", "name", "title", "note", "exemption", "marker")
"""Under these names a stream field holds words; under others numbers, codes and what the code chose."""


def own_texts(ids: Collection[int]) -> Counter[int]:
    """Return the bytes (UTF-8) of what each procedure says, each time that it says it, without the frame."""
    sizes: Counter[int] = Counter()
    for row in ProcedurePage.objects.filter(pk__in=ids).values("pk", *FIELDS, **STREAMS):
        streams = [text for name in STREAMS for text in strings(json.loads(row[name] or "[]"), *NAMES)]
        sizes[row["pk"]] += sum(len(text.encode()) for text in (*streams, *(row[name] for name in FIELDS)))
    bases = LegalBasis.objects.filter(procedure__in=ids)
    for page, *words in bases.values_list(
        "procedure_id", "document__kind", "document__number", "document__title"
    ):
        sizes[page] += sum(len(word.encode()) for word in words)
    return sizes
