"""The steps that a page passes before it is public."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Revision, TaskState

from home import preflight

CHANGED = _("The text was changed after the review, so it is reviewed again.")


class SendBackForm(forms.Form):
    """Asks what is to be changed: a page that comes back without a word helps nobody."""

    comment = forms.CharField(
        label=_("What is to be changed?"),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say what is to be changed.")},
    )


def first_step_of_own(page: Any, user: Any) -> bool:
    """Tell whether a person would be the first to approve what they have submitted: four eyes see more."""
    state = page.current_workflow_state
    if state is None or state.requested_by_id != user.pk:
        return False
    return not state.task_states.filter(status=TaskState.STATUS_APPROVED).exists()


NOT_SAID = frozenset(
    {
        *("go_live_at", "expire_at", "expired", "live", "has_unpublished_changes", "wagtail_admin_comments"),
        *("latest_revision", "latest_revision_created_at", "live_revision", "draft_title", "owner"),
        *("first_published_at", "last_published_at", "locked", "locked_at", "locked_by"),
        *("path", "depth", "numchild", "url_path", "alias_of", "folded_name"),
    }
)
"""Fields of a version that are no part of what was reviewed: a publisher sets the hour, for one."""


def changed_since(task_state: TaskState) -> bool:
    """Tell whether a page says something else than when this step began, after an earlier one approved it."""
    if not task_state.workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED).exists():
        return False
    then, now = task_state.revision, task_state.workflow_state.content_object.get_latest_revision()
    return then is not None and then != now and _said(then) != _said(now)


def review_again(task_state: TaskState, user: Any) -> None:
    """Lead a page back to the first step: what was approved there is not what it says now."""
    approved = task_state.workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED)
    approved.update(status=TaskState.STATUS_CANCELLED)
    task_state.cancel(user=user, comment=str(CHANGED))


def _said(revision: Revision) -> dict[str, Any]:
    return {name: value for name, value in revision.content.items() if name not in NOT_SAID}


class ReviewTask(AbstractGroupApprovalTask):
    """A step at which the members of groups approve a page, or send it back with a comment.

    Wagtail's group approval. In addition it asks whether the page is one that the person may touch, wants a
    word when a page goes back, offers no approval of a page that lacks what the law asks for, nor of one's
    own at the first step, and leads one whose text was changed after an earlier step back to that step.
    """

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Offer to send back and to approve, to those who may edit the page."""
        allowed: list[tuple[str, Any, bool]] = super().get_actions(obj, user)
        if not allowed or not obj.permissions_for_user(user).can_edit():
            return []
        if first_step_of_own(obj, user) or preflight.blocking(obj.specific.get_latest_revision_as_object()):
            return [action for action in allowed if action[0] != "approve"]
        return allowed

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Carry an action out; sending back without a word is refused, whatever form it came from."""
        if action_name == "reject" and not str(kwargs.get("comment", "")).strip():
            raise PermissionDenied
        if action_name == "approve" and changed_since(task_state):
            return review_again(task_state, user)
        return super().on_action(task_state, user, action_name, **kwargs)

    def get_form_for_action(self, action: str) -> Any:
        """Ask for a comment; sending back needs one."""
        return SendBackForm if action == "reject" else super().get_form_for_action(action)

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of the chosen groups check the page: they approve it or send it back")
