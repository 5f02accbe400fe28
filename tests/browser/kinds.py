"""Every type of page that the portal has, as a person gets to it in the demo."""

from dataclasses import dataclass

from playwright.sync_api import Page

PROCEDURE = "/thu-tuc/9-000001-dang-ky-khai-sinh-cho-tre-em/"
DECISION = "main a[href^='/quyet-dinh/']:not([href*='?'])"
ARTICLE = "main a[href^='/tin-tuc/']:not([href*='?'])"
RATING = "main a[href*='/danh-gia/']"


@dataclass(frozen=True)
class Kind:
    """A type of page; `links` are clicked one after the other where the demo decides about the address."""

    name: str
    path: str
    links: tuple[str, ...] = ()
    server: str = "portal"
    status: int = 200


KINDS = (
    Kind("home", "/"),
    Kind("home-en", "/en/"),
    Kind("search", "/tim-kiem/?q=khai+sinh"),
    Kind("search-all", "/tim-kiem/"),
    Kind("search-chosen", "/tim-kiem/?q=giay+phep&level=xa&level=tinh&channel=truc-tiep"),
    Kind("search-nothing", "/tim-kiem/?q=zzzz"),
    Kind("search-refused", "/tim-kiem/?q=khai+sinh&level=khong-co&page=0", status=400),
    Kind("search-degraded", "/tim-kiem/?q=khai+sinh", server="debugging"),
    Kind("search-values", "/tim-kiem/?q=giay+phep&more=sector"),
    Kind("search-en", "/en/tim-kiem/?q=khai+sinh"),
    Kind("popular", "/tim-kiem/nhieu-nguoi-tim/"),
    Kind("procedures", "/thu-tuc/"),
    Kind("procedures-filtered", "/thu-tuc/?level=xa"),
    Kind("sectors", "/thu-tuc/linh-vuc/"),
    Kind("levels", "/thu-tuc/cap/"),
    Kind("agencies", "/thu-tuc/co-quan/"),
    Kind("agency", "/thu-tuc/co-quan/diem-tiep-nhan-kon-tum/"),
    Kind("journeys", "/thu-tuc/su-kien/"),
    Kind("journey", "/thu-tuc/su-kien/sinh-con/"),
    Kind("journey-en", "/en/thu-tuc/su-kien/sinh-con/"),
    Kind("a-to-z", "/thu-tuc/a-z/"),
    Kind("newest", "/thu-tuc/moi/"),
    Kind("procedure", PROCEDURE),
    Kind("procedure-en", f"/en{PROCEDURE}"),
    Kind("procedure-large", "/thu-tuc/9.000019/"),
    Kind("procedure-tiny", "/thu-tuc/9.000040/"),
    Kind("checklist-form", f"{PROCEDURE}chuan-bi/"),
    Kind("checklist", f"{PROCEDURE}chuan-bi/?case=1&channel=truc-tiep"),
    Kind("checklist-en", f"/en{PROCEDURE}chuan-bi/?case=2&case=3&channel=truc-tuyen"),
    Kind("checklist-refused", f"{PROCEDURE}chuan-bi/?case=99", status=400),
    Kind("decisions", "/quyet-dinh/"),
    Kind("decision", "/quyet-dinh/", (DECISION,)),
    Kind("news", "/tin-tuc/"),
    Kind("article", "/tin-tuc/", (ARTICLE,)),
    Kind("rating", "/tin-tuc/", (ARTICLE, RATING)),
    Kind("rating-refused", "/tin-tuc/", (ARTICLE, RATING, "main form button"), status=400),
    Kind("information", "/huong-dan-tra-cuu/"),
    Kind("collection-list", "/moi-cong-bo/"),
    Kind("collection-cards", "/dich-vu-cong-truc-tuyen/"),
    Kind("collection-table", "/nop-truc-tuyen-cap-xa/"),
    Kind("collection-en", "/en/nop-truc-tuyen-cap-xa/"),
    Kind("open-data", "/api/v1/docs"),
    Kind("accessibility", "/tro-nang/"),
    Kind("password", "/tai-lieu-hop/"),
    Kind("not-found", "/khong-co-trang-nay/", status=404),
    Kind("gallery", "/_components/", server="debugging"),
)


def go(page: Page, kind: Kind) -> None:
    """Bring a window to a page of this type; one that is not there fails."""
    answer = page.goto(kind.path)
    assert answer
    for link in kind.links:
        with page.expect_navigation() as navigation:
            page.locator(link).first.click()
        answer = navigation.value
    assert answer.status == kind.status, f"{page.url} answers {answer.status}"
