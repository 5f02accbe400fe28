"""Puts our home page where Wagtail's own set-up left its welcome page, and makes it the site's root.

Loses the welcome page, which nobody wrote.
"""

from typing import Any

from django.db import migrations

TITLE = "Minh Bạch"


def create_home(apps: Any, schema_editor: Any) -> None:
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    HomePage = apps.get_model("home", "HomePage")
    ContentType = apps.get_model("contenttypes", "ContentType")
    content_type, _created = ContentType.objects.get_or_create(app_label="home", model="homepage")
    locale, _created = Locale.objects.get_or_create(language_code="vi")
    Page.objects.filter(depth=2).delete()
    Page.objects.filter(depth=1).update(numchild=1)
    home = HomePage.objects.create(
        title=TITLE,
        draft_title=TITLE,
        slug="home",
        content_type=content_type,
        locale=locale,
        path="00010001",
        depth=2,
        numchild=0,
        url_path="/home/",
    )
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", site_name=TITLE, root_page_id=home.pk, is_default_site=True)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_pages_media_settings"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create_home, migrations.RunPython.noop)]
