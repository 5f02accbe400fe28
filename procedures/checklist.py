"""What to bring in one's own case: the page that the case picker leads to."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from home.qr import qr_svg
from procedures.checklist_form import ChoiceForm
from procedures.presentation.checklist import checklist
from procedures.short_address import short_address

if TYPE_CHECKING:
    from procedures.models import ProcedurePage
    from procedures.presentation import ShownProcedure

CHOICE = frozenset({"case", "channel"})
"""What an address may choose. Its `version` is that of the paper which led here."""


def serve(request: HttpRequest, page: ProcedurePage) -> HttpResponse:
    """Show a person's own list, or ask for their case; 400 where the address chooses what is not there."""
    context = page.get_context(request)
    shown: ShownProcedure = context["shown"]
    form = ChoiceForm(request.GET, shown)
    asked = CHOICE & request.GET.keys()
    if form.is_valid():
        context |= _list(request, page, shown, form)
    elif not asked:  # a person comes without a choice: that is no error
        form = ChoiceForm(None, shown)
    sentences = dict(form.sentences)
    errors = [(_first_input(name, shown), sentence) for name, sentence in sentences.items()]
    context |= {"parent": page, "form": form, "errors": errors, "sentences": sentences}
    status = HTTPStatus.BAD_REQUEST if errors else HTTPStatus.OK
    return TemplateResponse(request, "procedures/checklist.html", context, status=status)


def _first_input(name: str, shown: ShownProcedure) -> str:
    """Return the id of the first input of a field, which takes the focus as its fieldset does not."""
    if name == "case" and shown.situations:
        return f"case-{shown.situations[0].number}"
    if name == "channel" and len(shown.kinds) > 1:
        return f"channel-{shown.kinds[0][0]}"
    return "main"


def _list(
    request: HttpRequest, page: ProcedurePage, shown: ShownProcedure, form: ChoiceForm
) -> dict[str, Any]:
    """Return the list with the code that leads back to it from a paper."""
    chosen = checklist(shown, form.cleaned_data["case"], form.cleaned_data["channel"])
    back = short_address(request, page, f"chuan-bi/?{chosen.query(shown.version.code)}")
    seen = request.GET.get("version", "")
    return {
        "checklist": chosen,
        "qr": qr_svg(back, _("QR code of this list")),
        "changed": bool(seen) and seen != shown.version.code,
    }
