"""Archives for tests, whole and broken, and a portal that is emptied to take one in."""

import hashlib
import json
import re
import zipfile
from io import BytesIO, StringIO
from pathlib import Path
from shutil import rmtree
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.test import Client
from PIL import Image
from taggit.models import Tag
from wagtail.models import Page

from home.models import Banner, HomePage, PortalDocument, PortalImage
from portal.transfer.importing import Import
from portal.transfer.outcomes import Outcome, Report
from procedures.models import Agency, LegalDocument, LifeEvent, Sector

Entries = dict[str, bytes]
IDS = re.compile(
    r'(?<=/documents/)\d+|(?<=data-page=")\d+|(?<=/danh-gia/)\d+|(?<=/images/)[^ "]+'
    r"|(?<=>)[0-9A-F]{6}(?=</span>)"  # the code of a version is made of the numbers of its forms, too
)


def export(path: Path, branch: str | None = None, **options: Any) -> Path:
    """Write a branch into an archive."""
    call_command("export_site", to=path, branch=branch, stdout=StringIO(), stderr=StringIO(), **options)
    return path


def bring(path: Path, **options: Any) -> Report:
    """Import an archive."""
    return Import(path, **options).run()


def outcomes(report: Report) -> dict[Outcome, int]:
    """Return how many records ended in which way, without those of which there are none."""
    return dict(report.counts())


def entries(path: Path) -> Entries:
    """Return what is in an archive."""
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(path: Path, content: Entries, *, signed: bool = True) -> Path:
    """Write entries as an archive; `signed` with checksums that are right."""
    if signed:
        manifest = json.loads(content["manifest.json"])
        manifest["entries"] = {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
            for name, data in content.items()
            if name != "manifest.json"
        }
        content = content | {"manifest.json": json.dumps(manifest).encode()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in content.items():
            file.writestr(name, data)
    return path


def records(content: Entries, name: str = "pages.jsonl") -> list[dict[str, Any]]:
    """Return the records of a list."""
    return [json.loads(line) for line in content[name].splitlines()]


def listed(some: list[dict[str, Any]]) -> bytes:
    """Return records as a list of an archive."""
    return "".join(f"{json.dumps(record)}\n" for record in some).encode()


def picture(title: str = "Trụ sở", colour: str = "green") -> PortalImage:
    """Return a picture."""
    data = BytesIO()
    Image.new("RGB", (80, 60), colour).save(data, "PNG")
    file = ImageFile(BytesIO(data.getvalue()), name=f"{colour}.png")
    return PortalImage.objects.create(title=title, description=f"{title} nhìn từ cổng", file=file)


def paper(title: str = "Tờ khai", content: bytes = b"%PDF-1.4 thu") -> PortalDocument:
    """Return a file."""
    document = PortalDocument(title=title, file_size=len(content))
    document.file.save("to-khai.pdf", ContentFile(content))
    return document


def shown(client: Client) -> dict[str, str]:
    """Return what the public sees of each page below the home page, without numbers of the database."""
    home = HomePage.objects.get()
    found = {}
    for page in Page.objects.descendant_of(home).live():
        address = f"/{page.url_path.removeprefix(home.url_path)}"
        html = client.get(address).content.decode()
        found[address] = IDS.sub("N", html[html.index("<main") : html.index("</main")])
    return found


def empty() -> None:
    """Delete all that an archive brings; what comes anew has other numbers."""
    Banner.objects.all().delete()
    for page in HomePage.objects.get().get_children():
        page.delete()
    for model in (LegalDocument, LifeEvent, Sector, Agency, Tag, PortalImage, PortalDocument):
        model.objects.all().delete()
    rmtree(settings.MEDIA_ROOT)  # files of a test's transaction stay otherwise, and keep their names
