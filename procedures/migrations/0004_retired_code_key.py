from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0003_retiredcode_procedurepage_listed_phrasing"),
    ]

    operations = [
        migrations.AddField(
            model_name="retiredcode",
            name="key",
            field=models.CharField(db_index=True, default="", editable=False, max_length=50),
            preserve_default=False,
        ),
    ]
