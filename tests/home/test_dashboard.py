"""The first page of the admin says what waits for a person, and nothing where nothing does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from home.models import Letter, OutsideLink
from portal import roles
from tests import factories
from tests.people import logged_in, person

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_nothing_waits(tree: factories.Tree) -> None:
    shown = logged_in(person(roles.EDITOR, "bien-tap")).get("/admin/").content.decode()
    assert "Việc cần làm" not in shown


def test_what_waits_leads_to_its_report(tree: factories.Tree) -> None:
    page = factories.article(review_on=timezone.localdate() - timedelta(days=1))
    OutsideLink.objects.create(url="https://a.example.vn/", dead_since=timezone.now()).pages.add(page.pk)
    Letter.objects.create(to="a@example.vn", subject="Tin", body="", state=Letter.State.FAILED)
    editor = logged_in(person(roles.EDITOR, "bien-tap"))
    publisher = logged_in(person(roles.PUBLISHER, "xuat-ban"))
    publisher.post(f"/admin/pages/{page.pk}/force/", {"reason": "Bão số 12 đổ bộ đêm nay."})
    shown = editor.get("/admin/").content.decode()
    assert "1 trang cần rà soát" in shown
    assert "1 liên kết ngoài không mở được" in shown
    assert "không qua thẩm định" not in shown
    assert "thư báo" not in shown
    assert "1 lần đăng không qua thẩm định trong 30 ngày" in publisher.get("/admin/").content.decode()
    administrator = logged_in(person(roles.ADMINISTRATOR, "quan-tri-noi-dung"))
    assert "1 thư báo không gửi được" in administrator.get("/admin/").content.decode()


def test_other_branches_are_other_peoples_business(tree: factories.Tree) -> None:
    factories.article(review_on=timezone.localdate())
    roles.make(tree.procedures)
    member = person(roles.READER, "bien-tap-thu-tuc")
    member.groups.set([Group.objects.get(name=f"Biên tập viên: {tree.procedures.title}")])
    assert "Việc cần làm" not in logged_in(member).get("/admin/").content.decode()
