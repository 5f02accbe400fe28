"""How much each thing counts: one table of numbers, a reason beside each.

`site/docs/relevance.md` says what each one brought, measured on judged queries.
"""

from search.documents import Demotion

SCALE = 40.0
"""What the words of a reading weigh together in names: each reading is brought to this one scale, or the
longest official wording would always win."""

NAMES = {
    "name": 2.0,  # the name says what it is; nearly all that people type is in it
    "name.folded": 2.0,  # the same without marks: the net under each word
    "name.pairs": 1.0,  # Vietnamese words are of several syllables: two in a row count more than two apart
    "name.folded_pairs": 0.5,
    "phrasings": 1.0,  # people's own words for it
    "phrasings.pairs": 0.5,
}
"""Fields of a second look, and the first ones of any."""
MORE = {
    "sector_names": 0.8,  # "hộ tịch" means the whole sector
    "results": 0.4,  # what one gets
    "keywords": 0.4,  # chosen by an editor so that this page is found
    "summary": 0.4,
    "dossier": 0.4,
    "prose": 0.3,  # steps and conditions are long, and mostly say the same everywhere
    "prose.pairs": 0.3,
}
FIRST = {"name": 2.0, "name.pairs": 1.0, "phrasings": 1.0, "phrasings.pairs": 0.5}
"""Fields by which the candidates are chosen: few, so that this is cheap."""
LOOKED_FOR = 8  # words of a long reading that are looked for beyond names: the rarest, the others say little

NAME_WHOLE = 0.5  # of SCALE, times its share: a whole name that stands in the query
NAME_STARTS = 0.25  # of SCALE: a name that begins with the query
SECTOR_NAMED = 1.5  # of SCALE: the query is the name of a sector, or of an agency
OFFICE_NAMED = 2.0  # words that begin like an agency's name, in a row

TIE = 0.5  # of the readings that are not the best one
ENOUGH = "2<67% 5<50%"  # of the words that decide: of two both, of up to five two thirds, then half
DECIDING = 8  # words of a reading that decide whether a page has enough of them: the rarest

PINNED = 1e6  # what an editor puts first is first
OWN_CODE = (
    1e5  # a code or number that is the page's own: always first, and the fullest form before shorter ones
)
CITED_NUMBER = 1000.0  # a document that a page rests on: below the document itself, above all words
CITED_BY_THE_WAY = 20.0  # the same where a whole question is asked that only names a law
WHOLE_QUESTION = 10  # words from which it is one
MENTIONED_NUMBER = 20.0  # a code or number somewhere in the text

LEVEL = 1.35  # the level that the query names
ACT = 1.2  # first issue, unless the query says again, exchange, renew, change or end
DEMOTIONS = {
    Demotion.FOREIGN: 0.93,  # not ours: it cannot be used here
    Demotion.SUSPECT: 0.5,  # perhaps no procedure at all
    Demotion.ENDED: 0.01,  # no longer in force: last, though some look for it
    Demotion.UNLISTED: 0.9,  # today's catalogue first
}
ABOUT = {"foreigners": 0.92, "abroad": 0.95, "army": 0.9, "district": 0.9}
"""Few mean these unless they say so; districts are gone."""
WINDOW = 100  # candidates that are compared in full: five pages

# Phrasings count for more the less a query sounds like a name: who talks of a "giấy đỏ" needs them, who
# copies an official name is led astray by them.
PHRASINGS_LEAST = 0.8
PHRASINGS_FOR_INFORMAL = 20.0  # times the cube of the share of its pairs that no name has
LONG_QUERY = 8  # words from which an official sentence has many that any list of phrasings has, too
OFFICIAL = 0.5  # formality above which it is one
PHRASINGS_FOR_LONG = 0.7
PHRASINGS_WITH_LEVEL = 0.5  # what people say names no level, so it cannot choose among siblings


def phrasings_share(words: int, formality: float, *, level: bool) -> float:
    """Return how much phrasings count for a query of so many words, of a formality from 0 to 1."""
    share = PHRASINGS_LEAST + PHRASINGS_FOR_INFORMAL * (1 - formality) ** 3
    if words >= LONG_QUERY and formality > OFFICIAL:
        share *= PHRASINGS_FOR_LONG
    return share * PHRASINGS_WITH_LEVEL if level else share
