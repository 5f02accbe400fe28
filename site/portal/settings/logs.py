"""Logs: what went wrong, on standard error, without what a reader typed and without addresses of persons."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Django's own set-up speaks only under DEBUG and mails the rest: here a failure leaves its traceback.
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},  # each 404 of a robot is no news
        "celery": {"level": "INFO"},
        "axes": {"level": "ERROR"},  # it names persons and addresses
        "elastic_transport": {"level": "ERROR"},  # who asks says what went wrong, in one line
    },
}
