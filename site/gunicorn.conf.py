"""How gunicorn serves the portal: `gunicorn -c site/gunicorn.conf.py`; the environment sizes it."""

import os
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var"
VAR.mkdir(exist_ok=True)

wsgi_app = "portal.wsgi:application"
chdir = str(ROOT)
pythonpath = str(ROOT / "site")

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# A heartbeat that is a file on a disk stops when the disk is slow: gunicorn would kill a healthy worker.
# A search that is too long is told so by us, in a sentence; how long a request may be is the proxy's to say.
limit_request_line = 0
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
timeout = 60
graceful_timeout = 20
max_requests = 5000  # a worker is replaced from time to time, so a slow leak never grows
max_requests_jitter = 500

accesslog = "-"
# The address that a person asked for, how it was answered and how long it took; no address of the person.
access_log_format = '%(t)s "%(m)s %(U)s" %(s)s %(B)s bytes %(D)s us'

# Gunicorn's own default lies in the home folder, which all checkouts share. A path has at most 107 bytes.
control_socket = str(VAR / "gunicorn.ctl")
control_socket_disable = len(os.fsencode(control_socket)) > 100


def post_worker_init(worker: Any) -> None:
    """Have the log say so if the index was built by code with another mapping: once, by the first worker."""
    if worker.age == 1:
        from search import starting  # which needs the apps

        starting.warn_in_background()
