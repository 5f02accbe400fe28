"""The steps that a page passes before it is public."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask

from home import preflight


class SendBackForm(forms.Form):
    """Asks what is to be changed: a page that comes back without a word helps nobody."""

    comment = forms.CharField(
        label=_("What is to be changed?"),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say what is to be changed.")},
    )


class ReviewTask(AbstractGroupApprovalTask):
    """A step at which the members of groups approve a page, or send it back with a comment.

    Wagtail's group approval. In addition it asks whether the page is one that the person may touch, wants a
    word when a page goes back, and offers no approval of a page that lacks what the law asks for.
    """

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Offer to send back and to approve, to those who may edit the page."""
        allowed: list[tuple[str, Any, bool]] = super().get_actions(obj, user)
        if not allowed or not obj.permissions_for_user(user).can_edit():
            return []
        if preflight.blocking(obj.specific.get_latest_revision_as_object()):
            return [action for action in allowed if action[0] != "approve"]
        return allowed

    def get_form_for_action(self, action: str) -> Any:
        """Ask for a comment; sending back needs one."""
        return SendBackForm if action == "reject" else super().get_form_for_action(action)

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of the chosen groups check the page: they approve it or send it back")
