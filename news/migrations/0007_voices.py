from typing import Any

from django.db import migrations, models


def let_each_vote_count(apps: Any, schema_editor: Any) -> None:
    """Give the votes that are there a voice each, as until now."""
    apps.get_model("news", "ArticleRating").objects.update(voice=models.F("voter"))


class Migration(migrations.Migration):
    dependencies = [("news", "0006_article_parts")]

    operations = [
        migrations.AddField(
            model_name="articlerating",
            name="voice",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(let_each_vote_count, migrations.RunPython.noop),
    ]
