"""Gives a legal document its province: councils of several provinces use the same numbers."""

from django.db import migrations

import home.fields


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0002_levels_audiences_and_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="legaldocument",
            name="place",
            field=home.fields.NormalCharField(
                blank=True,
                help_text="Where councils and committees of several provinces use the same number",
                max_length=100,
                verbose_name="of the province",
            ),
        ),
    ]
