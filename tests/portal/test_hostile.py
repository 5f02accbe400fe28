"""What no reader types: each address answers quickly and plainly, and keeps its reader here."""

import re
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings
from wagtail.models import Workflow

from portal.handling import Handler
from portal.wsgi import application
from tests import factories
from tests.search.conftest import index

__all__ = ["index"]

pytestmark = pytest.mark.django_db

SECONDS = 2
PLAIN = {200, 204, 301, 302, 400, 404, 405}
ENGINE = re.compile(
    r"search_phase|parsing_exception|Traceback|elasticsearch|TransportError|illegal_arg|psycopg|sqlite|Exception",
    re.IGNORECASE,
)
AWAY = re.compile(r'(?:href|action|src)="(?:[a-z]+:)?[\s\\/]*[\\/][\s\\/]*(?:localhost@)?example\.net')
"""A link or a form of the page that a browser takes to another host."""

WORDS = [
    *(
        "%22",
        "%22khai%20sinh",
        "%E2%80%9Ckhai%20sinh%E2%80%9D~3",
        "khai%20AND",
        "OR",
        "NOT",
        "-",
        "%2B",
        "%28",
    ),
    *(
        "%28",
        "%29%29%28",
        "%7B",
        "%5B%20TO%20%2A%5D",
        "%2F",
        "a%2Fb",
        "1072%2FQ%C4%90-UBND",
        "%5C",
        "%5C%5C%22",
    ),
    *("ten%3A%2A", "_exists_%3Alive", "live%3Afalse", "khai%5E9999999", "khai~99", "%2A"),
    *(
        "%3F%3F%3F%3F%3F%3F%3F%3F",
        "%2F.%2A.%2A.%2A.%2A.%2Ax%2F",
        "%00",
        "khai%00sinh",
        "%EF%BB%BFkhai%20sinh",
    ),
    *("%ED%A0%80", "%FF", "%F0%9F%98%80", "%E2%80%AEhnis%20iahk", "%3Cscript%3Ealert(1)%3C%2Fscript%3E"),
    *("%7B%22match_all%22%3A%7B%7D%7D", "%24%7B7*7%7D", "%25", "%"),
    *(
        "khai%20" * 1715,
        "a" * 12_000,
        "%22" * 6000,
        "%28" * 6000,
        "+".join(["t%E1%BB%AB"] * 2000),
        "*+" * 400,
    ),
]
VALUES = [
    *("%00", "ho-tich%00", "%FF", "%ED%A0%80", "'%22%3Cscript%3E", "%5C", "-1", "0", "9" * 21, "9" * 5000),
    *("%D9%A3", "%C2%B2", "1%27[0]", "2025-13-01", "31/02/2025", "__class__", "-1;drop", "a" * 12_000, ""),
]
FIELDS = ["page", "sort", "sector", "level", "agency", "event", "year", "issuer", "more", "date"]
MANY = [
    "&".join(f"a{number}=1" for number in range(5000)),
    "&".join(["q=khai"] * 3000),
    "&".join(["sector=ho-tich"] * 3000),
    "&".join(f"level=x{number}" for number in range(3000)),
    "a=1&" * 25_000,  # more than Django reads
    *("q[]=khai", "q=a&q=b", "q=khai&page=1&page=2", "sector[]=1", "%00=%00", "=&=&;;&&", "q"),
]
NEXT = [
    *("https://example.net/", "//example.net/", "///example.net", "/\\example.net/", "\\\\example.net"),
    *("http:example.net", "https:/example.net", "javascript:alert(1)", "JaVaScRiPt:alert(1)"),
    *("data:text/html,x", "http://localhost@example.net/", "http://example.net#@localhost"),
    *("%2F%2Fexample.net", "\t//example.net", "/tim-kiem?q=a%0d%0aSet-Cookie:x=1", "/\t/example.net"),
]
"""Values of case 29, for each place that takes an address to go to."""


@pytest.fixture
def client() -> Client:
    """Return a browser that gets the page of a failure, as a reader does."""
    return Client(raise_request_exception=False)


@pytest.fixture
def pages(tree: factories.Tree) -> list[str]:
    """Publish something of each kind, and return the addresses of all that takes parameters."""
    article = factories.article("Một năm cải cách")
    made = [factories.procedure("Đăng ký khai sinh"), factories.decision(), article]
    return [
        *("/tim-kiem/", "/goi-y/", "/api/v1/search", "/thu-tuc/", "/quyet-dinh/", "/tin-tuc/", "/"),
        *("/thu-tuc/linh-vuc/", "/thu-tuc/co-quan/", "/tim-kiem/nhieu-nguoi-tim/", "/khong-co/"),
        *(page.url for page in made),
        f"/danh-gia/{article.pk}/",
    ]


def check(response: Any, asked: str) -> None:
    """Hold an answer to what every answer must be."""
    body = b"".join(response) if response.streaming else response.content
    said = body.decode()
    assert response.status_code in PLAIN, asked
    assert not ENGINE.search(said), asked
    assert not AWAY.search(said), asked
    target = response.get("Location", "/")
    assert not re.match(r"[\s\\/]*[\\/][\s\\/]+|\s", target), (asked, target)
    assert urlsplit(urljoin("http://testserver/", target)).netloc == "testserver", (asked, target)
    assert "x" not in response.cookies, asked


def serve(request: WSGIRequest, **environment: str) -> tuple[int, bytes]:
    """Ask our own handler with a request of its own kind: Django's test client has others."""
    environ = request.environ | {"HTTP_HOST": "localhost"} | environment
    handler = Handler()
    response: Any = handler.get_response(handler.request_class(environ))
    return response.status_code, response.content


def ask(client: Client, addresses: Iterable[str], queries: list[str]) -> None:
    """Ask every address every query."""
    for address in addresses:
        client.get(address)  # reads templates and words for the first time
        for query in queries:
            started = time.thread_time()  # a machine may be busy; whom we ask has a time limit of its own
            response = client.get(address, QUERY_STRING=query)
            asked = f"{address}?{query[:80]}"
            assert time.thread_time() - started < SECONDS, asked
            check(response, asked)


def raw(path: str) -> str:
    """Return a percent-encoded path as a server hands it over: its bytes, whatever they are."""
    return unquote_to_bytes(path).decode("latin-1")


@pytest.mark.usefixtures("index")
def test_case_25_whatever_is_searched(client: Client, pages: list[str]) -> None:
    words = [f"q={words}" for words in WORDS]
    junk = [f"q=khai&page={value}&sort={value}&sector={value}&level={value}" for value in VALUES]
    ask(client, pages[:3], words + junk + MANY)


def test_case_25_whatever_a_list_is_asked(client: Client, pages: list[str]) -> None:
    one = [f"{field}={value}" for field in FIELDS for value in ("%00", "9" * 21)]
    ask(
        client,
        pages[3:6],
        ["&".join(f"{field}={value}" for field in FIELDS) for value in VALUES] + one + MANY,
    )


@pytest.mark.usefixtures("index")
def test_case_25_every_address_in_both_languages(client: Client, pages: list[str]) -> None:
    english = [f"/en{address}" for address in pages if not address.startswith("/api/")]
    some = ["q=%00&sector=%00&level=%FF&page=%00", f"q={WORDS[-1]}&page=-1&{MANY[0][:5000]}"]
    ask(client, pages[6:] + english, some)


@pytest.mark.usefixtures("index")
def test_case_25_a_field_of_lucene_shows_no_draft(client: Client) -> None:
    factories.procedure("zebra7301", live=False)
    for words in ("live:false", "_exists_:live", "zebra7301", "*", "live:false zebra7301"):
        assert "zebra7301</" not in client.get("/tim-kiem/", {"q": words}).content.decode()
        assert all("zebra" not in row["title"] for row in _found(client, words))


def _found(client: Client, words: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = client.get("/api/v1/search", {"q": words}).json()["results"]
    return rows


def test_case_25_a_filter_is_cleaned_as_all_text_is(client: Client, pages: list[str]) -> None:
    for value in ("ho-tich%00", "%E2%80%8Bho-tich", "+ho-tich+"):
        assert "Đăng ký khai sinh" in client.get(f"/thu-tuc/?sector={value}").content.decode()
    assert client.get("/thu-tuc/?sector=ho%00tich").status_code == 400


def test_case_26_each_page_that_is_offered_is_there(client: Client, tree: factories.Tree) -> None:
    for number in range(26):
        factories.article(f"Tin {number:02d}")
    seen: list[str] = []
    for number in range(1, 4):
        html = client.get(f"/tin-tuc/?page={number}").content.decode()
        offered = {int(found) for found in re.findall(r"\?page=(\d+)", html)}
        assert offered <= {1, 2, 3}
        seen += re.findall(r"mb-card__link[^>]*>(Tin \d+)<", html)
    assert len(seen) == len(set(seen)) == 26
    assert client.get("/tin-tuc/?page=4").status_code == 400


PATHS = [
    *(
        "%00",
        "a%00b",
        "%FF",
        "%ED%A0%80",
        "%E2%80%AE",
        "a" * 300,
        "a" * 12_000,
        "..",
        "%5C",
        "%0d%0aSet-Cookie:x=1",
    ),
    *(
        "%09",
        "1.001193%00",
        "9.000001" + "9" * 5000,
        "C08_%00",
        "%F0%9F%98%80",
        "9" * 21,
        "9" * 5000,
        "[",
        "]",
        "?",
    ),
]


@pytest.mark.parametrize(
    "below",
    [
        *("/", "/en/", "//", "/en//", "/thu-tuc/", "/quyet-dinh/", "/tin-tuc/", "/tim-kiem/", "/api/v1/"),
        *("/documents/", "/documents/1/", "/media/images/", "/static/", "/danh-gia/", "/sitemap-", "/admin/"),
        "/_util/authenticate_with_password/1/",
    ],
)
def test_case_25_whatever_the_path_is(
    client: Client,
    tree: factories.Tree,
    below: str,
    settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    (settings.MEDIA_ROOT / "images").mkdir()
    for path in PATHS:
        for end in ("", "/"):
            address = f"{below}{path}{end}"
            check(client.get("/", PATH_INFO=raw(address)), address)


@pytest.mark.parametrize(
    "cookie",
    [
        *('sessionid="\\000aaaaaaaaaaaa"', 'csrftoken="\\000"; voter="\\000"', "voter=a:b:c", " ;;=;=;\xff"),
        'messages="\\000"; django_language="\\000"',
    ],
)
def test_case_25_whatever_the_cookies_are(pages: list[str], cookie: str) -> None:
    for address in (*pages[3:], "/admin/", "/admin/login/"):
        assert serve(RequestFactory().get(address), HTTP_COOKIE=cookie)[0] in PLAIN, address
        sent = RequestFactory().post(address, {"score": "5"})
        assert serve(sent, HTTP_COOKIE=cookie)[0] in PLAIN | {403}, address


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept-Language": "vi," * 5000},
        {"Accept-Language": "\x00"},
        {"X-Forwarded-For": "," * 9000},
        {"Origin": "http://["},
        {"Referer": "http://["},
        {"Host": "a..b"},
        {"Host": "example.net"},
        {"If-Modified-Since": "Mon, 99 Xyz 99999 99:99:99 GMT"},
        {"If-None-Match": '"' * 5000},
        {"Accept": "a" * 9000},
    ],
    ids=str,
)
def test_case_25_whatever_the_headers_are(client: Client, pages: list[str], headers: dict[str, str]) -> None:
    for address in pages[3:]:
        check(client.get(address, headers=headers), address)
    check(client.post("/tim-kiem/mo/", {"q": "a"}, headers=headers), "/tim-kiem/mo/")


@pytest.mark.parametrize("charset", ["hex", "rot13", "undefined", "idna", "utf-16", "\x00", "no-such"])
def test_case_25_whatever_charset_a_client_claims(charset: str, tree: factories.Tree) -> None:
    asked = RequestFactory().get("/en/thu-tuc/?page=1")
    status, body = serve(asked, CONTENT_TYPE=f"text/html; charset={charset}")
    assert (status, b"<h1" in body) == (200, True)


def test_requests_are_taken_in_by_our_handler() -> None:
    assert isinstance(application, Handler)


BODIES = {
    "3 MB": (b"q=" + b"a" * 3_000_000, "application/x-www-form-urlencoded"),
    "25,000 fields": (b"a=1&" * 25_000, "application/x-www-form-urlencoded"),
    "NUL": (
        b"q=%00&rank=%00&id=%00&score=%00&username=%00&password=%00",
        "application/x-www-form-urlencoded",
    ),
    "no text": (b"\xff\xfe%ED%A0%80", "application/x-www-form-urlencoded"),
    "half a part": (
        b'--x\r\nContent-Disposition: form-data; name="q"\r\n\r\n',
        "multipart/form-data; boundary=x",
    ),
    "no boundary": (b"a", "multipart/form-data"),
    "JSON": (b"{", "application/json"),
}


@pytest.mark.parametrize("name", BODIES)
def test_case_25_whatever_is_sent(client: Client, pages: list[str], name: str) -> None:
    body, kind = BODIES[name]
    for address in (*pages, "/tim-kiem/mo/", "/en/tim-kiem/mo/", "/admin/login/"):
        response = client.post(address, body, kind, headers={"Sec-Fetch-Site": "same-origin"})
        check(response, address)
        if response.status_code == 400:
            assert "Minh Bạch" in response.content.decode()  # a page of ours


@pytest.mark.parametrize("target", NEXT)
def test_case_29_nobody_is_sent_away(client: Client, pages: list[str], target: str) -> None:
    value = quote(target, safe="%")
    names = ("next", "return_url", "lang", "language", "back", "url")
    for address in ("/", "/en/", "/tin-tuc/", "/en/tin-tuc/", "/admin/login/", pages[-1], "/khong-co/"):
        check(client.get(address, QUERY_STRING="&".join(f"{name}={value}" for name in names)), address)
    for path in (f"/{target}", f"/en/{target}", target if target.startswith("/") else "/"):
        check(client.get("/", PATH_INFO=path), path)


@pytest.mark.parametrize("target", NEXT)
def test_case_29_who_logs_in_stays_here(client: Client, tree: factories.Tree, target: str) -> None:
    factories.administrator()
    login = {"username": "quan-tri", "password": "mat-khau-thu", "next": target}
    check(client.post("/admin/login/", login), target)
    check(client.get("/admin/login/", {"next": target}), target)


@pytest.mark.parametrize("number", ["abc", "0", "-1", "9" * 21, "9" * 5000, "%00", "%C2%B2"])
def test_case_25_the_admin_has_no_such_page(client: Client, tree: factories.Tree, number: str) -> None:
    client.force_login(factories.administrator())
    workflow = Workflow.objects.create(name="Duyệt")
    for address in (
        f"/admin/workflows/edit/{workflow.pk}/",
        "/admin/choose-page/",
        "/admin/pages/",
        "/admin/images/",
    ):
        assert client.get(address, QUERY_STRING=f"p={number}").status_code in {200, 302, 400, 404}, address
    assert client.get(f"/admin/workflows/edit/{workflow.pk}/?p=1").status_code == 200
