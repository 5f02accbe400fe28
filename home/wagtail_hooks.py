"""What this app adds to the admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminAutoHeightTextInput

from home.fields import NormalTextField

# Wagtail gives Django's own text field a box that grows with its text, and no field derived from it.
register_form_field_override(NormalTextField, override={"widget": AdminAutoHeightTextInput})


@hooks.register("insert_global_admin_js")
def slugs_as_the_server_makes_them() -> SafeString:
    """Make the editor's browser write the slug that the server would: đ is d, in both."""
    return format_html('<script src="{}"></script>', static("admin/slug.js"))
