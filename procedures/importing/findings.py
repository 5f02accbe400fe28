"""What an import has to say about a record beside its outcome: the kind of dirt, and the detail."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A sort of finding; the value stands in the report and stays the same for ever."""

    LOSSY = "lossy"  # the source says that its own parsing lost something: the whole text was kept
    TEXT_KEPT_WHOLE = "text_kept_whole"  # its parsed form lacked words of its text: the text was taken
    NOT_KEPT = "not_kept"  # something of the record has no place on a page
    SHORTENED = "shortened"  # longer than its field; the detail has all of it
    SUSPECT = "suspect"  # may be no real procedure
    ODD_CODE = "odd_code"
    NAME_NUMBER = "name_number"  # a list number was left in front of the name
    NAME_CAPITALS = "name_capitals"
    SAME_NAME = "same_name"  # another code of the file has this name: for information
    NO_LEVEL = "no_level"
    NO_SECTOR = "no_sector"
    NO_STEPS = "no_steps"
    NO_CHANNEL = "no_channel"
    NO_DOSSIER = "no_dossier"
    LEVEL_UNKNOWN = "level_unknown"
    LEVEL_MISMATCH = "level_mismatch"  # says commune and names bodies that are none
    CHANNEL_UNKNOWN = "channel_unknown"
    LIMIT_IN_WORDS = "limit_in_words"  # a number whose unit is "see the text" means nothing
    FEE_IMPLAUSIBLE = "fee_implausible"
    FEE_ZERO = "fee_zero"  # 0, and the text says another amount
    EMPTY_ROW = "empty_row"
    AUDIENCE_IGNORED = "audience_ignored"
    AGENCY_IN_WORDS = "agency_in_words"  # no name of an agency: kept as a text
    PLACE_UNKNOWN = "place_unknown"
    RESULT_DIFFERS = "result_differs"
    BASIS_REPEATED = "basis_repeated"
    TITLE_DIFFERS = "title_differs"  # a legal document is called otherwise than in the other records
    DATE_UNREADABLE = "date_unreadable"
    ADDRESS_UNUSABLE = "address_unusable"
    PAGE_FURNITURE = "page_furniture"  # words of the web page that the source was read from
    MARKUP = "markup"
    LEGACY_ENCODING = "legacy_encoding"
    NOT_PUBLIC = "not_public"  # the page had been taken down: the new text is a draft


@dataclass(frozen=True)
class Finding:
    """One thing found in one record."""

    kind: Kind
    detail: str = ""


class Findings(list[Finding]):
    """What was found in a record so far."""

    def note(self, kind: Kind, detail: object = "") -> None:
        """Add a finding, once."""
        finding = Finding(kind, str(detail))
        if finding not in self:
            self.append(finding)
