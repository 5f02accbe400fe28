"""The fixed choices of a procedure: stored values are the words of the addresses, labels are gettext's."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """A level of authority (Law 72/2025/QH15: districts were abolished on 1 July 2025)."""

    MINISTRY = "bo", _("Ministry level")
    PROVINCE = "tinh", _("Province level")
    DISTRICT = "huyen", _("District level (until 30 June 2025)")
    COMMUNE = "xa", _("Commune level")
    OTHER = "khac", _("Other agency")


class Status(TextChoices):
    """Where a procedure is in its legal life."""

    IN_FORCE = "hieu-luc", _("In force")
    UPCOMING = "sap-hieu-luc", _("Not yet in force")
    REPLACED = "bi-thay-the", _("Replaced")
    REPEALED = "bai-bo", _("Repealed")


class ChannelKind(TextChoices):
    """A way to hand in a dossier (Decree 61/2018/NĐ-CP)."""

    IN_PERSON = "truc-tiep", _("In person")
    ONLINE = "truc-tuyen", _("Online")
    POST = "buu-chinh", _("By post")


class LimitUnit(TextChoices):
    """The unit of a time limit as published: a working day is not a day."""

    WORKING_DAY = "ngay-lam-viec", _("working days")
    DAY = "ngay", _("days")
    HOUR = "gio", _("hours")
    MONTH = "thang", _("months")
    YEAR = "nam", _("years")
    OTHER = "khac", _("see the text")


class FeeKind(TextChoices):
    """Two kinds of charge in the law on fees and charges (97/2015/QH13)."""

    FEE = "phi", _("Fee")
    CHARGE = "le-phi", _("Charge")


class RowRole(TextChoices):
    """What a row of a dossier is: sources mix papers with headings and remarks."""

    PAPER = "paper", _("Paper")
    NOTE = "note", _("Heading or remark")
    UNCLEAR = "unclear", _("Unclear")


class AgencyRole(TextChoices):
    """What an agency does in a procedure."""

    IMPLEMENTING = "implementing", _("Carries it out")
    COMPETENT = "competent", _("Decides")
    RECEIVING = "receiving", _("Receives dossiers")
    COORDINATING = "coordinating", _("Coordinates")
    DELEGATED = "delegated", _("Authorised or delegated")


class Chain(TextChoices):
    """Liên thông: whether several agencies work in a chain on one dossier."""

    NONE = "none", _("No")
    SAME_LEVEL = "same_level", _("Between agencies of one level")
    BETWEEN_LEVELS = "between_levels", _("Between levels")


class OnlineService(TextChoices):
    """Dịch vụ công trực tuyến (Decree 42/2022/NĐ-CP; levels 3 and 4 are the words of before)."""

    UNKNOWN = "", _("Not stated")
    FULL = "full", _("Fully online")
    PARTIAL = "partial", _("Partly online")
    NONE = "none", _("No online service")


class Anywhere(TextChoices):
    """Phi địa giới: whether a dossier is accepted regardless of administrative boundaries."""

    UNKNOWN = "", _("Not stated")
    NONE = "none", _("No")
    PROVINCE = "province", _("Anywhere in the province")
    NATIONWIDE = "nationwide", _("Anywhere in the country")


class Part(TextChoices):
    """Parts of a procedure that may be answered "none" (Decree 63/2010/NĐ-CP, article 8)."""

    DOSSIER = "dossier", _("Dossier")
    FORMS = "forms", _("Forms")
    FEES = "fees", _("Fees")
    RESULTS = "results", _("Result")
    CONDITIONS = "conditions", _("Requirements and conditions")


class Purpose(TextChoices):
    """What a decision of the chairman does."""

    PUBLISH_LIST = "publish_list", _("Publishes a list of procedures")
    PUBLISH_PROCEDURE = "publish_procedure", _("Publishes procedures")
    INTERNAL_PROCESS = "internal_process", _("Approves internal processes")
    DELEGATION = "delegation", _("Delegates")
    AMEND = "amend", _("Amends")
    REPEAL = "repeal", _("Repeals")
    STANDARDISE = "standardise", _("Standardises")


class AgencyEnd(TextChoices):
    """Why an agency is no more."""

    MERGED = "merged", _("Merged")
    SPLIT = "split", _("Split")
    CLOSED = "closed", _("Closed")
    RENAMED = "renamed", _("Renamed")


class LifeEventKind(TextChoices):
    """Whose event it is."""

    CITIZEN = "citizen", _("Citizens")
    BUSINESS = "business", _("Businesses")
