"""The demo's people. Their passwords are public: they exist only where `settings.DEMO` allows them."""

from dataclasses import dataclass

from django.contrib.auth.models import Group

from home.models import User
from portal import roles
from procedures.models import Agency, AgencyPerson


@dataclass(frozen=True)
class Login:
    """A person of the demo: a role, none for the administrator, and the agency that they are bound to."""

    username: str
    password: str
    described: str
    role: roles.Role | None = None
    agency: str = ""


LOGINS = (
    Login("quan-tri", "minh-bach-quan-tri", "quản trị"),
    Login(
        "cong-tac",
        "minh-bach-cong-tac",
        "cộng tác viên của Sở Tư pháp",
        roles.CONTRIBUTOR,
        "so-tu-phap-quang-ngai",
    ),
    Login("bien-tap", "minh-bach-bien-tap", "biên tập", roles.EDITOR),
    Login("tham-dinh", "minh-bach-tham-dinh", "thẩm định pháp lý", roles.REVIEWER),
    Login("duyet-bai", "minh-bach-duyet-bai", "duyệt và xuất bản", roles.PUBLISHER),
)


def create() -> None:
    """Make the roles and the logins that are missing; a changed password stays changed."""
    roles.make()
    for login in LOGINS:
        user, created = User.objects.get_or_create(
            username=login.username,
            defaults={"is_superuser": login.role is None, "email": f"{login.username}@example.com"},
        )
        if not created:
            continue
        user.set_password(login.password)
        user.save()
        if login.role:
            user.groups.add(Group.objects.get(name=login.role.name))
        if login.agency:
            AgencyPerson.objects.create(agency=Agency.objects.get(slug=login.agency), user=user)
