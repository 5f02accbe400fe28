"""The demo loads whole, twice without doubles, and never under settings that are not for it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from home.furniture.announcing import short_notice
from home.models import Banner, Notice, ProvinceSettings, User
from news.models import ArticlePage
from procedures.choices import ChannelKind, Level, Status
from procedures.models import Agency, DecisionPage, ProcedurePage


@pytest.fixture
def media(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))


@pytest.mark.django_db
@pytest.mark.usefixtures("media")
def test_loads_whole_and_only_once() -> None:
    call_command("load_demo", stdout=StringIO())
    assert ProcedurePage.objects.visible().count() == 40
    assert DecisionPage.objects.visible().count() == 12
    assert ArticlePage.objects.visible().count() == 12
    again = StringIO()
    call_command("load_demo", stdout=again)
    assert again.getvalue().startswith("0 decisions, 0 procedures, 0 articles, 0 pages")
    assert ProcedurePage.objects.count() == 40
    _covers_every_kind()
    _has_furniture()


def _covers_every_kind() -> None:
    pages = ProcedurePage.objects.all()
    assert {level for page in pages for level in page.levels.values_list("slug", flat=True)} == set(
        Level.values
    )
    assert {page.status for page in pages} == set(Status.values)
    assert {channel.value["kind"] for page in pages for channel in page.channels} == set(ChannelKind.values)
    fees = [fee for page in pages for channel in page.channels for fee in channel.value["fees"]]
    assert any(fee["exemption"] for fee in fees)
    assert any(len(page.dossier) > 1 for page in pages)
    assert Agency.objects.filter(successor__isnull=False).exists()


def _has_furniture() -> None:
    assert Banner.objects.current().leading().count() == 3
    for banner in Banner.objects.all():
        banner.full_clean()
    assert short_notice(Notice.objects.shown().get()) is None
    settings = ProvinceSettings.objects.get()
    settings.full_clean()
    assert (len(settings.links), settings.show_visits) == (2, True)


@pytest.mark.django_db
def test_is_refused_where_its_passwords_would_be_a_hole(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="public passwords"):
        call_command("load_demo")
    assert not User.objects.exists()
