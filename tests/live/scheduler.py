"""`python -m tests.live.scheduler [--stops]`: publishes what is due as soon as a line comes in.

It says `published ID` for each page that Wagtail tells it of; with --stops it then waits there for ever, in
the middle of the transaction.
"""

import sys
import time
from typing import Any

import django
from django.core.management import call_command


def tell(line: str) -> None:
    """Tell the test, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    django.setup()
    from wagtail.models import Page
    from wagtail.signals import page_published

    def say(instance: Page, **kwargs: Any) -> None:
        tell(f"published {instance.pk}")
        if "--stops" in sys.argv:
            time.sleep(600)

    page_published.connect(say)
    Page.objects.exists()  # the connection is there before the signal to go
    tell("ready")
    sys.stdin.readline()
    call_command("publish_scheduled")


if __name__ == "__main__":
    main()
