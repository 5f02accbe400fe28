"""What a browser is sent of the demo is within the budgets: every procedure, every other type of page."""

import urllib.error
import urllib.request

import pytest

from portal.weighing import budgets, pages
from tests.browser.kinds import KINDS, Kind
from tests.browser.province import Province


def test_every_procedure_is_light(province: Province, db: None) -> None:
    with province.database.used():
        weights = list(pages.procedures())
    assert len(weights) == 40
    assert [weight for weight in weights if weight.too_heavy] == []
    assert budgets.median_raw(weights) <= budgets.RAW_MEDIAN


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.links], ids=lambda kind: kind.name)
def test_every_page_comes_compressed_and_light(province: Province, db: None, kind: Kind) -> None:
    size, encoding = _sent(province.urls[kind.server] + kind.path)
    assert size <= budgets.PACKED
    assert encoding == "gzip"


def _sent(url: str) -> tuple[int, str]:
    """Return the bytes of an answer as they are sent, and how they are packed."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310
    try:
        answer = direct.open(asked)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return len(answer.read()), answer.headers.get("Content-Encoding", "")
