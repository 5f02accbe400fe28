"""Every address of the portal. Vietnamese has no prefix, English has `/en/`; no cookie decides."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import serve as serve_page

from home import files, sitemaps, views
from news.feeds import ArticleFeed
from procedures.feeds import DecisionFeed, ProcedureFeed
from search.api import api
from search.metrics import metrics

urlpatterns = [
    path("admin/", include("home.login.urls")),
    path("admin/", include(wagtailadmin_urls)),
    # Who may see a collection is asked at each address. Originals have none.
    re_path(r"^documents/(\d+)/(.*)$", files.document),
    path("documents/", include(wagtaildocs_urls)),
    re_path(r"^media/(?P<name>.+)$", files.rendition),
    path("api/v1/", api.urls),
    path("robots.txt", views.robots),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="sitemap_section"),
    path("tin-tuc.atom", ArticleFeed(), name="article_feed"),
    path("quyet-dinh.atom", DecisionFeed(), name="decision_feed"),
    path("thu-tuc.atom", ProcedureFeed(), name="procedure_feed"),
    path("metrics", metrics),
    *i18n_patterns(
        path("", include("home.urls")),
        path("", include("search.urls")),
        path("", include("news.urls")),
        path("", include(wagtail_urls)),
        # Wagtail's own pattern knows no dot; the short address of a procedure has one: /thu-tuc/1.001193/
        re_path(r"^((?:[\w.-]+/)+)$", serve_page),
        re_path(r"^((?:[\w-]+/)+tin\.atom)$", serve_page),
        prefix_default_language=False,
    ),
]

handler404 = views.not_found
handler500 = views.server_error
