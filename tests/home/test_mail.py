"""Letters: written in the sender's transaction, sent by the worker through a real server, never twice."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction
from django.utils import timezone

from home.mail import sending
from home.models import Letter

pytestmark = pytest.mark.django_db


class Post(socketserver.ThreadingTCPServer):
    """A mail server: takes letters, or answers as it is told (RFC 5321)."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.taken: list[bytes] = []
        self.refuses: dict[str, bytes] = {}
        """Words of the other side > the answer, where it is not "250"; an empty one hangs up."""

    @property
    def letters(self) -> list[Any]:
        return [message_from_bytes(raw, policy=policy.default) for raw in self.taken]


class Talk(socketserver.StreamRequestHandler):
    """One conversation."""

    server: Post

    def handle(self) -> None:
        self.wfile.write(b"220 xin chao\r\n")
        for line in self.rfile:
            verb = line.split(b":")[0].strip().upper().decode()[:10]
            answer = self.server.refuses.get(verb)
            if verb == "DATA" and answer is None:
                self.wfile.write(b"354 viet di\r\n")
                self.server.taken.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                answer = self.server.refuses.get("taken")
            if answer == b"":
                return
            self.wfile.write(answer or (b"221 chao\r\n" if verb == "QUIT" else b"250 vang\r\n"))
            if verb == "QUIT":
                return


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    """Return a mail server, to which letters go."""
    with opened() as server:
        settings.LETTERS_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_BACKEND = "home.mail.backend.LetterBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        settings.EMAIL_TIMEOUT = 5
        yield server


@contextmanager
def opened() -> Iterator[Post]:
    with Post() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def write(*to: str, subject: str = "Trang được trả lại") -> None:
    send_mail(subject, "Thiếu giờ kết thúc.", None, list(to or ("a@example.vn",)))


def state() -> tuple[str, int]:
    letter = Letter.objects.get()
    return letter.state, letter.tries


def test_a_letter_is_sent_by_the_worker(post: Post) -> None:
    write("a@example.vn", "b@example.vn", "a@example.vn")
    assert post.taken == []
    assert sending.send_waiting() == 2
    assert [letter["To"] for letter in post.letters] == ["a@example.vn", "b@example.vn"]
    assert post.letters[0]["Subject"] == "Trang được trả lại"
    assert post.letters[0].get_content().strip() == "Thiếu giờ kết thúc."
    assert sending.send_waiting() == 0


def test_html_and_headers_come_along(post: Post) -> None:
    message = EmailMultiAlternatives(
        "Tin", "Chữ", to=["a@example.vn"], headers={"Auto-Submitted": "auto-generated"}
    )
    message.attach_alternative("<p>Chữ</p>", "text/html")
    message.send()
    sending.send_waiting()
    (letter,) = post.letters
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_body(("html",)).get_content().strip() == "<p>Chữ</p>"


def test_what_is_undone_is_not_sent(post: Post) -> None:
    class Undo(Exception):
        pass

    with pytest.raises(Undo), transaction.atomic():
        write()
        raise Undo
    assert not Letter.objects.exists()


def test_a_server_that_is_away_is_asked_again_later(post: Post, settings: Any) -> None:
    write()
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    sending.send_waiting()
    assert state() == ("waiting", 1)
    assert sending.send_waiting() == 0  # not before its time
    settings.EMAIL_PORT = port
    Letter.objects.update(due_at=timezone.now())
    assert sending.send_waiting() == 1
    assert state() == ("sent", 2)
    assert len(post.taken) == 1


@pytest.mark.parametrize("verb", ["RCPT TO", "MAIL FROM", "DATA"])
def test_what_the_server_refuses_is_tried_ten_times(post: Post, verb: str) -> None:
    post.refuses[verb] = b"451 sau nhe\r\n"
    write()
    for _number in range(sending.TRIES + 3):
        sending.send_waiting()
        Letter.objects.filter(state="waiting").update(due_at=timezone.now())
    assert state() == ("failed", sending.TRIES)
    assert "451" in Letter.objects.get().error
    assert post.taken == []


def test_a_refusal_after_the_text_is_a_refusal(post: Post) -> None:
    post.refuses["taken"] = b"452 het cho\r\n"
    write()
    sending.send_waiting()
    assert state() == ("waiting", 1)


def test_one_wrong_address_keeps_nobody_from_theirs(post: Post) -> None:
    post.refuses["RCPT TO"] = b"550 khong co\r\n"
    write("sai@example.vn")
    sending.send_waiting()
    post.refuses.clear()
    write("dung@example.vn")
    assert sending.send_waiting() == 1
    assert post.letters[0]["To"] == "dung@example.vn"


def test_a_line_that_breaks_after_the_text_sends_nothing_twice(post: Post) -> None:
    post.refuses["taken"] = b""
    write()
    sending.send_waiting()
    post.refuses.clear()
    Letter.objects.update(due_at=timezone.now())
    sending.send_waiting()
    assert len(post.taken) == 1
    assert state() == ("unclear", 1)


def test_a_goodbye_that_fails_changes_nothing(post: Post) -> None:
    post.refuses["QUIT"] = b"421 khong chao\r\n"
    write()
    assert sending.send_waiting() == 1
    assert state() == ("sent", 1)


def test_who_dies_while_sending_sends_nothing_twice(post: Post) -> None:
    write()
    assert sending.claim()  # and dies
    sending.send_waiting()
    assert post.taken == []
    Letter.objects.update(claimed_at=timezone.now() - timedelta(minutes=16))
    sending.send_waiting()
    assert (post.taken, state()) == ([], ("unclear", 1))


def test_a_server_that_is_away_does_not_hold_up_the_worker(post: Post, settings: Any) -> None:
    settings.EMAIL_PORT = 1
    for number in range(10):
        write(f"nguoi-{number}@example.vn")
    sending.send_waiting()
    assert Letter.objects.filter(tries=1).count() == sending.FAILURES


def test_attachments_are_refused_aloud(post: Post) -> None:
    message = EmailMessage("Tin", "Chữ", to=["a@example.vn"])
    message.attach("a.txt", "a")
    with pytest.raises(ValueError, match="no attachments"):
        message.send()


def test_no_header_is_smuggled_in_by_a_subject(post: Post) -> None:
    write(subject="Tin\nBcc: ai@example.vn")
    sending.send_waiting()
    assert post.letters[0]["Bcc"] is None
