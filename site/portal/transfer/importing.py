"""Reads an archive into this portal, in one transaction: all of it that can be, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import DataError, IntegrityError, transaction
from wagtail.models import Page

from portal.transfer import identities
from portal.transfer.archive import Reader, Refused, opened
from portal.transfer.local import Local
from portal.transfer.media import Media
from portal.transfer.outcomes import Report
from portal.transfer.pages import Pages
from portal.transfer.placing import Places
from portal.transfer.rows import Rows


@dataclass(frozen=True)
class Import:
    """One import. `under` is the address of the page that the branch is put below, if not its old place."""

    path: Path
    under: str | None = None
    dry_run: bool = False
    take_theirs: bool = False

    def run(self) -> Report:
        """Bring the archive in. Raises `Refused` where nothing of it can be: nothing is written then."""
        with opened(self.path) as archive:
            report, local = Report(), Local()
            media = Media(archive, local, report, self.take_theirs)
            is_kept = False
            try:
                with transaction.atomic():
                    self._bring(archive, local, report, media)
                    transaction.set_rollback(self.dry_run)
                is_kept = not self.dry_run
            except (IntegrityError, DataError) as error:
                raise Refused(f"The database refuses what is in the archive: {error}") from error
            finally:
                if not is_kept:
                    media.discard()
        return report

    def _bring(self, archive: Reader, local: Local, report: Report, media: Media) -> None:
        """Media and rows first, then the places of pages, and what they say once all of them are there."""
        places = Places(archive, local, report, self._under())
        media.bring()
        rows = Rows(archive, local, report, self.take_theirs)
        rows.create()
        places.find()
        rows.fill()
        Pages(archive, local, report, places, self.take_theirs).bring()
        for page in places.left():
            said = "an earlier import brought it, this file has it no more; it stays until it is deleted here"
            report.warnings.append(f"{page.title} ({page.get_url() or page.url_path}): {said}")

    def _under(self) -> Page | None:
        if self.under is None:
            return None
        home = identities.home_page()
        below = self.under.strip("/")
        found = Page.objects.filter(url_path=f"{home.url_path}{below}/" if below else home.url_path).first()
        if found is None:
            raise Refused(f"There is no page at {self.under}.")
        return found
