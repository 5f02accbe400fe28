"""Answers that say "none": the law wants the question answered, the reader wants to see it at a glance."""

import re

from home.text.folding import fold

_NONE = re.compile(
    r"""
    (?: khong | khog | ko )
    (?: \ (?: co | quy\ dinh | yeu\ cau | dieu\ kien | ap\ dung | phat\ sinh | thong\ tin | gi | nao ) )*
    (?: \ cu\ the )?
    (?: \ (?: thuc\ hien\ )? (?: tthc | thu\ tuc\ hanh\ chinh ) )?
    | khong\ co\ thong\ tintu\ khoa .*    # the labels of a web page, copied along
    | n\ ?a | none
    """,
    re.VERBOSE,
)
_NOT_WORD = re.compile(r"[\W_]+")
_LONGEST = 80
"""Characters; anything longer says something."""


def is_none_answer(text: str) -> bool:
    """Tell whether a text is one of the ways to write "không có" (none, not required, not stated).

    An empty text is no answer, and a text that says anything more ("Không quá 15 ngày") is not one either.
    """
    if len(text) > _LONGEST:
        return False
    return _NONE.fullmatch(_NOT_WORD.sub(" ", fold(text)).strip()) is not None
