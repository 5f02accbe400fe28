"""What procedures refer to: levels, audiences, sectors, agencies, life events, legal documents."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from home.fields import NormalCharField, NormalTextField
from home.text import document_key, fold, slugify
from procedures.blocks import JourneyBlock
from procedures.choices import AgencyEnd, Level, LifeEventKind

KEY_LENGTH = 150


class AuthorityLevel(models.Model):
    """A level of authority, as a row so that a procedure has a set of them. Rows: migration 0002."""

    slug = models.SlugField(primary_key=True, max_length=20, choices=Level.choices)
    order = models.PositiveSmallIntegerField(default=0)
    historic = models.BooleanField(_("abolished"), default=False, help_text=_("Not offered for new content"))

    class Meta:
        ordering = ("order",)
        verbose_name = _("level of authority")
        verbose_name_plural = _("levels of authority")

    def __str__(self) -> str:
        return str(Level(self.slug).label)


class Audience(models.Model):
    """Whom a procedure is for; its slug is its key. Rows: migration 0002, and what an import brings."""

    slug = models.SlugField(primary_key=True, max_length=100)
    name = NormalCharField(_("name"), max_length=150, unique=True)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ("order", "name")
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")

    def __str__(self) -> str:
        return self.name


class SluggedModel(models.Model):
    """Has a name and a slug made of it, once."""

    name = NormalCharField(_("name"), max_length=255)
    slug = models.SlugField(_("slug"), max_length=100, unique=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.fill_slug()
        super().full_clean(*args, **kwargs)

    def fill_slug(self) -> None:
        """Give the object a slug of its name, unless it has one."""
        if self.slug:
            return
        base = slugify(self.name, max_length=90) or "muc"
        taken = set(type(self)._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
        self.slug = next(
            s for n in range(1, len(taken) + 2) if (s := base if n == 1 else f"{base}-{n}") not in taken
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_slug()
        super().save(*args, **kwargs)


class Sector(index.Indexed, ClusterableModel, SluggedModel):
    """Lĩnh vực. Spellings that fold to one slug are one sector; the others are its aliases."""

    code = NormalCharField(
        _("code"), max_length=30, blank=True, help_text=_("In the ministry's list of sectors")
    )
    description = NormalTextField(_("description"), blank=True)

    search_fields: ClassVar[list[Any]] = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ("name",)
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")


class SectorAlias(Orderable):
    """Another spelling of a sector's name, as some source writes it."""

    sector = ParentalKey(Sector, on_delete=models.CASCADE, related_name="aliases")
    name = NormalCharField(_("name"), max_length=255, unique=True)

    class Meta(Orderable.Meta):
        verbose_name = _("other spelling")
        verbose_name_plural = _("other spellings")

    def __str__(self) -> str:
        return self.name


class Agency(index.Indexed, ClusterableModel, SluggedModel):
    """Cơ quan: a single agency, or a group such as "the people's committee of a commune"."""

    name = NormalCharField(_("name"), max_length=500)
    short_name = NormalCharField(_("short name"), max_length=100, blank=True)
    level = models.ForeignKey(
        AuthorityLevel,
        verbose_name=_("level"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agencies",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="parts",
    )
    successor = models.ForeignKey(
        "self",
        verbose_name=_("successor"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="predecessors",
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("how it ended"), max_length=10, choices=AgencyEnd.choices, blank=True)
    address = NormalCharField(_("address"), max_length=500, blank=True)
    hours = NormalTextField(_("opening hours"), blank=True)
    phone = NormalCharField(_("phone"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    map_url = models.URLField(_("map"), max_length=500, blank=True)
    description = NormalTextField(_("description"), blank=True)
    search_fields: ClassVar[list[Any]] = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ("name",)
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")


class AgencyPerson(models.Model):
    """A person of an agency: they may edit, among procedures and decisions, those of their agencies only."""

    agency = ParentalKey(Agency, on_delete=models.CASCADE, related_name="people")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=("agency", "user"), name="person_once_in_an_agency")]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return str(self.user)


class LifeEvent(index.Indexed, SluggedModel):
    """Sự kiện: what happens in a life or a business, and which procedures it brings, step by step."""

    kind = models.CharField(
        _("kind"), max_length=10, choices=LifeEventKind.choices, default=LifeEventKind.CITIZEN
    )
    description = NormalTextField(_("description"), blank=True)
    steps = StreamField(
        JourneyBlock(),
        blank=True,
        verbose_name=_("steps"),
        help_text=_("Without steps the page of the event lists its procedures"),
    )

    search_fields: ClassVar[list[Any]] = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ("name",)
        verbose_name = _("life event")
        verbose_name_plural = _("life events")


def legal_key(number: str, place: str = "") -> str:
    """Return what a legal document is known by: its number, with its province where others use it, too."""
    key = document_key(number) or fold(number)
    return f"{key}@{slugify(place)}"[:KEY_LENGTH] if place else key[:KEY_LENGTH]


class LegalDocument(index.Indexed, models.Model):
    """A law, decree, circular or decision that procedures rest on: one row, however many cite it."""

    number = NormalCharField(_("number"), max_length=150)
    place = NormalCharField(
        _("of the province"),
        max_length=100,
        blank=True,
        help_text=_("Where councils and committees of several provinces use the same number"),
    )
    key = models.CharField(max_length=KEY_LENGTH, unique=True, editable=False)
    title = NormalTextField(_("title"), blank=True)
    kind = NormalCharField(_("kind"), max_length=50, blank=True)
    issuer = NormalCharField(_("issuer"), max_length=255, blank=True)
    signed_on = models.DateField(_("date signed"), null=True, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)

    search_fields: ClassVar[list[Any]] = [
        index.SearchField("number"),
        index.SearchField("title"),
        index.AutocompleteField("number"),
        index.AutocompleteField("title"),
    ]

    class Meta:
        ordering = ("number",)
        verbose_name = _("legal document")
        verbose_name_plural = _("legal documents")

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.key = legal_key(self.number, self.place)
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = legal_key(self.number, self.place)
        super().save(*args, **kwargs)

    @cached_property
    def full_title(self) -> str:
        """Return the title without the number where it only repeats kind and number."""
        return "" if fold(self.title) in {"", fold(self.kind), fold(str(self))} else self.title
