"""Writes the list of articles, `/tin-tuc/`."""

from typing import Any

from django.db import migrations


def create_list(apps: Any, schema_editor: Any) -> None:
    home = apps.get_model("home", "HomePage").objects.get()
    ContentType = apps.get_model("contenttypes", "ContentType")
    content_type, _created = ContentType.objects.get_or_create(app_label="news", model="newsindexpage")
    home.numchild += 1
    home.save()
    apps.get_model("news", "NewsIndexPage").objects.create(
        title="Tin tức",
        draft_title="Tin tức",
        slug="tin-tuc",
        content_type=content_type,
        locale_id=home.locale_id,
        path=f"{home.path}{home.numchild:04d}",
        depth=3,
        numchild=0,
        url_path=f"{home.url_path}tin-tuc/",
        show_in_menus=True,
    )


class Migration(migrations.Migration):
    dependencies = [("news", "0001_initial"), ("procedures", "0002_levels_audiences_and_lists")]
    operations = [migrations.RunPython(create_list, migrations.RunPython.noop)]
