"""E-mail: whoever sends writes a letter into the database; the worker sends it through EMAIL_URL."""

from portal.env import VAR_DIR, env

EMAIL_BACKEND = "home.mail.backend.LetterBackend"
_server = env.email_url("EMAIL_URL", default="filemail://")  # as files in var/mail unless a server is named
LETTERS_BACKEND: str = _server.pop("EMAIL_BACKEND")
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
EMAIL_HOST = _server.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _server.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _server.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _server.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = bool(_server.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(_server.get("EMAIL_USE_SSL"))
EMAIL_TIMEOUT = 10  # seconds that the worker waits for a mail server
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="minh-bach@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = "[Minh Bạch] "
EMAIL_USE_LOCALTIME = True
