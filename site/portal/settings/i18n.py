"""Language: Vietnamese is the default, English the other; dates and numbers the Vietnamese way."""

from django.utils.translation import gettext_lazy as _

from portal.env import BASE_DIR

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = [("vi", _("Vietnamese"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
# Ours first; then the strings of Wagtail's admin that it has no Vietnamese for.
LOCALE_PATHS = [BASE_DIR / "site" / "locale", BASE_DIR / "site" / "locale" / "wagtail"]
FORMAT_MODULE_PATH = ["portal.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_THOUSAND_SEPARATOR = False  # grouping is asked for by the filter `vn_number`: codes are no numbers
