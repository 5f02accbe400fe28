from django.db import migrations, models


class Migration(migrations.Migration):
    """An index of what the lists for editors sum up. The table holds sums of ninety days: it is quickly made."""

    dependencies = [
        ("search", "0003_history_of_words_and_bets"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="askedday",
            index=models.Index(
                fields=["words", "filters", "day", "searches", "empty", "opened"], name="asked_by_words"
            ),
        ),
    ]
