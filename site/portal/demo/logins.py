"""The demo's people. Their passwords are public: they exist only where `settings.DEMO` allows them."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from home.models import User


@dataclass(frozen=True)
class Login:
    """A person of the demo; `group` is one of Wagtail's own, none for the administrator."""

    username: str
    password: str
    role: str
    group: str = ""


LOGINS = (
    Login("quan-tri", "minh-bach-quan-tri", "quản trị"),
    Login("duyet-bai", "minh-bach-duyet-bai", "duyệt và xuất bản", "Moderators"),
    Login("bien-tap", "minh-bach-bien-tap", "biên tập", "Editors"),
)


WORDS_OF_THE_SEARCH = Q(
    content_type__app_label="search", content_type__model__in=("searchterm", "bestbet", "bestbetpage")
)
"""What people's words mean, and what comes first for them, belongs to those who write."""


def create() -> None:
    """Make the logins that are missing; a changed password stays changed."""
    for login in LOGINS:
        user, created = User.objects.get_or_create(
            username=login.username, defaults={"is_superuser": not login.group}
        )
        if not created:
            continue
        user.set_password(login.password)
        user.save()
        if login.group:
            user.groups.add(Group.objects.get(name=login.group))
    for group in Group.objects.filter(name__in={login.group for login in LOGINS}):
        group.permissions.add(*Permission.objects.filter(WORDS_OF_THE_SEARCH))
