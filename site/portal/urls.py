"""Every address of the portal. Vietnamese has no prefix, English has `/en/`; no cookie decides."""

from pathlib import Path

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import serve as serve_page

from home import views
from search.api import api

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Only renditions of pictures have addresses of their own. Originals have none, and documents go
    # through Wagtail's view, which asks who may see them. On a server nginx may take this over.
    path("media/images/<path:path>", serve, {"document_root": Path(settings.MEDIA_ROOT, "images")}),
    path("api/v1/", api.urls),
    path("robots.txt", views.robots),
    *i18n_patterns(
        path("", include("search.urls")),
        path("", include(wagtail_urls)),
        # Wagtail's own pattern knows no dot; the short address of a procedure has one: /thu-tuc/1.001193/
        re_path(r"^((?:[\w.-]+/)+)$", serve_page),
        prefix_default_language=False,
    ),
]

handler404 = views.not_found
handler500 = views.server_error
