"""A page that was sent back says so at the top of its editor: Wagtail has the comment in a shut panel."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page, TaskState, WorkflowState

from home.models.workflow import CHANGED


@hooks.register("after_edit_page")
def say_that_it_is_reviewed_again(request: HttpRequest, page: Page) -> None:
    """Say so to who changed a page after its review and then approved it."""
    state = page.current_workflow_state
    last = state.task_states.order_by("-finished_at").exclude(finished_at=None).first() if state else None
    if request.POST.get("action-workflow-action") and last and last.comment == str(CHANGED):
        messages.warning(request, CHANGED)


@hooks.register("before_edit_page")
def say_what_is_to_be_changed(request: HttpRequest, page: Page) -> None:
    """Show who sent the page back, from which step, and what they want changed."""
    state = page.current_workflow_state
    if request.method != "GET" or state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    step = state.current_task_state
    if step is None or step.status != TaskState.STATUS_REJECTED:
        return
    who = step.finished_by.get_full_name() or step.finished_by.get_username() if step.finished_by else ""
    words = {"step": step.task.name, "person": who, "comment": step.get_comment()}
    messages.warning(request, _("Sent back at “%(step)s” by %(person)s: %(comment)s") % words)
