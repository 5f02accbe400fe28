"""What the gallery shows each component with: one entry for each template of `templates/components/`."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, Final

from django.core.paginator import Paginator
from django.utils.safestring import mark_safe
from wagtail.models import Page

from home.paging import Paged

DAY: Final = date(2026, 6, 30)
TITLE: Final = "Thủ tục đăng ký khai sinh cho trẻ em dưới 06 tuổi"
LONG_TITLE: Final = (
    "Thủ tục cấp giấy chứng nhận đủ điều kiện kinh doanh dịch vụ thẩm định giá cho doanh nghiệp có vốn "
    "đầu tư nước ngoài trên địa bàn nhiều tỉnh, thành phố trực thuộc trung ương"
)


class Example(SimpleNamespace):
    """A thing with the attributes that a template asks for."""


def _page(title: str, **attributes: Any) -> Page:
    """Return a page that is nowhere, with what a template asks for: `pageurl` takes nothing else."""
    page = Page(title=title)
    for name, value in {"get_url": lambda request: "#", **attributes}.items():
        setattr(page, name, value)
    return page


def _all(*things: Any) -> Example:
    return Example(all=list(things))


def _procedure(title: str, status: str, label: str, place: str = "") -> Page:
    return _page(
        title,
        full_code="1.001193.000.00.00.H48",
        levels=_all("Cấp xã", "Cấp huyện"),
        sector_links=_all(Example(sector=Example(name="Hộ tịch"))),
        issuer=None,
        status=status,
        get_status_display=label,
        foreign=bool(place),
        local_to=place,
    )


OFFICE: Final = Example(
    address="Số 25 đường Hùng Vương, phường Cẩm Thành", phone="0255 3822 822", email="ttpvhcc@example.vn"
)
STATUSES: Final = (
    ("hieu-luc", "Còn hiệu lực"),
    ("sap-hieu-luc", "Sắp có hiệu lực"),
    ("bi-thay-the", "Bị thay thế"),
    ("bai-bo", "Bị bãi bỏ"),
)
RESULT: Final = Example(
    id=1,
    type="procedure",
    code="1.001193",
    marked_title=mark_safe("Thủ tục đăng ký <mark>khai sinh</mark>"),
    url="#",
    levels=("Cấp xã",),
    sectors=("Hộ tịch",),
    limit="Trong ngày",
    fee="Miễn lệ phí",
    status="hieu-luc",
    status_label="Còn hiệu lực",
    passage=mark_safe("Nộp tờ khai đăng ký <mark>khai sinh</mark> tại bộ phận một cửa"),
    passage_of="Trình tự thực hiện",
    pinned=True,
)
VALUES: Final = tuple(
    Example(value=value, label=label, count=count, chosen=value == "xa")
    for value, label, count in (("tinh", "Cấp tỉnh", 3001), ("xa", "Cấp xã", 1173))
)
FACET: Final = Example(
    facet=Example(name="level", label="Cấp thực hiện", chosen=True, values=VALUES),
    shown=VALUES,
    sentences=(),
    long=True,
    rest=0,  # the rest comes from the search, which is not here
)
ICONS: Final = ("search", "phone", "mail", "place", "clock", "file", "print", "arrow", "feed", "close")


def examples() -> dict[str, tuple[dict[str, Any], ...]]:
    """Return the name of each component > what it is shown with, once for each look."""
    return {**_of_the_frame(), **_of_lists(), **_of_text()}


def _of_the_frame() -> dict[str, tuple[dict[str, Any], ...]]:
    above = [_page("Trang chủ"), _page("Thủ tục hành chính")]
    return {
        "breadcrumbs": (
            {"breadcrumbs": above, "parent": _page("Lĩnh vực hộ tịch"), "label": "Một bước nữa", "url": "#"},
        ),
        "contact": ({"office": OFFICE},),
        "footer": ({},),
        "header": ({"without_search": True},),
        "search_form": ({},),
        "sharing": (
            {
                "own": "https://example.vn/thu-tuc/",
                "kind": "website",
                "picture": Example(url="https://example.vn/chia-se/1.png", width=1200, height=630),
                "alt": TITLE,
            },
        ),
    }


def _of_lists() -> dict[str, tuple[dict[str, Any], ...]]:
    procedures = (
        _procedure(TITLE, "hieu-luc", "Còn hiệu lực"),
        _procedure(LONG_TITLE, "bai-bo", "Bị bãi bỏ"),
        _procedure(TITLE, "sap-hieu-luc", "Sắp có hiệu lực", "Tỉnh Quảng Ngãi"),
    )
    issuer = Example(name="Ủy ban nhân dân tỉnh")
    decision = _page(
        "Quyết định công bố danh mục thủ tục", number="123/QĐ-UBND", date_signed=DAY, issuer=issuer
    )
    article = _page("Một cửa làm việc cả sáng thứ bảy", date=DAY, image=None, lead=LONG_TITLE)
    chosen = {"level": Example(label="Cấp xã", without="?"), "sector": Example(label="Hộ tịch", without="?")}
    sector = Example(slug="ho-tich", name="Hộ tịch", count=42)
    return {
        "article_card": ({"article": article, "heading": "h3"},),
        "chosen": ({"filters": chosen, "list_url": ""},),
        "decision_row": ({"decision": decision, "heading": "h3"},),
        "facet": ({"filter": FACET, "name": "audience", "parameters": Example(query_string="q=khai+sinh")},),
        "filter_level": ({"levels": [("xa", "Cấp xã"), ("tinh", "Cấp tỉnh")], "filters": {}},),
        "filter_select": (
            {"name": "sector", "label": "Lĩnh vực", "every": "Mọi lĩnh vực", "choices": [sector]},
        ),
        "letters": ({"letters": [Example(value=letter, label=letter) for letter in "AĂÂBCDĐ"]},),
        "pagination": ({"paged": Paged(Paginator(range(400), 20).page(7), {"level": "xa"})},),
        "procedure_row": tuple({"procedure": procedure, "heading": "h3"} for procedure in procedures),
        "result": ({"result": RESULT, "rank": 1, "heading": "h3"},),
    }


def _of_text() -> dict[str, tuple[dict[str, Any], ...]]:
    problem = {"title": "Thông tin chưa đúng"}
    notes = [
        Example(at=DAY, is_major=True, text="Lệ phí giảm một nửa khi nộp trực tuyến."),
        Example(at=DAY, is_major=False, text="Sửa số điện thoại của nơi tiếp nhận."),
    ]
    return {
        "changes": ({"page": Example(pk=1, change_notes=Example(all=lambda: notes))},),
        "day": ({"day": DAY}, {"day": None}),
        "error_summary": (
            {**problem, "errors": [("level", "Không có cấp này"), ("page", "Không có trang này")]},
            {**problem, "error": "Hãy nhập mật khẩu", "target": "password"},
        ),
        "errors": ({"errors": [("level", "Không có cấp này")], "filters": {}},),
        "icon": tuple({"name": name} for name in ICONS),
        "lead": ({"lead": "Mọi thủ tục hành chính của tỉnh, với tất cả những gì cần có."},),
        "notice": (
            {"text": "Thủ tục này chỉ có ở tỉnh Quảng Ngãi."},
            {"strong": "Thủ tục này đã bị bãi bỏ.", "kind": "warning"},
            {"strong": "Maintenance:", "text": "Cổng tạm ngừng phục vụ.", "lang": "vi", "kind": "warning"},
        ),
        "status": tuple({"status": status, "label": label} for status, label in STATUSES),
    }
