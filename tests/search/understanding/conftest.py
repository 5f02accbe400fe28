"""A small catalogue whose words are known, and the dictionary of a few everyday words."""

from collections.abc import Callable

import pytest

from search.documents import SearchDocument
from search.understanding.counting import Builder
from search.understanding.rewording import Terms
from search.understanding.understanding import Lexicon
from search.understanding.vocabulary import Vocabulary

NAMES = (
    "Đăng ký khai sinh",
    "Đăng ký lại khai sinh",
    "Đăng ký khai tử",
    "Đăng ký kết hôn",
    "Cấp giấy phép lái xe",
    "Cấp lại giấy phép lái xe",
    "Gia hạn thời hạn sử dụng đất",
    "Gia hạn thời hạn thuê đất",
    "Gia hạn thời hạn giải thể",
    "Trợ cấp khi bố mẹ mất",
    "Đăng ký thay đổi địa chỉ trụ sở",
    "Thông báo chuyển trụ sở của văn phòng",
    "Xác nhận trụ sở",
    "Cấp giấy phép sử dụng thiết bị vô tuyến điện",
    "Cấp điện mới từ lưới điện hạ áp",
    "Thành lập văn phòng đại diện của thương nhân",
    "Chấm dứt hoạt động văn phòng đại diện",
    "Gia hạn giấy phép văn phòng đại diện",
    "Sửa đổi giấy phép văn phòng đại diện",
    "Cấp lại giấy phép văn phòng đại diện",
    "Đăng ký việc nuôi con nuôi trong nước",
    "Công nhận ban vận động thành lập hội (cấp xã)",
    "Công nhận ban vận động thành lập hội cấp tỉnh",
)
TERMS = (
    ("bằng lái", "giấy phép lái xe"),
    ("làm lại", "cấp lại"),
    ("mất giấy tờ", "cấp lại"),
    ("vô điện", "cấp điện mới"),
)


def document(number: int, name: str) -> SearchDocument:
    """Return a procedure of this name."""
    return SearchDocument(
        id=number,
        type="procedure",
        title=name,
        url=f"/{number}/",
        sectors=("ho-tich",),
        sector_names=("Hộ tịch",),
        agency_names=("Sở Nội vụ",),
        numbers=("1181/QĐ-BGDĐT", "123/2015/NĐ-CP", "60/2014/QH13"),
        steps="Người dân nộp hồ sơ; sinh ra ở đâu thì khai ở đó",
        phrasings=("làm giấy khai sinh cho bé", "đám cưới xong ra xã"),
    )


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    builder = Builder()
    for number, name in enumerate(NAMES, 1):
        builder.add(document(number, name))
    return builder.result()


@pytest.fixture(scope="session")
def lexicon(vocabulary: Vocabulary) -> Lexicon:
    return Lexicon.of(vocabulary, Terms(TERMS))


@pytest.fixture
def readings(lexicon: Lexicon) -> Callable[[str], list[str]]:
    """Return a function that gives the readings of a query as texts."""
    return lambda words: [" ".join(reading.words) for reading in lexicon.understand(words).readings]
