"""What people say around the thing they look for: "tôi muốn", "cần những giấy tờ gì", "thì phải làm sao"."""

from __future__ import annotations

from functools import cache

from search import documents
from search.understanding.spelling import words_of
from search.understanding.vocabulary import Vocabulary

_SAID_AROUND = """
ông bà cho biết, ông bà, anh chị cho hỏi, anh chị, quý cơ quan, nhờ tư vấn, tư vấn giúp, giúp tôi với
giúp em với, cho cháu hỏi, cháu muốn hỏi, cháu muốn, cháu cần, con muốn hỏi, bên em, bên mình, nhà em
nhà tôi, nhà mình, bao lâu được giải quyết, bao lâu thì được giải quyết, bao lâu thì xong, bao lâu thì có
mất mấy ngày, khi nào có kết quả, quy định tại văn bản nào, văn bản nào, theo nghị định nào
theo nghị định thông tư nào, theo thông tư nào, theo luật nào, cần phải nộp, phải nộp những gì
cần nộp những gì, nộp những loại giấy tờ gì, cần mang theo gì, mang theo gì, phải thực hiện các thủ tục gì
thực hiện các thủ tục gì, thì làm thủ tục nào, làm thủ tục nào, làm thủ tục gì, cần chuẩn bị thêm gì
phải chuẩn bị những gì, chuẩn bị giấy tờ gì, chuẩn bị hồ sơ gì, cần thêm gì, có cần giấy tờ gì, có khó không
có tốn kém không, thì tính sao, tính sao, thì đi đâu, đi đâu, gặp ai, hỏi ai, có phải báo với ai không
báo với ai, phải báo ai, phải xin ai, xin ai, có phải xin phép không, có phải xin phép ai không, xin cho hỏi
cho tôi hỏi, cho em hỏi, cho mình hỏi, cho hỏi, xin hỏi, đề nghị cho biết, xin cho biết, cho biết, làm ơn
vui lòng, tôi muốn biết, tôi muốn hỏi, tôi cần biết, tôi có thể, tôi đang muốn, tôi đang cần
tôi cần làm thủ tục, tôi muốn làm thủ tục, tôi muốn, tôi cần, tôi phải, em muốn, em cần, mình muốn, mình cần
chúng tôi muốn, gia đình tôi muốn, muốn, tôi, em, mình, ạ, dạ, nhé, thì, của tôi, của em, cho tôi, cho em
bạn, là gì, như thế nào, thế nào, ra sao, làm sao, làm thế nào, bằng cách nào, cách nào, với ai, không nhỉ
đúng không, ở đâu, tại đâu, nơi nào, đến đâu, chỗ nào, nộp ở đâu, nộp hồ sơ ở đâu, làm ở đâu, xin ở đâu
khi nào, lúc nào, bao giờ, bao lâu, mất bao lâu, trong bao lâu, bao nhiêu ngày, mất bao nhiêu ngày, mấy ngày
bao nhiêu, bao nhiêu tiền, mất bao nhiêu tiền, hết bao nhiêu, tốn bao nhiêu, mấy bộ, mấy bước
có mất phí không, có mất tiền không, mức phí, lệ phí bao nhiêu, phí lệ phí, quy định về phí lệ phí, những gì
gồm những gì, gồm những bước nào, bao gồm những gì, cần những gì, cần gì, làm gì, phải làm gì
cần giấy tờ gì, cần hồ sơ gì, cần những giấy tờ gì, cần những giấy tờ nào, giấy tờ gì, giấy tờ nào, hồ sơ gì
hồ sơ gồm những gì, hồ sơ cần những gì, tài liệu nào, tài liệu gì, những loại giấy tờ gì, những tài liệu gì
cần chuẩn bị những gì, cần chuẩn bị gì, chuẩn bị gì, có được không, được không, có phải, hay không, có cần
thì phải làm sao, phải làm sao, thì làm sao, phải làm thế nào, thì sao, ai cấp, ai giải quyết, cơ quan nào
cơ quan nào giải quyết, cơ quan nào có thẩm quyền, thẩm quyền, trình tự thực hiện, trình tự thủ tục
trình tự, cách thức thực hiện, thành phần hồ sơ, hồ sơ thực hiện, hồ sơ đề nghị, hồ sơ, thời hạn giải quyết
thời gian giải quyết, thời hạn, thời gian, quy định về, quy định như thế nào, được quy định như thế nào
được thực hiện như thế nào, thực hiện như thế nào, yêu cầu điều kiện, điều kiện gì, điều kiện như thế nào
căn cứ pháp lý, căn cứ vào văn bản nào, theo quy định nào, đối tượng thực hiện, đối tượng nào
trường hợp nào, trong trường hợp nào, thủ tục hành chính, thực hiện thủ tục, làm thủ tục, các thủ tục
thủ tục, các thủ tục về, thủ tục về, quy trình, hướng dẫn làm, các bước, cần làm, cần phải, có cần phải
lĩnh vực, các, những, mẫu đơn, mẫu tờ khai, tờ khai, qua mạng, năm 2025, năm 2026
"""

_FUNCTION_WORDS = frozenset(
    words_of(
        "và của cho có được để với về tại ở khi là bị do trong đã đang từ cần phải xin làm nào này "
        "mà nhưng rồi ai gì không hay sao nhỉ ơi à ra vào đi một theo như nếu thì cái"
    )
)
IN_NAMES = 3
"""Names in which a pair has to stand so that none of its words is dropped ("gia hạn thời hạn")."""
_TAKEN_ALWAYS = ("thủ", "tục")


@cache
def _phrases(*, plain: bool) -> tuple[frozenset[tuple[str, ...]], int]:
    """Return the phrases as words, and how many words the longest has; `plain`: without marks.

    Without marks a single word may be anything ("em", "các"), so only longer phrases count.
    """
    marked = {tuple(words_of(phrase)) for phrase in _SAID_AROUND.replace("\n", ",").split(",")} - {()}
    fold = documents.text().fold
    found = {tuple(map(fold, phrase)) for phrase in marked if len(phrase) > 1} if plain else marked
    return frozenset(found), max(map(len, found))


def question_words() -> list[list[str]]:
    """Return the phrases, so that their words are known and not taken for slips."""
    return [list(phrase) for phrase in _phrases(plain=False)[0]]


def without_question(words: list[str], vocabulary: Vocabulary, *, plain: bool = False) -> list[str]:
    """Return the words without what is said around the thing, perhaps none. The longest phrases go first."""
    phrases, longest = _phrases(plain=plain)
    kept: list[str] = []
    place = 0
    while place < len(words):
        for length in range(min(longest, len(words) - place), 0, -1):
            phrase = tuple(words[place : place + length])
            if phrase in phrases and (plain or not _belongs(words, place, phrase, vocabulary)):
                place += length
                break
        else:
            kept.append(words[place])
            place += 1
    return kept


def _belongs(words: list[str], place: int, phrase: tuple[str, ...], vocabulary: Vocabulary) -> bool:
    """Tell whether a short phrase is part of what is looked for, as names have it next to its neighbour."""
    if len(phrase) > 2 or phrase == _TAKEN_ALWAYS:
        return False
    whole = len(phrase) == 1 or vocabulary.name_pair(*phrase) >= IN_NAMES
    if place and whole and vocabulary.name_pair(words[place - 1], phrase[0]) >= IN_NAMES:
        return True
    after = place + 1
    return (
        len(phrase) == 1 and after < len(words) and vocabulary.name_pair(phrase[0], words[after]) >= IN_NAMES
    )


def without_function_words(words: list[str], vocabulary: Vocabulary, *, may_empty: bool = False) -> list[str]:
    """Return the words without "và", "của", ... unless names have them next to a neighbour ("con nuôi")."""
    kept = [
        word
        for place, word in enumerate(words)
        if word not in _FUNCTION_WORDS or _holds_together(words, place, vocabulary)
    ]
    return kept if kept or may_empty else words


def _holds_together(words: list[str], place: int, vocabulary: Vocabulary) -> bool:
    """Tell whether names have a word next to its neighbours: often next to one, or at all next to both."""
    before = vocabulary.name_pair(words[place - 1], words[place]) if place else 0
    after = vocabulary.name_pair(words[place], words[place + 1]) if place + 1 < len(words) else 0
    return max(before, after) >= IN_NAMES or (before > 0 and after > 0)
