"""Security: what holds everywhere; `production` adds what needs TLS."""

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
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_REDIRECT_URL = "/"  # where a login with a foreign "next", or none, ends
METRICS_TOKEN: str = env.str("METRICS_TOKEN", default="")  # what Prometheus brings; without it no figures
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)  # proxies before us that add to X-Forwarded-For
