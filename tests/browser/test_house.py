"""The whole way of a page, in a real browser: written, sent back, mended, reviewed, scheduled, found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import DjangoDbBlocker

from tests.browser.house import House, left_editor, log_in, opened, picture, press, ready
from tests.live.servers import wait_until

EDITOR = re.compile(r"/admin/pages/\d+/edit/")
TITLE = "Cổng dịch vụ công tạm ngừng đêm 30 để nâng cấp"
COMMENT = "Thiếu giờ bắt đầu và giờ kết thúc."
MENDED = "Cổng tạm ngừng từ 22 giờ ngày 30 đến 4 giờ sáng hôm sau."


@pytest.fixture(scope="module")
def house(
    chromium: Browser,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[House]:
    with django_db_blocker.unblock(), opened(chromium, tmp_path_factory.mktemp("house")) as found:
        yield found


def write_text(page: Page, words: str) -> None:
    """Write into a new block of text."""
    body = page.locator("[data-contentpath=body]")
    body.locator("button.c-sf-add-button").first.click()
    page.get_by_role("option", name="nội dung").click()
    editor = body.locator("[contenteditable=true]").first
    editor.click()
    page.keyboard.type(words)
    expect(editor).to_have_text(words)


def waiting_for(page: Page, title: str) -> None:
    """Open a page from the list of what waits for a person."""
    page.goto("/admin/")
    page.get_by_role("link", name=title).first.click()
    expect(page).to_have_url(EDITOR)


def schedule(page: Page, moment: datetime) -> None:
    """Set when a page goes live, in the panel of its state."""
    page.get_by_role("button", name="Trạng thái").first.click()
    page.get_by_role("button", name="Đặt lịch").or_(page.get_by_role("button", name="Sửa lịch")).first.click()
    field = page.locator("#id_go_live_at")
    field.fill(timezone.localtime(moment).strftime("%d/%m/%Y %H:%M"))
    field.press("Tab")  # to the day of expiry, and from there to the button: that shuts the calendars
    page.keyboard.press("Tab")
    picture(page, "schedule")
    page.keyboard.press("Enter")


def send_back(page: Page, comment: str) -> None:
    """Send a page back with a comment."""
    press(page, "[data-workflow-action-name=reject]")
    page.get_by_role("dialog").locator("textarea").fill(comment)
    picture(page, "send-back")
    page.get_by_role("dialog").locator("[type=submit]").click()
    left_editor(page)


def approve(page: Page) -> None:
    """Approve a page."""
    press(page, "[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])")
    left_editor(page)


def is_found(reader: Page) -> bool:
    """Tell whether a reader finds the article by words without diacritics."""
    reader.goto("/tim-kiem/?q=cong+dich+vu+cong+tam+ngung")
    return reader.get_by_role("link", name=TITLE).count() > 0


def test_from_a_draft_to_the_reader(house: House, db: None) -> None:
    writer = house.enter("cong-tac")
    writer.goto("/admin/pages/add/news/articlepage/6/")
    ready(writer)
    writer.fill("#id_title", TITLE)
    writer.fill("#id_lead", "Cổng tạm ngừng để nâng cấp.")
    write_text(writer, "Hồ sơ nộp trước giờ đó vẫn được tiếp nhận.")
    expect(writer).to_have_url(EDITOR)  # it has saved itself
    picture(writer, "article")
    assert writer.locator("[name=action-publish]").count() == 0
    press(writer, "[name=action-submit]")
    left_editor(writer)

    reviewer = house.enter("tham-dinh")
    reviewer.goto("/admin/")
    expect(reviewer.get_by_role("link", name=TITLE).first).to_be_visible()
    picture(reviewer, "dashboard")
    waiting_for(reviewer, TITLE)
    ready(reviewer)
    picture(reviewer, "review")
    send_back(reviewer, COMMENT)

    waiting_for(writer, TITLE)
    expect(writer.get_by_text(COMMENT).first).to_be_visible()
    picture(writer, "sent-back")
    writer.fill("#id_lead", MENDED)
    press(writer, "[name=action-submit]")
    left_editor(writer)

    waiting_for(reviewer, TITLE)
    approve(reviewer)

    publisher = house.enter("duyet-bai")
    waiting_for(publisher, TITLE)
    soon = timezone.now() + timedelta(minutes=2)
    schedule(publisher, soon)
    approve(publisher)

    reader = house.window()
    reader.goto("/tin-tuc/")
    assert TITLE not in reader.content()
    wait_until(lambda: timezone.now() > soon.replace(second=0, microsecond=0), 180)
    house.run_schedule()
    wait_until(lambda: is_found(reader))
    reader.get_by_role("link", name=TITLE).first.click()
    expect(reader.get_by_text(MENDED)).to_be_visible()


def test_who_is_away_is_warned_and_loses_nothing(house: House, db: None) -> None:
    editor = house.enter("bien-tap", "impatient")
    editor.goto("/admin/snippets/procedures/legaldocument/add/")  # which does not save itself
    editor.fill("#id_title", "Luật chưa lưu")
    warning = editor.get_by_role("dialog", name="Bạn còn ở đó không?")
    expect(warning).to_be_visible(timeout=20_000)
    picture(editor, "idle")
    warning.get_by_role("button", name="Ở lại").click()
    expect(warning).to_be_hidden()

    ended = editor.get_by_role("dialog", name="Bạn đã bị đăng xuất")
    expect(ended).to_be_visible(timeout=30_000)
    expect(editor.locator("#id_title")).to_have_value("Luật chưa lưu")
    other = editor.context.new_page()
    log_in(other, "bien-tap")
    other.close()
    editor.bring_to_front()
    editor.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(ended).to_be_hidden(timeout=10_000)
    editor.fill("#id_number", "1/2026/QH16")
    editor.get_by_role("button", name="Lưu").first.click()
    expect(editor.get_by_text("1/2026/QH16").first).to_be_visible()


def test_who_was_logged_out_elsewhere_loses_nothing(house: House, db: None) -> None:
    editor = house.enter("bien-tap")
    editor.goto("/admin/snippets/procedures/legaldocument/add/")
    editor.fill("#id_title", "Luật chưa lưu lần hai")
    editor.fill("#id_number", "2/2026/QH16")
    editor.context.clear_cookies()
    editor.get_by_role("button", name="Lưu").first.click()
    ended = editor.get_by_role("dialog", name="Bạn đã bị đăng xuất")
    expect(ended).to_be_visible()
    expect(editor.locator("#id_title")).to_have_value("Luật chưa lưu lần hai")
    other = editor.context.new_page()
    log_in(other, "bien-tap")
    other.close()
    editor.bring_to_front()
    editor.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(ended).to_be_hidden(timeout=10_000)
    editor.get_by_role("button", name="Lưu").first.click()
    expect(editor.get_by_text("2/2026/QH16").first).to_be_visible()


def test_readers_are_never_asked(house: House, db: None) -> None:
    reader = house.window("impatient")
    reader.goto("/")
    assert reader.locator("#session-watch").count() == 0
    assert reader.context.cookies() == []


def test_the_pictures_of_the_guide(house: House, db: None) -> None:
    editor = house.enter("bien-tap")
    editor.goto("/admin/pages/7/edit/")
    ready(editor)
    picture(editor, "decision")
    editor.goto("/admin/pages/19/edit/")
    ready(editor)
    picture(editor, "procedure")
    editor.get_by_role("tab", name="Các phần").click()
    picture(editor, "parts")
    editor.goto("/admin/pages/58/edit/")
    ready(editor)
    editor.locator('[data-side-panel-toggle="figures"]').click()
    expect(editor.get_by_text("Phải sửa").first).to_be_visible()
    picture(editor, "checks")
    editor.goto("/admin/pages/19/history/")
    picture(editor, "history")
    publisher = house.enter("duyet-bai")
    publisher.goto("/admin/pages/70/delete/")
    picture(publisher, "delete")
    publisher.get_by_role("button", name="Chuyển vào thùng rác").click()
    publisher.goto("/admin/reports/bin/")
    picture(publisher, "bin")
    publisher.get_by_role("button", name="Khôi phục").first.click()
    expect(publisher.get_by_text("đã về chỗ cũ")).to_be_visible()
    publisher.goto("/admin/pages/70/force/")
    picture(publisher, "force")
