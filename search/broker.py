"""The way to the worker: a task is handed to the broker, and nobody waits long for one that is away."""

import logging
import time
from typing import Any

from celery import Celery, current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

MESSAGE_SECONDS = 300
"""How long a message waits for a worker. Then it is dropped: beat sends one every minute anyway."""
PATIENCE = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "max_retries": 0}
"""How long a request waits for a broker that is away, in seconds; a worker waits longer."""
REST_SECONDS = 30
"""How long a broker that was away is left alone."""


class Broker:
    """The way to the worker. After a failure it is not tried for a while, so that no request waits again."""

    def __init__(self, app: Celery = current_app) -> None:
        self.app = app
        self.tried_again_at = 0.0

    def send(self, task: str, *args: Any, expires: int | None = MESSAGE_SECONDS) -> None:
        """Send the worker a task that it finds by itself later: of one not sent only the haste is lost."""
        if time.monotonic() < self.tried_again_at:
            return
        try:
            with self.app.connection_for_write() as connection:
                connection.transport_options = connection.transport_options | PATIENCE
                self.app.send_task(task, args=args, connection=connection, expires=expires, retry=False)
        except (OperationalError, OSError) as error:
            self.tried_again_at = time.monotonic() + REST_SECONDS
            logger.warning("The broker is away, %s waits until it is back: %s", task, error)


current = Broker()


def send(task: str, *args: Any, expires: int | None = MESSAGE_SECONDS) -> None:
    """Send the worker a task over the way that all of this process share; see `Broker.send`."""
    current.send(task, *args, expires=expires)
