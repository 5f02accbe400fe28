"""The recycle bin: where deleted pages wait, out of every site, with what it takes to put them back."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from home.models.base import PortalPage


class RecycleBin(PortalPage):
    """Thùng rác: the page below the root, beside every site, under which deleted pages lie."""

    parent_page_types: ClassVar[list[str]] = []
    subpage_types: ClassVar[list[str]] = []
    is_creatable = False
    max_count = 1

    class Meta:
        verbose_name = _("recycle bin")

    @classmethod
    def load(cls) -> "RecycleBin":
        """Return the bin, made on its first use."""
        found = cls.objects.first()
        if found is None:
            found = Page.get_first_root_node().add_child(
                instance=cls(title=str(_("Recycle bin")), slug="thung-rac", live=False)
            )
        return found


class BinnedPage(models.Model):
    """A page in the bin, with what it was before: its place, its address, what below it was public."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="binned")
    parent = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    slug = models.CharField(max_length=255)
    address = models.CharField(max_length=2000)
    live = models.JSONField(default=list)
    """What was public in the branch, or was to be: of each page its key, its version, its days."""
    deleted_at = models.DateTimeField()
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-deleted_at", "-pk"]
        verbose_name = _("deleted page")
        verbose_name_plural = _("deleted pages")

    def __str__(self) -> str:
        return str(self.page)
