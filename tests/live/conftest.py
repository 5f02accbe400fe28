"""The portal as it runs: a worker, a Redis, a database that all see, Elasticsearch behind a door."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest
from celery import current_app
from django.conf import settings as django_settings
from django.test import Client
from elasticsearch import Elasticsearch
from pytest_django import DjangoDbBlocker, Settings

from home.models import User
from search import broker, rebuilding
from search.broker import Broker
from search.outbox import DRAIN_TASK
from tests import factories
from tests.live.door import Door, State
from tests.live.servers import Database, Redis, Worker, environment


@dataclass
class Rig:
    """All parts. They start once for all live tests, each of which leaves them whole."""

    database: Database
    redis: Redis
    door: Door
    worker: Worker
    index: str
    elastic: Elasticsearch
    """Elasticsearch itself, not through the door."""
    usual: list[float] = field(default_factory=list)
    """Seconds of an editor's changes while nothing is away; `test_outages` measures them."""

    @property
    def env(self) -> dict[str, str]:
        """The environment of a program that belongs to all this."""
        return self.worker.env

    def found(self, word: str) -> list[int]:
        """Return the pages that are in the index under a word, whatever the portal would say."""
        self.elastic.indices.refresh(index=self.index)
        hits = self.elastic.search(index=self.index, q=word, size=100, source=False)["hits"]["hits"]
        return sorted(int(hit["_id"]) for hit in hits)

    def beat(self, task: str = DRAIN_TASK) -> None:
        """Send what beat sends every minute."""
        with current_app.connection_for_write() as connection:
            current_app.send_task(task, connection=connection)

    def mend(self) -> None:
        """Bring back what a test that failed has left broken."""
        self.door.become(State.OPEN)
        if self.redis.process.poll() is None:
            self.redis.thaw()
        else:
            self.redis.start()
        if self.worker.process.poll() is not None:
            self.worker.start()


@pytest.fixture(scope="session")
def parts(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Rig]:
    """Start all parts; see `rig`."""
    folder: Path = tmp_path_factory.mktemp("live")
    index = f"live-{uuid4().hex[:8]}"
    elastic = Elasticsearch(django_settings.ELASTICSEARCH_URL)
    with django_db_blocker.unblock():
        database = Database(folder)
    redis, door = Redis(), Door(django_settings.ELASTICSEARCH_URL[0])
    env = environment(
        DATABASE_URL=database.url,
        BROKER_URL=redis.url,
        ELASTICSEARCH_URL=door.url,
        SEARCH_INDEX=index,
        SEARCH_WRITE_TIMEOUT="2",
        SEARCH_BREAKER_SECONDS="2",
    )
    worker = Worker(env, folder)
    yield Rig(database, redis, door, worker, f"test-{index}", elastic)
    worker.stop()
    door.close()
    redis.remove()
    with django_db_blocker.unblock():
        database.drop()
    for name in elastic.indices.get(index=f"test-{index}-*"):
        elastic.indices.delete(index=name)
    elastic.indices.delete_index_template(name=f"test-{index}-only-aliases")
    elastic.close()


@pytest.fixture
def rig(parts: Rig, db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """Return the parts, with this process working on them as the portal's web server does.

    The transaction that `db` begins is one of the tests' own database, which nobody uses here.
    """
    settings.SEARCH_INDEX, settings.ELASTICSEARCH_URL = parts.index, [parts.door.url]
    settings.SEARCH_BREAKER_SECONDS = 0.5
    monkeypatch.setenv("CELERY_BROKER_URL", parts.redis.url)
    monkeypatch.setattr(broker, "current", Broker())
    with parts.database.used():
        if not parts.elastic.indices.exists_alias(name=parts.index):
            rebuilding.rebuild(parts.elastic, lambda done, total: None)
        yield parts
        parts.mend()


@pytest.fixture
def editor(rig: Rig) -> Client:
    """Return the browser of a person who may do everything."""
    client = Client()
    client.force_login(User.objects.filter(is_superuser=True).first() or factories.administrator())
    return client
