"""A branch that moves by a file is the same where it arrives, comes once, and leaves edited pages alone."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageLogEntry,
    PageViewRestriction,
    ReferenceIndex,
    Revision,
)

from home import recycling
from home.models import ChangeNote, CollectionPage, InformationPage, PortalDocument, PortalImage
from news.models import ArticlePage, ArticlePicture, ArticleRelation
from portal import roles
from portal.transfer.archive import Refused
from portal.transfer.outcomes import ACTION, Outcome
from procedures import parts
from procedures.models import Agency, ImportedRecord, Phrasing, ProcedurePage
from tests import factories
from tests.factories import Tree
from tests.portal.factories_transfer import bring, empty, export, outcomes, paper, picture, shown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    folder = tmp_path / "media"
    settings.MEDIA_ROOT = str(folder)
    return folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "nhanh.zip"


def counts() -> tuple[int, ...]:
    """Return how much there is of all that an import could double."""
    models: tuple[Any, ...] = (Page, Revision, PortalImage, PortalDocument, Agency, PageLogEntry, Phrasing)
    return tuple(model.objects.count() for model in models)


def again(page: Any) -> Any:
    return type(page).objects.get(translation_key=page.translation_key)


def given(client: Client, document: PortalDocument) -> int:
    """Return how a reader who asks for a file is answered."""
    response: Any = client.get(document.url)
    if response.streaming:
        assert b"".join(response.streaming_content)
    return int(response.status_code)


def gone(*pages: Page) -> None:
    for page in pages:
        Page.objects.get(pk=page.pk).delete()


def edit(page: Any, **fields: Any) -> None:
    """Change and publish a page as an editor would."""
    newest = again(page).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(newest, name, value)
    newest.save_revision().publish()


@pytest.mark.once
def test_a_whole_province_looks_the_same_and_comes_in_once(client: Client, file: Path) -> None:
    call_command("load_demo", stdout=StringIO())
    Phrasing.objects.create(procedure=ProcedurePage.objects.first(), text="làm giấy cho con")
    before = shown(client)
    was = set(Page.objects.values_list("pk", flat=True))
    export(file)
    empty()
    assert outcomes(bring(file)).keys() == {Outcome.CREATED, Outcome.UNCHANGED}
    after = shown(client)
    assert after.keys() == before.keys()
    assert not [address for address in before if after[address] != before[address]]
    assert len(before) > 70
    assert not was & set(ProcedurePage.objects.values_list("pk", flat=True))
    assert Phrasing.objects.filter(text="làm giấy cho con").exists()
    stored = counts()
    assert outcomes(bring(file)).keys() == {Outcome.UNCHANGED}
    assert counts() == stored


def rich_article() -> ArticlePage:
    """Return an article that refers to all that an article can."""
    image, document = picture(), paper()
    procedure = factories.procedure(levels=("xa", "tinh"), legal=("60/2014/QH13",))
    html = (
        f'<p data-block-key="a"><a id="{procedure.pk}" linktype="page">thủ tục</a>, '
        f'<a linktype="document" id="{document.pk}">tờ khai</a>, <a href="https://vi.du">ngoài</a></p>'
    )
    page = ArticlePage(
        title="Một năm cải cách",
        image=image,
        body=[
            {"type": "text", "value": html},
            {"type": "image", "value": {"image": image.pk, "alt_text": "Trụ sở", "decorative": False}},
            {"type": "file", "value": {"title": "Tờ khai", "file": document.pk}},
        ],
        change_note="Thêm số liệu.",
    )
    page.topics.add("cải cách")
    page.pictures = [ArticlePicture(image=picture("Hội trường", "blue"), caption="Hội trường")]
    page.related_links = [ArticleRelation(related=procedure)]
    return factories.publish(page, Tree.load().news)


def test_every_reference_leads_to_what_is_here(tree: Tree, file: Path) -> None:
    article = rich_article()
    procedure = ProcedurePage.objects.get()
    export(file)
    gone(article, procedure)
    PortalImage.objects.all().delete()
    PortalDocument.objects.all().delete()
    bring(file)
    found, target, document = again(article), ProcedurePage.objects.get(), PortalDocument.objects.get()
    assert found.pk != article.pk
    assert target.pk != procedure.pk
    text, image, taken = found.body
    assert f'<a id="{target.pk}" linktype="page">' in text.value.source
    assert f'<a linktype="document" id="{document.pk}">' in text.value.source
    assert 'href="https://vi.du"' in text.value.source
    assert image.value.pk == found.image.pk
    assert found.image.description == "Trụ sở nhìn từ cổng"
    assert taken.value["file"] == document
    assert [link.related_id for link in found.related_links.all()] == [target.pk]
    assert [one.image.title for one in found.pictures.all()] == ["Hội trường"]
    assert [str(tag) for tag in found.topics.all()] == ["cải cách"]
    assert {level.slug for level in target.levels.all()} == {"xa", "tinh"}
    assert [note.text for note in ChangeNote.objects.filter(page=found)] == ["Thêm số liệu."]
    assert found.last_published_at.replace(microsecond=0) == article.last_published_at.replace(microsecond=0)
    cited = ReferenceIndex.get_references_to(document).values_list("object_id", flat=True)
    assert str(found.pk) in cited


def test_drafts_privacy_and_what_an_import_of_the_catalogue_knows(tree: Tree, file: Path) -> None:
    public = factories.information("Giới thiệu")
    newer = public.get_latest_revision_as_object()
    newer.title = "Giới thiệu mới"
    newer.save_revision()
    unborn = factories.information("Chưa công bố", live=False)
    kinds = {"login": factories.information("Nội bộ"), "password": factories.information("Mật")}
    for kind, page in kinds.items():
        PageViewRestriction.objects.create(page=page, restriction_type=kind, password="bi-mat-01")
    group = Group.objects.create(name="Pháp chế")
    closed = PageViewRestriction.objects.create(page=unborn, restriction_type="groups")
    closed.groups.add(group)
    procedure = factories.procedure()
    ImportedRecord.objects.create(
        page=procedure,
        code="9.1",
        record_hash="a" * 64,
        importer_version="1",
        revision_id=procedure.latest_revision_id,
        imported_at=timezone.now(),
        parts={"name": "b"},
    )
    export(file)
    assert b"bi-mat-01" not in file.read_bytes()
    gone(public, unborn, procedure, *kinds.values())
    bring(file)
    assert again(public).title == "Giới thiệu"
    assert again(public).get_latest_revision_as_object().title == "Giới thiệu mới"
    assert not again(unborn).live
    for page in kinds.values():
        assert [r.restriction_type for r in again(page).get_view_restrictions()] == ["login"]
    assert [list(r.groups.all()) for r in again(unborn).get_view_restrictions()] == [[group]]
    known = ImportedRecord.objects.get()
    assert (known.page_id, known.revision_id) == (again(procedure).pk, again(procedure).latest_revision_id)


def test_the_privacy_above_a_branch_comes_along(tree: Tree, file: Path) -> None:
    page = factories.article()
    PageViewRestriction.objects.create(page=tree.news, restriction_type="login")
    export(file, f"/tin-tuc/{page.slug}/")
    gone(page)
    PageViewRestriction.objects.all().delete()
    bring(file)
    assert again(page).live
    assert not ArticlePage.objects.visible().exists()


def test_what_changed_there_is_published_and_what_changed_here_stays(tree: Tree, file: Path) -> None:
    """There: A and B change. Here: B and C do. A is updated, B is in conflict, C is left alone."""
    pages = {name: factories.article(f"Bài {name}") for name in "ABC"}
    old = export(file, "/tin-tuc/")
    for name in "AB":
        edit(pages[name], lead="Mới ở kia")
    new = export(file.with_name("moi.zip"), "/tin-tuc/")
    gone(*pages.values())
    bring(old)
    for name in "BC":
        edit(pages[name], lead="Sửa ở đây")
    revisions = Revision.objects.count()
    report = bring(new)
    assert outcomes(report) == {Outcome.UPDATED: 1, Outcome.CONFLICT: 1, Outcome.UNCHANGED: 2}
    assert {name: again(page).lead for name, page in pages.items()} == {
        "A": "Mới ở kia", "B": "Sửa ở đây", "C": "Sửa ở đây",
    }  # fmt: skip
    assert Revision.objects.count() == revisions + 1
    assert outcomes(bring(new)) == {Outcome.CONFLICT: 1, Outcome.UNCHANGED: 3}
    assert outcomes(bring(new, take_theirs=True)) == {Outcome.UPDATED: 1, Outcome.UNCHANGED: 3}
    assert again(pages["B"]).lead == "Mới ở kia"


def test_taken_down_there_is_taken_down_here(tree: Tree, file: Path) -> None:
    page = factories.article()
    old = export(file, "/tin-tuc/")
    page.unpublish()
    new = export(file.with_name("moi.zip"), "/tin-tuc/")
    gone(page)
    bring(old)
    assert again(page).live
    assert outcomes(bring(new))[Outcome.UPDATED] == 1
    assert not again(page).live


def test_lists_that_each_portal_makes_itself_are_one(tree: Tree, file: Path) -> None:
    page = factories.article()
    edit(tree.news, lead="Tin của tỉnh")
    export(file)
    gone(page, tree.news)
    from news.models import NewsIndexPage

    made = NewsIndexPage(title="Tin tức", slug="tin-tuc")
    tree.home.refresh_from_db()
    tree.home.add_child(instance=made)
    bring(file)
    assert NewsIndexPage.objects.get().lead == "Tin của tỉnh"
    assert again(page).get_parent().pk == made.pk
    assert outcomes(bring(file)).keys() == {Outcome.UNCHANGED}


def test_under_another_parent(tree: Tree, file: Path) -> None:
    target = factories.information("Chuyên trang")
    branch = factories.information("Cải cách")
    child = CollectionPage(title="Mới nhất", types=["article"])
    Page.objects.get(pk=branch.pk).add_child(instance=child)
    export(file, f"/{branch.slug}/")
    gone(branch)
    bring(file, under=f"/{target.slug}/")
    assert again(child).url_path == f"{target.url_path}{branch.slug}/{child.slug}/"
    assert outcomes(bring(file, under=f"/{target.slug}/")).keys() == {Outcome.UNCHANGED}


def test_no_page_comes_where_its_type_may_not_be(tree: Tree, file: Path) -> None:
    page = factories.article()
    target = factories.information("Chuyên trang")
    export(file, f"/tin-tuc/{page.slug}/")
    gone(page)
    report = bring(file, under=f"/{target.slug}/")
    assert [result.reason for result in report.results] == ["no page of its type may be below Chuyên trang"]
    assert not ArticlePage.objects.exists()


def test_what_is_missing_is_named(tree: Tree, file: Path) -> None:
    article = rich_article()
    export(file, "/tin-tuc/")
    gone(article, ProcedurePage.objects.get())
    report = bring(file)
    assert any("body.text refers to the page Đăng ký khai sinh (/thu-tuc/" in w for w in report.warnings)
    found = again(article)
    assert "<a>thủ tục</a>" in found.body[0].value.source
    assert not found.related_links.exists()
    assert outcomes(bring(file)).keys() == {Outcome.UNCHANGED}


def test_a_dry_run_says_the_same_and_leaves_nothing(tree: Tree, file: Path, media: Path) -> None:
    article = rich_article()
    export(file)
    gone(article)
    PortalImage.objects.all().delete()
    for path in media.rglob("*.png"):
        path.unlink()
    stored, files = counts(), sorted(media.rglob("*.*"))
    said = bring(file, dry_run=True)
    assert (counts(), sorted(media.rglob("*.*"))) == (stored, files)
    assert bring(file).results == said.results


def test_an_address_that_is_taken_is_refused_with_all_below(tree: Tree, file: Path) -> None:
    branch = factories.information("Cải cách")
    child = InformationPage(title="Con")
    Page.objects.get(pk=branch.pk).add_child(instance=child)
    export(file, f"/{branch.slug}/")
    gone(branch)
    other = CollectionPage(title="Cải cách", slug=branch.slug)
    tree.home.refresh_from_db()
    tree.home.add_child(instance=other)
    output = StringIO()
    with pytest.raises(CommandError, match="2 records were refused") as caught:
        call_command("import_site", file, stdout=output)
    assert caught.value.returncode == 1
    assert "its address is taken by the page Cải cách" in output.getvalue()
    assert "its parent did not come in" in output.getvalue()


def test_owners_come_only_if_wanted(tree: Tree, file: Path) -> None:
    user = factories.administrator("nguyen-van-an")
    page = factories.article(owner=user)
    export(file)
    assert outcomes(bring(file)).keys() == {Outcome.UNCHANGED}
    gone(page)
    bring(file)
    assert again(page).owner is None
    Page.objects.filter(pk=again(page).pk).update(owner=user)
    export(file, owners=True)
    gone(again(page))
    bring(file)
    assert again(page).owner == user


def queries(path: Path, *, of_import: bool) -> int:
    with CaptureQueriesContext(connection) as captured:
        if of_import:
            bring(path)
        else:
            export(path)
    return len(captured)


def test_as_many_questions_for_many_pages_as_for_few(tree: Tree, file: Path) -> None:
    few = [factories.procedure(f"Thủ tục {number}", legal=("60/2014/QH13",)) for number in range(3)]
    bring(export(file))
    asked = queries(file, of_import=False), queries(file, of_import=True)
    for number in range(15):
        factories.procedure(f"Thủ tục khác {number}", legal=("60/2014/QH13",))
    bring(export(file))
    assert (queries(file, of_import=False), queries(file, of_import=True)) == asked
    assert PageLogEntry.objects.filter(action=ACTION, page=few[0].pk).count() == 1


def test_paper_of_a_dossier(tree: Tree, file: Path) -> None:
    form = parts.form("Mẫu 01", paper().pk)
    page = factories.procedure(dossier=[parts.dossier_case([parts.paper("Đơn", forms=[form])])])
    export(file)
    gone(page)
    PortalDocument.objects.all().delete()
    bring(file)
    (case,) = again(page).dossier
    assert case.value["documents"][0]["forms"][0]["file"] == PortalDocument.objects.get()


def test_what_was_deleted_here_stays_in_the_bin_with_all_below_it(tree: Tree, file: Path) -> None:
    group = factories.publish(InformationPage(title="Nhóm"), tree.home)
    inside = factories.publish(InformationPage(title="Trong nhóm"), group)
    export(file)
    bring(file)
    edit(group, title="Nhóm mới")
    new = factories.publish(InformationPage(title="Thêm"), again(group))
    export(file)
    key = new.translation_key
    gone(new)
    person = factories.administrator()
    binned = recycling.put_in(again(group), person)
    report = bring(file, take_theirs=True)
    ended = {result.name: result.outcome for result in report.results}
    assert (ended["Nhóm mới"], ended["Trong nhóm"]) == (Outcome.CONFLICT, Outcome.CONFLICT)
    assert ended["Thêm"] == Outcome.REFUSED
    assert not Page.objects.filter(translation_key=key).exists()
    assert not Page.objects.get(pk=inside.pk).live
    assert recycling.inside(Page.objects.get(pk=group.pk))
    recycling.restore(binned, person)
    assert outcomes(bring(file, take_theirs=True))[Outcome.CREATED] == 1
    assert Page.objects.get(translation_key=key).live


def test_a_page_that_was_deleted_there_stays_here_and_is_named(tree: Tree, file: Path) -> None:
    stays, goes = (factories.publish(InformationPage(title=title), tree.home) for title in ("Ở", "Đi"))
    whole = export(file)
    key = goes.translation_key
    gone(goes)
    without = export(file.with_name("sau.zip"))
    bring(whole)
    mine = factories.publish(InformationPage(title="Của mình"), tree.home)
    found = [warning for warning in bring(without).warnings if "stays until it is deleted" in warning]
    assert len(found) == 1
    assert found[0].startswith("Đi (/")
    assert Page.objects.get(translation_key=key).live
    assert {again(stays).live, again(mine).live} == {True}


def test_a_page_at_the_old_address_of_another_comes_with_the_next_run(tree: Tree, file: Path) -> None:
    first = factories.publish(InformationPage(title="Cũ", slug="cho"), tree.home)
    bring(export(file))
    edit(first, slug="cho-cu")
    second = factories.publish(InformationPage(title="Mới", slug="cho"), tree.home)
    new = export(file.with_name("moi.zip"))
    gone(second)
    edit(first, slug="cho")
    report = bring(new, take_theirs=True)
    refused = [result.reason for result in report.results if result.outcome is Outcome.REFUSED]
    assert len(refused) == 1
    assert "import the same file again" in refused[0]
    assert again(first).slug == "cho-cu"
    assert outcomes(bring(new))[Outcome.CREATED] == 1
    assert again(second).slug == "cho"


def test_a_private_file_comes_into_no_open_collection(client: Client, tree: Tree, file: Path) -> None:
    secret = Collection.get_first_root_node().add_child(instance=Collection(name="Mật"))
    document = paper()
    document.collection = secret
    document.save()
    text = f'<p><a linktype="document" id="{document.pk}">tệp</a></p>'
    factories.publish(InformationPage(title="Có tệp", body=[{"type": "text", "value": text}]), tree.home)
    open_there = export(file)
    closed = CollectionViewRestriction.objects.create(collection=secret, restriction_type="login")
    closed_there = export(file.with_name("kin.zip"))
    closed.delete()
    bring(open_there)
    assert given(client, document) == 200
    for _time in range(2):
        with pytest.raises(Refused, match="“Mật” is open to everybody here"):
            bring(closed_there)
    CollectionViewRestriction.objects.create(collection=secret, restriction_type="login")
    assert Outcome.REFUSED not in outcomes(bring(closed_there))
    assert given(client, document) == 302
    PortalDocument.objects.all().delete()
    CollectionViewRestriction.objects.all().delete()
    with pytest.raises(Refused, match="“Mật” is open to everybody here"):
        bring(closed_there)
    assert not PortalDocument.objects.exists()


def test_a_file_that_had_to_take_another_name_makes_no_conflict(tree: Tree, file: Path) -> None:
    document = paper()
    text = f'<p><a linktype="document" id="{document.pk}">tệp</a></p>'
    page = factories.publish(
        InformationPage(title="Có tệp", body=[{"type": "text", "value": text}]), tree.home
    )
    with_it = export(file)
    edit(page, body=[{"type": "text", "value": "<p>Không còn tệp.</p>"}])
    without = export(file.with_name("sau.zip"))
    gone(page)
    document.delete()
    paper("Khác", b"%PDF-1.4 khac")  # has its name by now
    bring(with_it)
    assert not PortalDocument.objects.get(title="Tờ khai").file.name.endswith("to-khai.pdf")
    assert outcomes(bring(without))[Outcome.UPDATED] == 1
    assert "Không còn tệp" in str(again(page).body)


@pytest.mark.parametrize("own", ["login", "none"])
def test_groups_above_a_branch_stay_the_only_ones(tree: Tree, file: Path, own: str) -> None:
    page = factories.article()
    group = Group.objects.create(name="Pháp chế")
    closed = PageViewRestriction.objects.create(page=tree.news, restriction_type="groups")
    closed.groups.add(group)
    if own == "login":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    export(file, f"/tin-tuc/{page.slug}/")
    gone(page)
    PageViewRestriction.objects.all().delete()
    bring(file)
    (restriction,) = again(page).get_view_restrictions()
    assert (restriction.restriction_type, list(restriction.groups.all())) == ("groups", [group])


def test_what_is_locked_or_in_review_here_waits(tree: Tree, file: Path) -> None:
    roles.make()
    pages = {name: factories.article(f"Bài {name}") for name in ("khóa", "duyệt", "thường")}
    old = export(file, "/tin-tuc/")
    for page in pages.values():
        edit(page, lead="Mới ở kia")
    new = export(file.with_name("moi.zip"), "/tin-tuc/")
    gone(*pages.values())
    bring(old)
    ArticlePage.objects.filter(translation_key=pages["khóa"].translation_key).update(locked=True)
    reviewed = again(pages["duyệt"])
    reviewed.get_workflow().start(reviewed, factories.administrator())
    assert outcomes(bring(new)) == {Outcome.CONFLICT: 2, Outcome.UPDATED: 1, Outcome.UNCHANGED: 1}
    assert again(pages["duyệt"]).workflow_in_progress
    assert again(pages["khóa"]).lead != "Mới ở kia"
    assert outcomes(bring(new, take_theirs=True))[Outcome.UPDATED] == 2


def test_what_is_open_above_what_is_private_stays_open(client: Client, tree: Tree, file: Path) -> None:
    above = Collection.get_first_root_node().add_child(instance=Collection(name="Chung"))
    below = above.add_child(instance=Collection(name="Mật"))
    CollectionViewRestriction.objects.create(collection=below, restriction_type="login")
    private, public = paper("Kín", b"%PDF-1.4 kin"), paper("Mở", b"%PDF-1.4 mo")
    for document, collection in ((private, below), (public, above)):
        document.collection = collection
        document.save()
    links = "".join(f'<a linktype="document" id="{one.pk}">tệp</a> ' for one in (private, public))
    page = factories.publish(
        InformationPage(title="Có tệp", body=[{"type": "text", "value": f"<p>{links}</p>"}]), tree.home
    )
    export(file)
    gone(page)
    PortalDocument.objects.all().delete()
    below.delete()
    Collection.objects.get(pk=above.pk).delete()
    bring(file)
    answers = {document.title: given(client, document) for document in PortalDocument.objects.all()}
    assert answers == {"Kín": 302, "Mở": 200}
