"""Limit and fees in a few words, as a row of results shows them."""

from typing import Any

import pytest
from django.utils import translation

from procedures.documents import ProcedureSource
from procedures.presentation import brief
from procedures.presentation.channels import channel_rows
from tests import factories


def channel(
    kind: str = "truc-tiep", limit: tuple[Any, str] | str = "", fees: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    words = {"value": None, "unit": "", "text": limit} if isinstance(limit, str) else {}
    said = words or {"value": limit[0], "unit": limit[1], "text": ""}
    listed = [{"type": "item", "value": fee} for fee in fees or []]
    return {"type": "channel", "value": {"kind": kind, "limit": said, "fees": listed}}


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ([], ""),
        ([(5, "ngay-lam-viec")], "5 ngày làm việc"),
        ([(5, "ngay-lam-viec"), (5, "ngay-lam-viec")], "5 ngày làm việc"),
        ([(5, "ngay-lam-viec"), (3, "ngay-lam-viec"), (4, "ngay-lam-viec")], "3–5 ngày làm việc"),
        ([(5, "ngay-lam-viec"), (3, "ngay")], "Tùy từng trường hợp"),
        ([(2.5, "ngay")], "2,5 ngày"),
        (["Trong ngày làm việc."], "Trong ngày làm việc"),
        (["0"], ""),
        (["dài " * 40], ""),
        (["Trong ngày", (3, "ngay")], "Tùy từng trường hợp"),
    ],
)
def test_limit(limits: list[Any], said: str) -> None:
    rows = channel_rows([channel(limit=limit) for limit in limits])
    assert brief.limit(rows) == said


def fee(amount: float | None = None, note: str = "", currency: str = "VND") -> dict[str, Any]:
    return {"kind": "phi", "amount": amount, "currency": currency, "note": note}


@pytest.mark.parametrize(
    ("fees", "none", "said"),
    [
        ([], False, ""),
        ([], True, "Không thu phí, lệ phí"),
        ([fee(0, "Miễn phí")], False, "Không thu phí, lệ phí"),
        ([fee(50000)], False, "50.000 đồng"),
        ([fee(50000), fee(20000, "Trực tuyến")], False, "20.000–50.000 đồng"),
        ([fee(50000), fee(None, "Miễn phí")], False, "0–50.000 đồng"),
        ([fee(50000), fee(10, currency="USD")], False, "Tùy từng trường hợp"),
        ([fee(None, "Theo quy định của tỉnh")], False, "Theo quy định của tỉnh"),
        ([fee(None, "dài " * 40)], False, ""),
        ([fee(None, "Theo quy định"), fee(5000)], False, "Tùy từng trường hợp"),
    ],
)
def test_fee(fees: list[dict[str, Any]], none: bool, said: str) -> None:
    assert brief.fee(channel_rows([channel(fees=fees)]), none=none) == said


@pytest.mark.django_db
def test_the_document_says_it_in_the_language_of_the_page(tree: factories.Tree) -> None:
    page = factories.procedure(
        channels=[channel(limit=(5, "ngay-lam-viec"), fees=[fee(8000)])], answered_none=["dossier"]
    )
    free = factories.procedure(answered_none=["fees"])
    with translation.override("en"):
        found = {document.id: document for document in ProcedureSource().documents([page.pk, free.pk])}
    assert (found[page.pk].limit, found[page.pk].fee) == ("5 ngày làm việc", "8.000 đồng")
    assert (found[free.pk].limit, found[free.pk].fee) == ("", "Không thu phí, lệ phí")
