"""Addresses of the second factor and of the session, below /admin/ and before Wagtail's own.

allauth reverses the names of pages that Wagtail has itself: those lead there.
"""

from allauth.account.views import reauthenticate
from allauth.mfa.base.views import index
from allauth.mfa.base.views import reauthenticate as give_code
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, path
from django.views.generic import RedirectView

from home.login import idle
from home.login.second_factor import SetUpView

urlpatterns: list[URLPattern] = [
    path("session/", idle.state, name="session_state"),
    path("two-factor/", index, name="mfa_index"),
    path("two-factor/code/", give_code, name="mfa_reauthenticate"),
    path("two-factor/set-up/", SetUpView.as_view(), name="mfa_activate_totp"),
    path("two-factor/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("two-factor/recovery/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "two-factor/recovery/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "two-factor/recovery/file/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("two-factor/password/", reauthenticate, name="account_reauthenticate"),
    path("two-factor/login/", RedirectView.as_view(pattern_name="wagtailadmin_login"), name="account_login"),
    path(
        "two-factor/logout/", RedirectView.as_view(pattern_name="wagtailadmin_logout"), name="account_logout"
    ),
]
