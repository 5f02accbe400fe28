"""The start-up checks catch what they are for."""

import pytest
from django.core.cache import cache
from django.core.checks import run_checks
from django.core.management import call_command
from pytest_django.fixtures import Settings

from home.models import HomePage


def test_the_project_as_it_is_has_nothing_to_say() -> None:
    assert run_checks() == []


def test_demo_settings_refuse_to_answer_for_others(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1", "thutuc.example.gov.vn"]
    assert [message.id for message in run_checks()] == ["portal.E001"]


@pytest.mark.parametrize("address", ["thutuc.example.vn", "//thutuc.example.vn", "ftp://thutuc.example.vn"])
def test_an_address_that_is_none_is_told(settings: Settings, address: str) -> None:
    settings.PUBLIC_URL = address
    assert [message.id for message in run_checks()] == ["portal.E003"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://thutuc.example.vn", "https://thutuc.example.vn"),
        ("http://127.0.0.1:8123", "http://127.0.0.1:8123"),
        ("", "http://localhost"),
    ],
)
def test_migrating_writes_the_address_into_the_site(settings: Settings, address: str, written: str) -> None:
    settings.PUBLIC_URL = address
    call_command("migrate", verbosity=0)
    assert HomePage.objects.get().full_url.rstrip("/") == written
    cache.clear()
