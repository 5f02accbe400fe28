"""The start-up checks catch what they are for."""

from django.core.checks import run_checks
from pytest_django.fixtures import Settings


def test_the_project_as_it_is_has_nothing_to_say() -> None:
    assert run_checks() == []


def test_demo_settings_refuse_to_answer_for_others(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1", "thutuc.example.gov.vn"]
    assert [message.id for message in run_checks()] == ["portal.E001"]
