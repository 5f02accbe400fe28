"""Makes searches that people might have done: few queries often, many seldom, as it is."""

from datetime import timedelta

from django.utils import timezone

from search.models import AskedDay

WORDS = ["khai sinh", "kết hôn", "giấy phép", "xây dựng", "đất đai", "hộ khẩu", "lý lịch", "tư pháp", "thuế"]


def asked(words: str, *, ago: int = 0, filters: str = "", **sums: int) -> AskedDay:
    """Return the sums of a query of a day, so many days ago."""
    day = timezone.localdate() - timedelta(days=ago)
    return AskedDay.objects.create(
        day=day, words=words, filters=filters, **{"searches": 1, "results": 3} | sums
    )


def many_asked(days: int = 90, queries: int = 2000) -> None:
    """Write the sums of many days."""
    today = timezone.localdate()
    rows = []
    for number in range(queries):
        first, second = WORDS[number % len(WORDS)], WORDS[number * 7 % len(WORDS)]
        words, filters = f"{first} {second} {number}", "level=xa" if number % 9 == 0 else ""
        never = number % 11 == 0
        for ago in range(days):
            searches = (
                1
                + 400 // (number + 1)
                + (number * 31 + ago * 17) % 5
                + (200 // (ago + 3) if number % 97 == 5 else 0)
            )
            opened = 0 if never or number % 13 == 0 else searches * 2 // 3
            rows.append(
                AskedDay(
                    day=today - timedelta(days=ago),
                    words=words,
                    filters=filters,
                    searches=searches,
                    empty=searches if never else searches // 9,
                    results=0 if never else number % 300,
                    opened=opened,
                    ranks=opened * (1 + number % 4),
                )
            )
    AskedDay.objects.bulk_create(rows, batch_size=2000)
