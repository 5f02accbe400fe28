"""What every environment shares: all concerns together, and the few settings that belong to none."""

from portal.env import BASE_DIR, VAR_DIR, env
from portal.settings.apps import *  # noqa: F403
from portal.settings.data import *  # noqa: F403
from portal.settings.i18n import *  # noqa: F403
from portal.settings.logs import *  # noqa: F403
from portal.settings.mail import *  # noqa: F403
from portal.settings.search import *  # noqa: F403
from portal.settings.security import *  # noqa: F403
from portal.settings.tasks import *  # noqa: F403

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

STATIC_URL = "/static/"
DOCS_DIR = BASE_DIR / "site" / "docs"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "site" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "media"))

RELEASE: str = env.str("RELEASE", default="")  # what a deployment calls this version; shown in the footer
WAGTAIL_SITE_NAME = "Minh Bạch"
PUBLIC_URL: str = env.str("PUBLIC_URL", default="")
WAGTAILADMIN_BASE_URL = PUBLIC_URL or "http://127.0.0.1:8000"
WAGTAILADMIN_USER_LOGIN_FORM = "home.login.forms.PortalLoginForm"
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILIMAGES_IMAGE_MODEL = "home.PortalImage"
WAGTAILDOCS_DOCUMENT_MODEL = "home.PortalDocument"
# Only what a form or a decision is published as; never a type that a browser would run.
WAGTAILDOCS_EXTENSIONS = ["pdf", "doc", "docx", "xls", "xlsx", "odt", "ods", "zip"]
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "svg", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.pictures.forms.PictureForm"
# The full 50 or 64 megapixels of a phone pass (9248 × 6936): unpacked they take 200 MB for a moment, which a
# worker has. All frames of an animation count together.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 65_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 30 * 1024 * 1024  # such a picture as a JPEG of high quality
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no request to another host
WAGTAIL_ENABLE_UPDATE_CHECK = False  # the same
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# The longest real record has 224 dossier rows, each with several inputs: Django's own 1,000 is too few.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
TAGGIT_CASE_INSENSITIVE = True
# Names that the province goes by: a procedure local to any other is shown as another province's.
PROVINCE_NAMES = env.list("PROVINCE_NAMES", default=["Quảng Ngãi", "Kon Tum"])
