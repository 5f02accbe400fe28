"""Writes the levels of authority, the usual audiences, and the two lists `/thu-tuc/` and `/quyet-dinh/`."""

from typing import Any

from django.db import migrations

# (slug, historic): the districts were abolished on 1 July 2025.
LEVELS = [("bo", False), ("tinh", False), ("huyen", True), ("xa", False), ("khac", False)]

AUDIENCES = [
    ("cong-dan-viet-nam", "Công dân Việt Nam"),
    ("doanh-nghiep", "Doanh nghiệp"),
    ("hop-tac-xa", "Hợp tác xã"),
    ("to-chuc", "Tổ chức (không bao gồm doanh nghiệp, HTX)"),
    ("can-bo-cong-chuc-vien-chuc", "Cán bộ, công chức, viên chức"),
    ("nguoi-viet-nam-dinh-cu-o-nuoc-ngoai", "Người Việt Nam định cư ở nước ngoài"),
    ("nguoi-nuoc-ngoai", "Người nước ngoài"),
    ("doanh-nghiep-viet-nam", "Doanh nghiệp Việt Nam"),
    ("doanh-nghiep-co-von-dau-tu-nuoc-ngoai", "Doanh nghiệp có vốn đầu tư nước ngoài"),
    ("to-chuc-nuoc-ngoai", "Tổ chức nước ngoài"),
]


def create_rows(apps: Any, schema_editor: Any) -> None:
    AuthorityLevel = apps.get_model("procedures", "AuthorityLevel")
    Audience = apps.get_model("procedures", "Audience")
    for order, (slug, historic) in enumerate(LEVELS):
        AuthorityLevel.objects.create(slug=slug, order=order, historic=historic)
    for order, (slug, name) in enumerate(AUDIENCES):
        Audience.objects.create(slug=slug, name=name, order=order)


def create_lists(apps: Any, schema_editor: Any) -> None:
    home = apps.get_model("home", "HomePage").objects.get()
    ContentType = apps.get_model("contenttypes", "ContentType")
    lists = [
        ("ProcedureIndexPage", "Thủ tục hành chính", "thu-tuc"),
        ("DecisionIndexPage", "Quyết định", "quyet-dinh"),
    ]
    for name, title, slug in lists:
        content_type, _created = ContentType.objects.get_or_create(app_label="procedures", model=name.lower())
        home.numchild += 1
        apps.get_model("procedures", name).objects.create(
            title=title,
            draft_title=title,
            slug=slug,
            content_type=content_type,
            locale_id=home.locale_id,
            path=f"{home.path}{home.numchild:04d}",
            depth=3,
            numchild=0,
            url_path=f"{home.url_path}{slug}/",
            show_in_menus=True,
        )
    home.save()


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial"), ("home", "0003_home_page")]
    operations = [
        migrations.RunPython(create_rows, migrations.RunPython.noop),
        migrations.RunPython(create_lists, migrations.RunPython.noop),
    ]
