"""A request that writes is one transaction."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from portal.middleware import AtomicWritesMiddleware
from procedures.models import Sector


def _writes_and_answers(status: int) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        Sector.objects.create(name="Đất đai")
        return HttpResponse(status=status)

    return view


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "kept"), [(200, True), (302, True), (400, True), (500, False)])
def test_a_failed_request_leaves_nothing_behind(rf: RequestFactory, status: int, kept: bool) -> None:
    response = AtomicWritesMiddleware(_writes_and_answers(status))(rf.post("/"))
    assert response.status_code == status
    assert Sector.objects.exists() is kept
