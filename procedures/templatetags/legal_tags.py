"""What the home page shows of legal documents."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from procedures.models import LegalDocument

register = template.Library()


@register.inclusion_tag("procedures/tags/latest_legal_documents.html")
def latest_legal_documents(number: int) -> dict[str, Any]:
    """Show the documents that were signed last: one query; a date to come is a slip."""
    signed = LegalDocument.objects.filter(signed_on__lte=timezone.localdate())
    return {"documents": signed.order_by("-signed_on", "number")[:number] if number else ()}
