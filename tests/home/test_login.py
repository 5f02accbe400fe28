"""Who comes into the house: five wrong passwords lock it, publishers bring a phone, idle sessions end."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from axes.models import AccessAttempt
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageViewRestriction

from home.login import audit
from home.login.idle import SEEN
from home.models import User
from portal import roles
from tests import factories
from tests.people import PASSWORD, logged_in, person

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LOGIN = "/admin/login/"


def log_in(client: Client, username: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(LOGIN, {"username": username, "password": password}, **extra)


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


@pytest.fixture
def editor(tree: factories.Tree) -> User:
    return person(roles.EDITOR, "bien-tap")


@pytest.fixture
def publisher(tree: factories.Tree) -> User:
    return person(roles.PUBLISHER, "xuat-ban")


@pytest.fixture
def strict(settings: Any) -> Any:
    settings.SECOND_FACTOR = True
    return settings


class Phone:
    """An authenticator app."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    @property
    def code(self) -> str:
        """Return the code of now."""
        counter = int(time.time()) // 30
        return totp.format_hotp_value(totp.hotp_value(self.secret, counter))


def set_up(client: Client) -> Phone:
    """Set up a second factor in the page for it."""
    address = "/admin/two-factor/set-up/"
    phone = Phone(client.get(address).context["form"].secret)
    assert client.post(address, {"code": phone.code}).status_code == 302
    return phone


# Lock-out


def test_five_wrong_passwords_lock_the_account_where_they_came_from(editor: User, client: Client) -> None:
    for _number in range(5):
        refused = log_in(client, "bien-tap", "sai")
    assert refused.status_code == 429
    assert log_in(client, "bien-tap").status_code == 429
    assert not is_in(client)
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert log_in(elsewhere, "bien-tap").status_code == 302
    assert is_in(elsewhere)


def test_after_half_an_hour_it_opens_again(editor: User, client: Client) -> None:
    for _number in range(5):
        log_in(client, "bien-tap", "sai")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=31))
    assert log_in(client, "bien-tap").status_code == 302


def test_a_forged_address_opens_nothing(editor: User, client: Client) -> None:
    for number in range(5):
        log_in(client, "bien-tap", "sai", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    assert log_in(client, "bien-tap", HTTP_X_FORWARDED_FOR="198.51.100.77").status_code == 429


def test_the_login_of_private_pages_is_locked_too(editor: User, client: Client) -> None:
    page = factories.information("Nội bộ")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    data = {"username": "bien-tap", "password": "sai"}
    for _number in range(5):
        client.post("/_util/login/", data)
    assert client.post("/_util/login/", data | {"password": PASSWORD}).status_code == 429


# Passwords and sessions


@pytest.mark.parametrize("password", ["ngan", "12345678901234", "password1234", "bien-tap-vien"])
def test_weak_passwords_are_refused(password: str, tree: factories.Tree) -> None:
    client = logged_in(factories.administrator())
    data = {"username": "bien-tap-vien", "email": "a@example.vn", "first_name": "A", "last_name": "B"}
    data |= {"password1": password, "password2": password}
    refused = client.post("/admin/users/new/", data)
    assert list(refused.context["form"].errors) == ["password2"]
    assert not User.objects.filter(username="bien-tap-vien").exists()


def test_a_session_that_somebody_planted_is_not_logged_in(editor: User, client: Client) -> None:
    planted = SessionStore()
    planted.create()
    client.cookies["sessionid"] = str(planted.session_key)
    log_in(client, "bien-tap")
    assert is_in(client)
    assert client.cookies["sessionid"].value != planted.session_key
    assert not Session.objects.filter(session_key=planted.session_key).exists()


# The second factor


def test_a_publisher_sets_it_up_before_anything_else(publisher: User, client: Client, strict: Any) -> None:
    log_in(client, "xuat-ban")
    response = client.get("/admin/pages/")
    assert response.headers["Location"].startswith("/admin/two-factor/set-up/?next=")
    assert client.post("/admin/pages/1/edit/").headers["Location"] == "/admin/two-factor/set-up/"
    set_up(client)
    assert is_in(client)
    assert client.get("/admin/two-factor/recovery/").status_code == 200


def test_then_each_login_asks_for_the_code(publisher: User, client: Client, strict: Any) -> None:
    log_in(client, "xuat-ban")
    phone = set_up(client)
    client.post("/admin/logout/")
    log_in(client, "xuat-ban")
    response = client.get("/admin/reports/bin/")
    assert response.headers["Location"] == "/admin/two-factor/code/?next=%2Fadmin%2Freports%2Fbin%2F"
    wrong = client.post(response.headers["Location"], {"code": "000000"})
    assert wrong.context["form"].errors
    assert not is_in(client)
    right = client.post(response.headers["Location"], {"code": phone.code})
    assert right.headers["Location"] == "/admin/reports/bin/"
    assert is_in(client)


def test_a_password_alone_takes_no_second_factor_away(publisher: User, client: Client, strict: Any) -> None:
    log_in(client, "xuat-ban")
    set_up(client)
    thief = Client()
    log_in(thief, "xuat-ban")
    for address in ("remove", "recovery", "recovery/new", "recovery/file", "set-up", "password", ""):
        for response in (
            thief.get(f"/admin/two-factor/{address}/"),
            thief.post(f"/admin/two-factor/{address}/"),
        ):
            assert response.headers["Location"].startswith("/admin/two-factor/code/"), address
    assert Authenticator.objects.count() == 2


def test_without_it_a_session_is_nobodys_on_the_public_side(
    publisher: User, client: Client, strict: Any
) -> None:
    page = factories.information("Nội bộ")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    log_in(client, "xuat-ban")
    assert client.get(page.url).status_code == 302
    set_up(client)
    assert client.get(page.url).status_code == 200


def test_a_recovery_code_opens_once(publisher: User, client: Client, strict: Any) -> None:
    log_in(client, "xuat-ban")
    set_up(client)
    codes = client.get("/admin/two-factor/recovery/").context["unused_codes"]
    for opens in (True, False):
        other = Client()
        log_in(other, "xuat-ban")
        other.post("/admin/two-factor/code/", {"code": codes[0]})
        assert is_in(other) is opens


def test_who_does_not_publish_may_have_one(editor: User, client: Client, strict: Any) -> None:
    log_in(client, "bien-tap")
    assert is_in(client)
    set_up(client)
    other = Client()
    log_in(other, "bien-tap")
    assert not is_in(other)


def test_its_secret_is_stored_encrypted(publisher: User, client: Client, strict: Any, settings: Any) -> None:
    log_in(client, "xuat-ban")
    phone = set_up(client)
    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert phone.secret not in str(stored.data)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "ein-neuer"
    assert stored.wrap().validate_code(phone.code)


@pytest.mark.parametrize("address", ["/admin/sprite/", "/admin/jsi18n/"])
def test_what_every_page_loads_leads_nowhere(
    address: str, publisher: User, client: Client, strict: Any
) -> None:
    log_in(client, "xuat-ban")
    assert client.get(address).status_code == 200


# Who manages people


def test_who_manages_people_makes_no_superuser(editor: User, tree: factories.Tree) -> None:
    client = logged_in(person(roles.ADMINISTRATOR, "quan-tri-noi-dung"))
    root = factories.administrator()
    data = {"username": "bien-tap", "email": "b@example.vn", "first_name": "B", "last_name": "T"}
    client.post(f"/admin/users/edit/{editor.pk}/", data | {"is_superuser": "on", "is_active": "on"})
    assert not User.objects.get(pk=editor.pk).is_superuser
    words = {"password1": "mot-mat-khau-dai-hon", "password2": "mot-mat-khau-dai-hon"}
    client.post(f"/admin/users/edit/{root.pk}/", data | words | {"username": root.username})
    client.post(f"/admin/users/delete/{root.pk}/")
    client.post(f"/admin/bulk/home/user/delete/?id={root.pk}")
    still = User.objects.get(pk=root.pk)
    assert still.is_superuser
    assert still.check_password("mat-khau-thu")
    client.post(f"/admin/users/edit/{editor.pk}/", data | {"first_name": "Bình", "is_active": "on"})
    assert User.objects.get(pk=editor.pk).first_name == "Bình"


# Idle sessions


def rest(client: Client, seconds: float) -> None:
    """Let the person of a session be away for so long."""
    session = client.session
    session[SEEN] = time.time() - seconds
    session.save()


def test_after_half_an_hour_the_session_ends(editor: User, client: Client) -> None:
    log_in(client, "bien-tap")
    rest(client, 29 * 60)
    assert is_in(client)
    rest(client, 31 * 60)
    assert client.get("/admin/").headers["Location"].startswith(LOGIN)
    assert client.get("/admin/session/").status_code == 401


def test_only_a_person_keeps_it(editor: User, client: Client) -> None:
    log_in(client, "bien-tap")
    assert client.get("/admin/session/").json()["left"] > 29 * 60
    rest(client, 29 * 60)
    assert client.get("/admin/session/").json()["left"] <= 90
    assert client.get("/admin/session/").json()["left"] <= 90
    assert client.post("/admin/session/").json()["left"] > 29 * 60


def test_who_else_edits_a_page_is_asked_by_no_person(editor: User, client: Client) -> None:
    log_in(client, "bien-tap")
    page = factories.article()
    response = client.get(f"/admin/pages/{page.pk}/edit/")
    session = response.context["editing_sessions"]
    rest(client, 29 * 60)
    client.post(session.ping_url)
    assert client.get("/admin/session/").json()["left"] <= 90


def test_readers_have_no_session(tree: factories.Tree, client: Client) -> None:
    client.get("/")
    assert not client.cookies
    assert client.get("/admin/session/").status_code == 401
    assert not client.cookies.get("sessionid")


# The record


def test_logins_are_on_record_for_the_administrator(editor: User, client: Client) -> None:
    log_in(client, "bien-tap", "sai")
    log_in(client, "nguoi-la", "sai")
    log_in(client, "bien-tap")
    client.post("/admin/logout/")
    actions = (
        ModelLogEntry.objects.filter(action__in=audit.ACTIONS).order_by("pk").values_list("action", "label")
    )
    assert list(actions) == [
        ("home.login_failed", "bien-tap"),
        ("home.login", "bien-tap"),
        ("home.logout", "bien-tap"),
    ]
    administrator = logged_in(person(roles.ADMINISTRATOR, "quan-tri-noi-dung"))
    shown = administrator.get("/admin/reports/logins/").content.decode()
    assert "127.0.0.1" in shown
    assert logged_in(person(roles.PUBLISHER, "nguoi-khac")).get("/admin/reports/logins/").status_code == 302


def test_the_record_is_kept_for_a_year(editor: User, client: Client) -> None:
    log_in(client, "bien-tap")
    assert audit.forget() == 0
    ModelLogEntry.objects.update(timestamp=timezone.now() - timedelta(days=366))
    assert audit.forget() == 1
