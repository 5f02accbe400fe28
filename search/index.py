"""The index: its one strict mapping, written by hand, and how a document is stored in it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from elasticsearch_dsl import Boolean, Date, Document, Index, Keyword, Long, MetaField, Text

from search import documents, keys
from search.analysis import VI_BEGINNINGS, VI_EXACT, VI_EXACT_PAIRS, VI_FOLDED, VI_FOLDED_PAIRS, VI_TYPED
from search.documents import Demotion, SearchDocument
from search.understanding import naming

SIMILARITY = {
    # Names are short and say things once: length and repetition count less than Lucene's usual 0.75 and 1.2.
    "names": {"type": "BM25", "k1": 0.6, "b": 0.6},
    "texts": {"type": "BM25", "k1": 1.0, "b": 0.75},
    # What people say of a page: twice the same word is no better, and a long list is no worse.
    "phrasings": {"type": "BM25", "k1": 0.4, "b": 0.3},
}
LONGEST_KEY = 1000
"""Characters of a keyword. Lucene refuses a whole document for one of more than 32,766 bytes."""

LONGEST_TEXT = 1_000_000
"""Characters of a text: the longest real page has 177,000. A page that has more is found all the same."""


def _key(**options: Any) -> Keyword:
    return Keyword(ignore_above=LONGEST_KEY, **options)


def _words(similarity: str, *copies: str, **more: Text) -> Text:
    """Return a field with both analyses. Offsets let a long text be marked without analysing it again."""
    options = {"similarity": similarity, "index_options": "offsets"}
    folded = Text(analyzer=VI_FOLDED, **options)
    everywhere = ["everything", *copies]
    return Text(analyzer=VI_EXACT, fields={"folded": folded, **more}, copy_to=everywhere, **options)


def _matched(similarity: str) -> Text:
    """Return a field that is only searched: both analyses, of words and of pairs of them."""
    analyzers = {"folded": VI_FOLDED, "pairs": VI_EXACT_PAIRS, "folded_pairs": VI_FOLDED_PAIRS}
    fields = {name: Text(analyzer=analyzer, similarity=similarity) for name, analyzer in analyzers.items()}
    return Text(analyzer=VI_EXACT, similarity=similarity, fields=fields)


class PageDocument(Document):
    """A page in the index. The fields are those of `SearchDocument`."""

    id = Long()
    type = _key()
    title = _words(
        "names",
        beginnings=Text(analyzer=VI_BEGINNINGS, search_analyzer=VI_TYPED, index_options="docs", norms=False),
    )
    name = _matched("names")
    """The title with its abbreviations spelled out: what the words of a query are compared with."""
    names = _key()
    """Keys of the name, whole and without its verb, to find names that stand whole in a query."""
    acts = _key()
    about = _key()
    url = Keyword(index=False, doc_values=False)
    date = Date()
    expires = Date()

    code = Keyword(index=False, doc_values=False)
    codes = _key()
    numbers = _key()

    sectors = _key()
    levels = _key()
    agencies = _key()
    audiences = _key()
    channels = _key()
    status = _key()

    summary = _words("texts")
    keywords = _words("names")
    sector_names = _words(
        "names", beginnings=Text(analyzer=VI_BEGINNINGS, search_analyzer=VI_TYPED, index_options="docs")
    )
    agency_names = _words(
        "names", beginnings=Text(analyzer=VI_BEGINNINGS, search_analyzer=VI_TYPED, index_options="docs")
    )
    agency_keys = _key()
    phrasings = Text(
        analyzer=VI_EXACT,
        similarity="phrasings",
        copy_to="everything",
        fields={
            "folded": Text(analyzer=VI_FOLDED, similarity="phrasings"),
            "pairs": Text(analyzer=VI_EXACT_PAIRS, similarity="phrasings"),
            "folded_pairs": Text(analyzer=VI_FOLDED_PAIRS, similarity="phrasings"),
        },
    )
    """What people say when they need this page."""
    results = _words("names")
    dossier = _words("texts")
    conditions = _words("texts", "prose")
    steps = _words("texts", "prose")
    legal = _words("texts")
    body = _words("texts", "prose")
    prose = _matched("texts")
    """Steps, conditions and body as one text: where a word stands in it does not matter."""
    everything = Text(analyzer=VI_FOLDED, similarity="texts", index_options="positions", norms=False)
    """All of the above: whether a page has the words at all is asked here, once for all fields."""

    issuer = Keyword(index=False, doc_values=False)
    place = Keyword(index=False, doc_values=False)
    limit = Keyword(index=False, doc_values=False)
    fee = Keyword(index=False, doc_values=False)
    elsewhere = Boolean()
    """Whether another province alone has it: in every order it comes behind what applies here."""
    sort_key = _key()
    demotions = _key()
    hash = Keyword(index=False)

    class Meta:
        dynamic = MetaField("strict")


def definition() -> dict[str, Any]:
    """Return what a new index is created with, and in it the hash of all whose change needs a rebuild."""
    index = Index("*")
    index.document(PageDocument)
    body: dict[str, Any] = index.to_dict()
    lasting = {
        "mappings": body["mappings"],
        "analysis": body["settings"]["analysis"],
        "similarity": SIMILARITY,
    }
    body["mappings"]["_meta"] = {"hash": _hash(lasting)}
    body["settings"] |= {
        "similarity": SIMILARITY,
        "number_of_shards": settings.SEARCH_SHARDS,
        "number_of_replicas": settings.SEARCH_REPLICAS,
        # How long the version of a deletion is kept: a write that comes late must not bring a page back.
        "gc_deletes": "1h",
    }
    return body


def mapping_hash() -> str:
    """Return the hash of the mapping that this code needs."""
    return str(definition()["mappings"]["_meta"]["hash"])


def stored(document: SearchDocument) -> dict[str, Any]:
    """Return a document as it is stored: empty fields left out, codes and numbers as keys, and its hash.

    The hash is of all the rest, so a page whose document would come out differently today is recognised.
    """
    values: dict[str, Any] = {
        name: value[:LONGEST_TEXT] if isinstance(value, str) else value
        for name, value in vars(document).items()
        if value not in ("", (), None)
    }
    written = [
        form for code in document.codes for form in (code, *filter(keys.number_in, keys.number_keys(code)))
    ]
    values["codes"] = list(dict.fromkeys(filter(None, map(keys.code_key, written))))
    values["numbers"] = [key for number in document.numbers for key in keys.number_keys(number)]
    values["name"] = naming.spelled_out(document.title)
    values["names"] = naming.name_keys(document.title)
    values["acts"] = naming.acts_of(document.title)
    values["about"] = naming.about(document.title, (*document.sector_names, *document.agency_names))
    values["agency_keys"] = [documents.text().fold(name) for name in document.agency_names]
    for name in ("date", "expires"):
        if name in values:
            values[name] = values[name].isoformat()
    values["elsewhere"] = Demotion.FOREIGN in document.demotions
    try:
        values["hash"] = _hash(values)
    except UnicodeEncodeError:  # JSON may hold half of a surrogate pair: no document with one is taken
        values = json.loads(json.dumps(values, ensure_ascii=False).encode(errors="replace"))
        values["hash"] = _hash(values)
    return values


def _hash(values: Mapping[str, Any]) -> str:
    whole = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()[:32]
