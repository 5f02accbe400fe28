"""The tools of the drill: forms are sent as shown, the proxy is late and swallows."""

import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from django.test import Client
from wagtail.models import Page

from procedures.importing.running import Run
from procedures.models import ProcedurePage
from search import indexing
from tests import factories

BIN = Path(__file__).resolve().parents[2] / "site/bin"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BIN))


class Echo(socketserver.StreamRequestHandler):
    """Answers each line with the same."""

    def handle(self) -> None:
        while line := self.rfile.readline():
            self.wfile.write(line)


@pytest.fixture
def echo() -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Echo) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def ask(url: str, patience: float = 5) -> bytes:
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port), patience) as connection:
        connection.settimeout(patience)
        connection.sendall(b"xin\n")
        return connection.recv(100)


def test_the_proxy_passes_on_is_late_and_swallows(echo: str) -> None:
    from faults.proxy import Proxy

    proxy = Proxy(lambda: echo)
    assert ask(proxy.url) == b"xin\n"
    proxy.delay = 0.3
    began = time.monotonic()
    assert ask(proxy.url) == b"xin\n"
    assert time.monotonic() - began >= 0.3
    proxy.delay, proxy.swallows = 0, True
    with pytest.raises(TimeoutError):
        ask(proxy.url, patience=0.3)


def test_the_proxy_hangs_up_where_nobody_listens() -> None:
    from faults.proxy import Proxy

    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert ask(Proxy(lambda: f"http://127.0.0.1:{port}").url) == b""


@pytest.mark.django_db
def test_the_form_of_a_whole_procedure_is_sent_as_it_is_shown(client: Client, tmp_path: Path) -> None:
    from faults import content, editor

    content.write(tmp_path / "records.jsonl", 3)
    assert Run(tmp_path / "records.jsonl", on_result=lambda result: None).execute().lines == 3
    page = ProcedurePage.objects.first()
    assert page
    before = page.serializable_data()
    client.force_login(factories.administrator())
    address = f"/admin/pages/{page.pk}/edit/"
    shown = editor.fields(client.get(address).content.decode())
    sent = client.post(address, urlencode([*shown, ("action-publish", "1")]), content_type=FORM)
    assert sent.status_code == 302
    after = ProcedurePage.objects.get(pk=page.pk).serializable_data()
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {
        "last_published_at",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "draft_title",
    }


@pytest.mark.django_db
def test_procedures_are_multiplied_to_any_number(tmp_path: Path) -> None:
    from faults import content, many

    content.write(tmp_path / "records.jsonl", 2)
    Run(tmp_path / "records.jsonl", on_result=lambda result: None).execute()
    many.multiply(7)
    assert ProcedurePage.objects.visible().count() == 7
    assert not any(Page.find_problems())
    assert len(list(indexing.read_truth(ProcedurePage.objects.values_list("pk", flat=True)))) == 7


def test_each_fault_has_a_name_of_its_own() -> None:
    from faults.registry import FAULTS

    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
    documented = (BIN.parent / "docs/drill.md").read_text()
    assert [fault.name for fault in FAULTS if f"`{fault.name}`" not in documented] == []
