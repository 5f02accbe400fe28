"""A door between the portal and Elasticsearch: open, shut, or open and silent."""

import select
import socket
import struct
import threading
from contextlib import suppress
from enum import Enum
from urllib.parse import urlsplit

PORTION = 65536
RESET = struct.pack("ii", 1, 0)
"""The option of a socket that ends the connection by a reset, as a server does that has gone."""


class State(Enum):
    """What the door does with what comes to it."""

    OPEN = "passes everything on"
    SILENT = "takes connections and questions, and never answers"
    SHUT = "refuses connections, and has ended those that there were"


class Door:
    """Listens on a port of its own, whatever its state: who asks need not know."""

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self.target = (parts.hostname, parts.port)
        self.state = State.OPEN
        self.pairs: list[tuple[socket.socket, socket.socket]] = []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=50)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def become(self, state: State) -> None:
        """Change what the door does, also with the connections that there are."""
        self.state = state
        if state is State.SHUT:
            for pair in self.pairs:
                _reset(*pair)
            self.pairs.clear()

    def close(self) -> None:
        """Listen no more."""
        self.become(State.SHUT)
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                if self.state is State.SHUT:
                    _reset(near)
                    continue
                far = socket.create_connection(self.target)
                self.pairs.append((near, far))
                threading.Thread(target=self._pass_on, args=(near, far), daemon=True).start()

    def _pass_on(self, near: socket.socket, far: socket.socket) -> None:
        """Pass on what comes, both ways, until one side ends; what comes to a silent door is lost."""
        other = {near: far, far: near}
        with suppress(OSError, ValueError), near, far:
            while True:
                for side in select.select([near, far], [], [])[0]:
                    portion = side.recv(PORTION)
                    if not portion:
                        return
                    if self.state is State.OPEN:
                        other[side].sendall(portion)


def _reset(*sockets: socket.socket) -> None:
    for end in sockets:
        with suppress(OSError):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            end.shutdown(socket.SHUT_RDWR)
            end.close()
