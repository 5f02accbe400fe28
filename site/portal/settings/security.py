"""Security: what holds everywhere; `production` adds what needs TLS."""

from datetime import timedelta
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE

from portal.env import env

ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview panel frames our own pages
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# What a public page may do: nothing but what comes from here as a file of its own.
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],  # suggestions, and filters without a new page
        "form-action": [SELF],
        "frame-ancestors": [SELF],  # the preview panel of the editors' side
        "base-uri": [NONE],
    }
}
# Below /admin/: Wagtail's forms write inline scripts and styles, and its choosers run what they are answered.
EDITORS_POLICY: dict[str, Any] = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "object-src": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],  # the preview panel
    "base-uri": [SELF],
}
# Devices and interfaces that no page of ours asks for, so that nothing put into one can.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope"),
        *("magnetometer", "microphone", "midi", "payment", "usb"),
    )
)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False  # Wagtail's admin reads it
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # refuses who is locked out before any password is looked at
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
# Wrong passwords: five lock an account for half an hour, for the network that they came from.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "home.networks.network"
AXES_LOCKOUT_TEMPLATE = "home/login/locked_out.html"
AXES_SENSITIVE_PARAMETERS = ["password", "code"]
AXES_DISABLE_ACCESS_LOG = True  # logins stand in Wagtail's log (home.login.audit)
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
# Who publishes logs in with a code from a phone, too.
SECOND_FACTOR = env.bool("SECOND_FACTOR", default=True)
MFA_ADAPTER = "home.login.second_factor.PortalMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # steps of 30 s by which a phone's clock may be off
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are made by the administrator; none registers
LOGIN_URL = "wagtailadmin_login"
# Sessions below /admin/ end after half an hour in which nobody did anything, all after a working day.
IDLE_SECONDS = env.int("IDLE_SECONDS", default=1800)
IDLE_WARNING_SECONDS = env.int("IDLE_WARNING_SECONDS", default=120)
SESSION_COOKIE_AGE = 12 * 3600
LOGIN_REDIRECT_URL = "/"  # where a login with a foreign "next", or none, ends
# The nightly check of links asks public hosts only; a network without any may let it ask its own.
LINK_CHECK_PRIVATE_HOSTS = env.bool("LINK_CHECK_PRIVATE_HOSTS", default=False)
METRICS_TOKEN: str = env.str("METRICS_TOKEN", default="")  # what Prometheus brings; without it no figures
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)  # proxies before us that add to X-Forwarded-For
