"""Celery: a task is acknowledged when it is done, so a killed worker loses none."""

from celery.schedules import crontab

from portal.env import VAR_DIR, env, first_line

_embedded = first_line(VAR_DIR / "redis.url", f"redis+socket://{VAR_DIR / 'redis.sock'}")
CELERY_BROKER_URL: str = env.str("BROKER_URL", default=_embedded)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker however long it is away
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # A task whose worker died is handed out again after this many seconds; ours take less.
    "visibility_timeout": 300,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    # A reader's or an editor's request never waits for a broker that is away.
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
}
CELERY_TASK_PUBLISH_RETRY = False  # the outbox keeps the change; beat sweeps it every minute
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 240
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
CELERY_BEAT_SCHEDULE = {
    "drain the search outbox": {"task": "search.tasks.drain_outbox", "schedule": 60.0},
    "publish and expire what is due": {
        "task": "home.tasks.publish_scheduled",
        "schedule": crontab(),
        "options": {"expires": 55},  # while no worker is there, none piles up
    },
    "keep visits": {"task": "home.tasks.keep_visits", "schedule": 60.0, "options": {"expires": 55}},
    "empty the recycle bin": {"task": "home.tasks.empty_bin", "schedule": crontab(hour=2, minute=20)},
    "send letters": {"task": "home.tasks.send_letters", "schedule": crontab(), "options": {"expires": 55}},
    "remind of reviews": {"task": "home.tasks.remind_of_reviews", "schedule": crontab(hour=6, minute=30)},
    "forget logins": {"task": "home.tasks.forget_logins", "schedule": crontab(hour=2, minute=50)},
    "check links": {
        "task": "home.tasks.check_links",
        "schedule": crontab(hour="0-4", minute="*/5"),
        "options": {"expires": 240},
    },
    "check the index": {"task": "search.tasks.check_index", "schedule": crontab(hour=3, minute=10)},
    "forget old searches": {
        "task": "search.tasks.forget_old_searches",
        "schedule": crontab(hour=2, minute=40),
    },
}
