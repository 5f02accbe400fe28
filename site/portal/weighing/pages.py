"""Weighs pages as a browser gets them: every procedure, and the pages that every portal has."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.test import Client

from portal.weighing.budgets import Weight, weigh
from portal.weighing.own_text import own_texts
from procedures.models import ProcedurePage

BATCH = 200
OTHERS = (
    "/",
    "/en/",
    "/tim-kiem/",
    "/tim-kiem/?q=khai+sinh",
    "/tim-kiem/?q=giay+phep&level=xa&level=tinh&channel=truc-tiep",
    "/tim-kiem/?more=agency",
    "/tim-kiem/nhieu-nguoi-tim/",
    "/thu-tuc/",
    "/thu-tuc/linh-vuc/",
    "/thu-tuc/cap/",
    "/thu-tuc/co-quan/",
    "/thu-tuc/co-quan/?letter=u",
    "/thu-tuc/su-kien/",
    "/thu-tuc/a-z/",
    "/thu-tuc/a-z/?letter=c",
    "/thu-tuc/a-z/?letter=t",
    "/thu-tuc/moi/",
    "/quyet-dinh/",
    "/tin-tuc/",
    "/tro-nang/",
)
Progress = Callable[[int], object]


def procedures(progress: Progress = lambda done: None) -> Iterator[Weight]:
    """Yield the weight of the page of each visible procedure; `progress` hears how many there were."""
    client = Client(SERVER_NAME="localhost")
    rows = ProcedurePage.objects.visible().order_by("pk").values_list("pk", "code", "url_path").iterator()
    done = 0
    while batch := list(islice(rows, BATCH)):
        texts = own_texts([pk for pk, _code, _path in batch])
        for pk, code, path in batch:
            yield weigh(code, get(client, path.removeprefix("/home")), texts[pk])
        progress(done := done + len(batch))


def others(codes: Iterable[str]) -> Iterator[Weight]:
    """Yield the weight of pages that are no procedures, among them the lists to bring of some."""
    client = Client(SERVER_NAME="localhost")
    for path in OTHERS:
        yield weigh(path, get(client, path))
    listed = ProcedurePage.objects.visible().filter(code__in=codes).order_by("code")
    for code, path in listed.values_list("code", "url_path"):
        yield weigh(f"/thu-tuc/{code}/chuan-bi/", get(client, f"{path.removeprefix('/home')}chuan-bi/"))


def get(client: Client, path: str) -> bytes:
    """Return a page as it is before compression. Raises RuntimeError where it does not answer."""
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code}")
    return bytes(response.content)
