"""The roles of the house as groups, and the way of a page: draft, legal review, publication.

A role is a Wagtail group; what it may do with pages holds from one page downwards, the home page unless a
branch is named. People of an agency are bound to its pages besides (`procedures.permissions`). All of it can
be changed in the admin: making the roles again adds what is missing and takes nothing away.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from home.models import HomePage, ReviewTask

WORKFLOW = "Thẩm định rồi xuất bản"
STOCK_GROUPS = ("Editors", "Moderators")
STOCK_WORKFLOW = "Moderators approval"
EDITING = ("add", "change")
WRITING = ("add", "change", "delete")
OWN_FILES = ("add", "choose")
ALL_FILES = ("add", "change", "delete", "choose")


@dataclass(frozen=True, kw_only=True)
class Role:
    """A role: the name of its group, what it may do with pages and files, and with rows of which models."""

    name: str
    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    models: dict[str, tuple[str, ...]]
    enters: bool = True
    """Whether it may enter the admin."""


_WORDS: dict[str, tuple[str, ...]] = {
    "search.searchterm": WRITING,
    "search.bestbet": WRITING,
    "search.bestbetpage": WRITING,
}
_REFERENCES: dict[str, tuple[str, ...]] = {
    "procedures.legaldocument": EDITING,
    "procedures.lifeevent": EDITING,
}
_RULES: dict[str, tuple[str, ...]] = {"home.rule": WRITING}
_FURNITURE: dict[str, tuple[str, ...]] = {
    "home.banner": WRITING,
    "home.notice": WRITING,
    "home.visitday": ("view",),
    "home.provincesettings": ("change",),
}

READER = Role(name="Người đọc nội bộ", models={}, enters=False)
CONTRIBUTOR = Role(name="Cộng tác viên", pages=("add",), files=OWN_FILES, models={})
EDITOR = Role(
    name="Biên tập viên",
    pages=("add", "change"),
    files=(*OWN_FILES, "change"),
    models=_REFERENCES | _WORDS,
)
REVIEWER = Role(name="Thẩm định pháp lý", pages=("lock", "unlock"), files=("choose",), models=_REFERENCES)
PUBLISHER = Role(
    name="Xuất bản",
    pages=("add", "change", "publish", "lock", "unlock"),
    files=ALL_FILES,
    models=_REFERENCES | _WORDS | _FURNITURE,
)
ADMINISTRATOR = Role(
    name="Quản trị nội dung",
    pages=("add", "change", "publish", "lock", "unlock", "bulk_delete"),
    files=ALL_FILES,
    models=_REFERENCES
    | _WORDS
    | _FURNITURE
    | _RULES
    | dict.fromkeys(("procedures.agency", "procedures.sector", "wagtailredirects.redirect"), WRITING)
    | dict.fromkeys(("home.user", "auth.group", "wagtailcore.collection"), WRITING)
    | dict.fromkeys(("wagtailcore.workflow", "wagtailcore.task", "home.reviewtask"), WRITING),
)
ROLES = (READER, CONTRIBUTOR, EDITOR, REVIEWER, PUBLISHER, ADMINISTRATOR)
LOCAL = (CONTRIBUTOR, EDITOR, PUBLISHER)
"""Roles that a branch of the tree may have groups of its own for."""


@transaction.atomic
def make(branch: Page | None = None) -> list[str]:
    """Make the groups and the workflow that are missing; return the names of all groups concerned.

    With a branch: groups of the local roles, whose rights hold from that page downwards.
    """
    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0)  # those of models that have just been migrated
    if branch is not None:
        return [_group(role, branch, f"{role.name}: {branch.title}").name for role in LOCAL]
    groups = {role.name: _group(role, HomePage.objects.get(), role.name) for role in ROLES}
    _workflow(
        ("Thẩm định pháp lý", [groups[REVIEWER.name], groups[ADMINISTRATOR.name]]),
        ("Duyệt đăng", [groups[PUBLISHER.name], groups[ADMINISTRATOR.name]]),
    )
    _retire_stock()
    return list(groups)


def _group(role: Role, page: Page, name: str) -> Group:
    group, _created = Group.objects.get_or_create(name=name)
    wanted = [f"{app}.{action}_{model}" for app, model, action in _model_rights(role)]
    if role.enters:
        wanted.append("wagtailadmin.access_admin")
    group.permissions.add(*[_permission(*codename.split(".")) for codename in wanted])
    for action in role.pages:
        GroupPagePermission.objects.get_or_create(
            group=group,
            page=Page.objects.get(pk=page.pk),
            permission=_permission("wagtailcore", f"{action}_page"),
        )
    root = Collection.get_first_root_node()
    for app, kind in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for action in role.files:
            right = _permission(app, f"{action}_{kind}")
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=right)
    return group


def _model_rights(role: Role) -> list[tuple[str, str, str]]:
    return [
        (*label.split(".", 1), action)  # type: ignore[misc]
        for label, actions in role.models.items()
        for action in actions
    ]


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _workflow(*steps: tuple[str, list[Group]]) -> None:
    """Make the workflow with its steps, and have the home page and all below it take it."""
    workflow, created = Workflow.objects.get_or_create(name=WORKFLOW)
    if not created:
        return
    for order, (name, groups) in enumerate(steps):
        task, _made = ReviewTask.objects.get_or_create(name=name)
        task.groups.add(*groups)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    home = Page.objects.get(pk=HomePage.objects.get().pk)
    WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})


def _retire_stock() -> None:
    """Take away the groups and the workflow that Wagtail comes with, where nobody uses them."""
    Group.objects.filter(name__in=STOCK_GROUPS, user=None).delete()
    if not WorkflowPage.objects.filter(workflow__name=STOCK_WORKFLOW).exclude(page__depth=1).exists():
        for workflow in Workflow.objects.filter(name=STOCK_WORKFLOW, active=True):
            workflow.deactivate()
