"""How much each thing counts: one table of numbers, a reason beside each. `docs/relevance.md` says what each brought."""

from search.documents import Demotion

SCALE = 40.0
"""What the words of a reading weigh together in names: each reading is brought to this one scale, or the
longest official wording would always win."""

NAME = 2.0  # the name says what it is; nearly all that people type is in it
NAME_FOLDED = 2.0  # the same without marks: the net under each word
NAME_PAIRS = 1.0  # Vietnamese words are of several syllables: two in a row count more than two apart
NAME_FOLDED_PAIRS = 0.5
PHRASINGS = 1.0  # people's own words for it
PHRASINGS_PAIRS = 0.5
SECTOR = 0.8  # "hộ tịch" means the whole sector
RESULTS = 0.4  # what one gets
DOSSIER = 0.4
PROSE = 0.3  # steps and conditions are long, and mostly say the same everywhere
PROSE_PAIRS = 0.3
SUMMARY = 0.4
KEYWORDS = 0.4

NAME_WHOLE = 0.5  # of SCALE, times its share: a whole name that stands in the query
NAME_STARTS = 0.15  # of SCALE: a name that begins with the query
SECTOR_NAMED = 1.5  # of SCALE: the query is the name of a sector, or of an agency
OFFICE_NAMED = 2.0  # words that begin like an agency's name, in a row

TIE = 0.4  # of the readings that are not the best one
ENOUGH = "50%"  # of the words that decide, of a page anywhere
DECIDING = 6  # words of a reading that decide whether a page has enough of them: the rarest

PINNED = 100_000.0  # what an editor puts first is first
OWN_CODE = 1000.0  # a code or number that is the page's own: always first
CITED_NUMBER = 100.0  # a document that a page rests on: below the document itself, above all words
MENTIONED_NUMBER = 20.0  # a code or number somewhere in the text

LEVEL = 1.35  # the level that the query names
ACT = 1.2  # first issue, unless the query says again, exchange, renew, change or end
DEMOTIONS = {
    Demotion.FOREIGN: 0.7,  # not ours: it cannot be used here
    Demotion.SUSPECT: 0.5,  # perhaps no procedure at all
    Demotion.ENDED: 0.5,  # no longer in force, yet some look for it
    Demotion.UNLISTED: 0.9,  # today's catalogue first
}
ABOUT = {"foreigners": 0.92, "abroad": 0.95, "army": 0.9}  # few mean these unless they say so
WINDOW = 200  # best names that are compared in full
