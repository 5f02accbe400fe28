"""Makes what stands between the portal and Elasticsearch, and leaves what rebuilds and checks leave."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from search import names
from search.models import Rebuild


def rebuild_row(**fields: Any) -> Rebuild:
    """Leave a row as a rebuild at work has it."""
    return Rebuild.objects.create(
        **{"index": names.new_index(), "host": socket.gethostname(), "pid": os.getpid()} | fields
    )


def as_if_committed() -> None:
    """Let what follows be another transaction than what went before, to those who wait for the commit."""
    transaction.get_connection().run_on_commit.clear()


@contextmanager
def proxy(server: str, *, longest_body: int | None = None, always: int | None = None) -> Iterator[str]:
    """Stand before Elasticsearch as proxies do: refuse long bodies with 413, or answer one status to all."""
    target = urlsplit(server)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if always or (longest_body is not None and len(body) > longest_body):
                self.reply(always or 413, b'{"error": "no"}', "application/json")
                return
            there = HTTPConnection(str(target.hostname), target.port)
            headers = {key: value for key, value in self.headers.items() if key.lower() != "host"}
            there.request(self.command, self.path, body, headers)
            response = there.getresponse()
            content = response.read()
            there.close()
            self.reply(response.status, content, response.headers.get("Content-Type", ""))

        def reply(self, status: int, content: bytes, kind: str) -> None:
            self.send_response(status)
            for name, value in (("Content-Type", kind), ("X-Elastic-Product", "Elasticsearch")):
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = answer

        def log_message(self, *args: Any) -> None:
            """Be quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        listening.daemon_threads = True
        threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_address[1]}"
        listening.shutdown()
