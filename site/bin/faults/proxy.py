"""A way between the portal and Elasticsearch that can be slow, or swallow everything."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeAlias
from urllib.parse import urlsplit

PORTION = 65536
Reader: TypeAlias = asyncio.StreamReader
Writer: TypeAlias = asyncio.StreamWriter


class Proxy:
    """Passes bytes on, in a thread of its own. If the target refuses, it hangs up at once.

    `delay` is how many seconds each answer waits; `swallows`: nothing that comes in goes on, and is lost.
    """

    def __init__(self, target: Callable[[], str]) -> None:
        self.target = target
        self.delay = 0.0
        self.swallows = False
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        starting = asyncio.start_server(self._serve, "127.0.0.1", 0)
        server = asyncio.run_coroutine_threadsafe(starting, self.loop).result()
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        target = urlsplit(self.target())
        try:
            far_reader, far_writer = await asyncio.open_connection(target.hostname, target.port)
        except OSError:
            writer.transport.abort()
            return
        asked = asyncio.Event()
        ways = {
            asyncio.create_task(self._there(reader, far_writer, asked)),
            asyncio.create_task(self._back(far_reader, writer, asked)),
        }
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
        for end in (writer, far_writer):
            end.transport.abort()

    async def _there(self, reader: Reader, writer: Writer, asked: asyncio.Event) -> None:
        """Pass a question on."""
        with suppress(OSError):
            while portion := await reader.read(PORTION):
                asked.set()
                await self._pass(portion, writer)

    async def _back(self, reader: Reader, writer: Writer, asked: asyncio.Event) -> None:
        """Pass an answer back, its first portion late."""
        with suppress(OSError):
            while portion := await reader.read(PORTION):
                if asked.is_set():
                    asked.clear()
                    await asyncio.sleep(self.delay)
                await self._pass(portion, writer)

    async def _pass(self, portion: bytes, writer: Writer) -> None:
        if not self.swallows:
            writer.write(portion)
            await writer.drain()
