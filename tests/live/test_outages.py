"""An editor's save takes no longer and never fails, whatever is away; then the index follows by itself."""

import time
from collections.abc import Callable
from statistics import mean

import pytest
from django.test import Client
from pytest_django import Settings
from wagtail.models import Page

from home.models import InformationPage
from search.models import OutboxEntry
from tests import factories
from tests.live import editing
from tests.live.conftest import Rig
from tests.live.door import State
from tests.live.servers import wait_until

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # what is away here is no database

MORE = 1.0
"""Seconds that a save may take longer while something is away, on the mean of four: machines are busy."""


class Changes:
    """Creates, publishes, unpublishes and deletes a page each, and measures it."""

    def __init__(self, rig: Rig, word: str) -> None:
        self.rig, self.word = rig, word
        self.edited, self.hidden, self.deleted = (
            factories.information(f"{word} {what}") for what in ("sửa", "ẩn", "xóa")
        )
        wait_until(lambda: len(rig.found(word)) == 3)

    def make(self, client: Client) -> list[float]:
        """Return the seconds of each of the four."""
        word = self.word
        steps: list[Callable[[], object]] = [
            lambda: editing.create(client, f"{word} mới", **editing.PUBLISH),
            lambda: editing.publish(client, self.edited, f"{word} khác"),
            lambda: editing.unpublish(client, self.hidden),
            lambda: editing.delete(client, self.deleted),
        ]
        return [seconds(step) for step in steps]

    def check_database(self) -> None:
        """See that all four were done."""
        live = InformationPage.objects.live().filter(title__startswith=self.word)
        assert sorted(live.values_list("title", flat=True)) == [f"{self.word} khác", f"{self.word} mới"]
        assert not Page.objects.get(pk=self.hidden.pk).live
        assert not Page.objects.get(pk=self.deleted.pk).live

    def check_index(self) -> None:
        """See that the index follows, without a rebuild."""
        live = InformationPage.objects.live().filter(title__startswith=self.word)
        wait_until(lambda: self.rig.found(self.word) == sorted(live.values_list("pk", flat=True)))
        assert self.rig.found(f"{self.word} AND khác") == [self.edited.pk]
        wait_until(lambda: not OutboxEntry.objects.exists())


def seconds(step: Callable[[], object]) -> float:
    started = time.monotonic()
    step()
    return time.monotonic() - started


def assert_hardly_slower(rig: Rig, taken: list[float]) -> None:
    assert mean(taken) < mean(rig.usual) + MORE, (taken, rig.usual)


@pytest.fixture(autouse=True)
def measured(rig: Rig, editor: Client) -> None:
    """Measure the four changes once while nothing is away."""
    rig.usual = rig.usual or Changes(rig, "quagga").make(editor)


@pytest.mark.parametrize("state", [State.SHUT, State.SILENT])
def test_case_7_elasticsearch_is_away_or_hangs(
    rig: Rig, editor: Client, client: Client, settings: Settings, state: State
) -> None:
    settings.SEARCH_TIMEOUT = 1.2  # as it is on a server
    procedure = factories.procedure(f"Thủ tục zebra7 {state.name}")
    changes = Changes(rig, f"zebra7{state.name.lower()}")
    rig.door.become(state)
    assert_hardly_slower(rig, changes.make(editor))
    changes.check_database()
    for address in ("/", f"/thu-tuc/{procedure.slug}/"):
        assert client.get(address).status_code == 200
    started = time.monotonic()
    response = client.get("/tim-kiem/", {"q": "zebra7"})
    assert time.monotonic() - started < 2
    assert response.status_code == 200
    assert 'id="degraded"' in response.content.decode()
    rig.door.become(State.OPEN)
    rig.beat()
    changes.check_index()


def test_redis_hangs(rig: Rig, editor: Client) -> None:
    changes = Changes(rig, "zebra7freeze")
    rig.redis.freeze()
    taken = changes.make(editor)
    rig.redis.thaw()
    assert_hardly_slower(rig, taken)
    changes.check_database()
    rig.beat()
    changes.check_index()


def test_redis_is_killed(rig: Rig, editor: Client) -> None:
    changes = Changes(rig, "zebra7killed")
    rig.redis.kill()
    assert_hardly_slower(rig, changes.make(editor))
    changes.check_database()
    rig.redis.start()
    rig.beat()
    changes.check_index()
