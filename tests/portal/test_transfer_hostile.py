"""An archive that is broken, or made to do harm, changes nothing; what is said names the place."""

import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings
from wagtail.models import Page

from home.models import InformationPage, PortalDocument, PortalImage
from portal.transfer import archive
from tests import factories
from tests.factories import Tree
from tests.portal.factories_transfer import Entries, entries, export, listed, packed, paper, picture, records

pytestmark = [pytest.mark.django_db, pytest.mark.once]
Record = dict[str, Any]


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    folder = tmp_path / "media"
    settings.MEDIA_ROOT = str(folder)
    return folder


@pytest.fixture
def whole(tree: Tree, tmp_path: Path, media: Path) -> Entries:
    """Return the entries of a sound archive of one page with a picture and a file, which are gone here."""
    body = [
        {"type": "text", "value": "<p>Chào</p>"},
        {"type": "image", "value": {"image": picture().pk, "alt_text": "Trụ sở", "decorative": False}},
        {"type": "file", "value": {"title": "Tờ khai", "file": paper().pk}},
    ]
    page = factories.information("Giới thiệu", body=body)
    content = entries(export(tmp_path / "whole.zip", f"/{page.slug}/"))
    Page.objects.get(pk=page.pk).delete()
    PortalImage.objects.all().delete()
    PortalDocument.objects.all().delete()
    for path in [path for path in media.rglob("*") if path.is_file()]:
        path.unlink()
    return content


@pytest.fixture
def refusal(tmp_path: Path, media: Path) -> Callable[..., str]:
    """Return a function that imports entries, sees that nothing came of it, and returns what is said."""

    def bring(content: Entries, *, signed: bool = True) -> str:
        path = packed(tmp_path / "broken.zip", content, signed=signed)
        return refused(path, media)

    return bring


def refused(path: Path, media: Path) -> str:
    pages = Page.objects.count()
    with pytest.raises(CommandError) as caught:
        call_command("import_site", path, stdout=StringIO())
    assert caught.value.returncode == 2
    assert Page.objects.count() == pages
    assert not InformationPage.objects.exists()
    assert not PortalImage.objects.exists()
    assert not PortalDocument.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]
    return str(caught.value)


def changed(content: Entries, name: str, /, **fields: Any) -> Entries:
    """Return entries with other fields in the first record of a list."""
    some = records(content, name)
    some[0] |= fields
    return content | {name: listed(some)}


def with_live(content: Entries, **fields: Any) -> Entries:
    (page,) = records(content)
    return changed(content, "pages.jsonl", live=page["live"] | fields)


def test_a_sound_one_comes_in(whole: Entries, tmp_path: Path) -> None:
    call_command("import_site", packed(tmp_path / "sound.zip", whole), stdout=StringIO())
    assert InformationPage.objects.get().body[0].value.source == "<p>Chào</p>"


def test_no_archive(tmp_path: Path, media: Path, tree: Tree) -> None:
    path = tmp_path / "no.zip"
    assert "cannot be read" in refused(path, media)
    path.write_bytes(b"PK\x03\x04 no more")
    assert "not a whole ZIP file" in refused(path, media)
    with zipfile.ZipFile(path, "w"):
        pass
    assert "manifest.json: missing" in refused(path, media)


def test_cut_off(whole: Entries, tmp_path: Path, media: Path) -> None:
    path = packed(tmp_path / "cut.zip", whole)
    path.write_bytes(path.read_bytes()[:-400])
    assert "not a whole ZIP file" in refused(path, media)


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/tmp/x", "files/../x", "pages.jsonl/../../x", "x"])  # noqa: S108
def test_strange_names(whole: Entries, refusal: Callable[..., str], name: str) -> None:
    assert "no entry of an archive of the portal" in refusal(whole | {name: b"x"})


def test_an_entry_twice(whole: Entries, tmp_path: Path, media: Path) -> None:
    path = packed(tmp_path / "twice.zip", whole)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as file:
        file.writestr("pages.jsonl", b"{}")
    assert "pages.jsonl: there twice" in refused(path, media)


def test_checksums(whole: Entries, refusal: Callable[..., str]) -> None:
    assert "rows.jsonl: its checksum" in refusal(whole | {"rows.jsonl": b"{}\n"}, signed=False)
    name = next(name for name in whole if name.startswith("files/"))
    assert "its checksum is not its name" in refusal(whole | {name: b"other"})
    assert "in the manifest or in the archive" in refusal(whole | {f"files/{'0' * 64}": b""}, signed=False)
    assert "is not in the archive" in refusal({n: data for n, data in whole.items() if n != name})


def test_bombs(whole: Entries, refusal: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "a bomb" in refusal(whole | {f"files/{'0' * 64}": bytes(20_000_000)})
    monkeypatch.setattr(archive, "MOST_ENTRIES", 5)
    assert "5 are the most" in refusal(whole)
    monkeypatch.undo()


def test_limits(whole: Entries, refusal: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    for limit, said in (
        ("LONGEST_LINE", "longer than 100 bytes"),
        ("LARGEST_FILE", "100 are the most of a file"),
        ("MOST_BYTES", "The archive unpacks to"),
        ("LARGEST_MANIFEST", "100 are the most"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(archive, limit, 100)
            assert said in refusal(whole)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "pages.jsonl, line 1: not JSON"),
        (b"[1]", "no object of JSON"),
        (b'{"a": NaN}', "NaN is no number"),
        (b'{"a":' * 100 + b"1" + b"}" * 100, "40 levels within each other"),
        (b'{"a":' * 2000 + b"1" + b"}" * 2000, "not JSON"),
        (b'{"a":' * 200_000 + b"1" + b"}" * 200_000, "a bomb"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "not JSON"),
        (b"\xff\xfe", "not JSON"),
    ],
)
def test_no_json(whole: Entries, refusal: Callable[..., str], line: bytes, said: str) -> None:
    assert said in refusal(whole | {"pages.jsonl": line + b"\n"})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"type": "auth.user"}, "there is no type 'auth.user' of pages"),
        ({"type": "home.homepage"}, "there is no type 'home.homepage'"),
        ({"type": ["home.informationpage"]}, "there is no type"),
        ({"key": "1"}, "key is no key of a page"),
        ({"surprise": 1}, "there is no field 'surprise'"),
        ({"live": None}, "neither public content nor a draft"),
        ({"live": {"title": 1, "slug": "a"}}, "no title and slug"),
        ({"state": {"live": True}}, "state has other fields"),
        ({"restriction": {"type": "none"}}, "restriction has other fields"),
        ({"notes": [{"at": "hôm qua", "text": "", "is_major": True}]}, "notes.at is no time"),
        ({"imported": {}}, "only a procedure has a record"),
    ],
)
def test_records_of_pages(whole: Entries, refusal: Callable[..., str], fields: Record, said: str) -> None:
    assert said in refusal(changed(whole, "pages.jsonl", **fields))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"owner": 1}, 'home.informationpage has no field "owner"'),
        ({"path": "0001"}, 'has no field "path"'),
        ({"lead": {"a": 1}}, "lead is"),
        ({"body": {"a": 1}}, "body is no list"),
        ({"body": [{"type": "script", "value": "x"}]}, 'body has no part "script"'),
        ({"body": [{"type": "text", "value": "<script>1</script>"}]}, "body.text has <script>"),
        ({"body": [{"type": "text", "value": '<p onclick="1">'}]}, "body.text has <p onclick>"),
        ({"body": [{"type": "text", "value": '<a href="javascript:1">'}]}, "body.text has <a href>"),
        ({"body": [{"type": "text", "value": '<a href=" java\nscript:1">'}]}, "body.text has <a href>"),
        ({"body": [{"type": "file", "value": {"title": "x", "path": "/etc"}}]}, 'has no part "path"'),
        ({"body": [{"type": "file", "value": {"title": "x", "file": [1]}}]}, "refers to something by [1]"),
        ({"body": [{"type": "quote", "value": {"a": 1}}]}, "body.quote is"),
    ],
)
def test_content_of_pages(whole: Entries, refusal: Callable[..., str], fields: Record, said: str) -> None:
    assert said in refusal(with_live(whole, **fields))


def test_a_value_that_its_field_refuses(whole: Entries, tmp_path: Path) -> None:
    path = packed(tmp_path / "broken.zip", with_live(whole, updated_on="hôm qua"))
    output = StringIO()
    with pytest.raises(CommandError, match="1 records were refused"):
        call_command("import_site", path, stdout=output)
    assert "refused home.informationpage Giới thiệu" in output.getvalue()
    assert not InformationPage.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "../../x.png"}, "is no name of a file"),
        ({"type": "home.user"}, "no type 'home.user' of files"),
        ({"fields": {"title": "x", "file": "/etc/passwd"}}, "there is no field 'file'"),
        ({"fields": {"title": ""}}, "media.jsonl, line 1"),
        ({"name": "x.html"}, "media.jsonl, line 1 (x.html)"),
        ({"sha256": "0" * 64}, "is not in the archive"),
        ({"tags": [{}]}, "tags and collections are words"),
    ],
)
def test_media(whole: Entries, refusal: Callable[..., str], fields: Record, said: str) -> None:
    assert said in refusal(changed(whole, "media.jsonl", **fields))


def test_a_file_that_is_a_web_page(whole: Entries, refusal: Callable[..., str]) -> None:
    import hashlib

    html = b"<script>alert(1)</script>"
    sha256 = hashlib.sha256(html).hexdigest()
    some = records(whole, "media.jsonl")
    some[1] |= {"sha256": sha256}
    said = refusal(whole | {"media.jsonl": listed(some), f"files/{sha256}": html})
    assert "media.jsonl, line 2 (to-khai.pdf)" in said


def test_rows(whole: Entries, refusal: Callable[..., str]) -> None:
    for row, said in (
        ({"type": "home.user", "fields": {"username": "x"}}, "no row of the type 'home.user'"),
        ({"type": "procedures.sector", "fields": {"slug": "a", "password": "x"}}, "rows.jsonl, line 1"),
        ({"type": "procedures.agency", "fields": {"name": "x"}}, "its slug is missing"),
        ({"type": "procedures.agency", "fields": {"name": "x", "slug": "Không Phải"}}, "rows.jsonl, line 1"),
    ):
        assert said in refusal(whole | {"rows.jsonl": listed([row])})
