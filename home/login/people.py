"""Who manages people makes no superuser and touches none: that is for superusers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from home.models import User


@hooks.register("before_create_user")
@hooks.register("before_edit_user")
@hooks.register("before_delete_user")
def no_superuser(request: HttpRequest, user: User | None = None) -> HttpResponse | None:
    """Turn away who is none and is about to make, change or delete one."""
    wanted = request.method == "POST" and request.POST.get("is_superuser")
    return _refused(request) if wanted or (user and user.is_superuser) else None


@hooks.register("before_bulk_action")
def no_superuser_among_several(
    request: HttpRequest, action: str, objects: Any, view: Any
) -> HttpResponse | None:
    """Turn away who is none and is about to change several people of whom one is."""
    concerned = any(isinstance(person, User) and person.is_superuser for person in objects)
    return _refused(request) if concerned else None


def _refused(request: HttpRequest) -> HttpResponse | None:
    if request.user.is_superuser:
        return None
    messages.error(request, _("Only a superuser makes, changes or deletes superusers."))
    return redirect("wagtailusers_users:index")
