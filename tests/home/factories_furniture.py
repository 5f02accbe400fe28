"""Makes furniture for tests."""

from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Site

from home.models import Banner, PortalImage, ProvinceSettings


def picture(name: str = "anh-bia.png", size: tuple[int, int] = (900, 500)) -> PortalImage:
    """Return a plain picture."""
    file = BytesIO()
    Image.new("RGB", size, "#0f5c63").save(file, "PNG")
    return PortalImage.objects.create(title="Ảnh", file=ImageFile(file, name=name))


def banner(alt: str = "Khảo sát mức độ hài lòng", **fields: Any) -> Banner:
    """Return a banner that leads outside."""
    given = {"owner": "Sở Nội vụ", "link_url": "https://example.vn/khao-sat"} | fields
    return Banner.objects.create(alt=alt, **{"image": given.get("image") or picture()} | given)


def settings(**fields: Any) -> ProvinceSettings:
    """Return the site's settings with these values."""
    return ProvinceSettings.objects.update_or_create(site=Site.objects.get(), defaults=fields)[0]
