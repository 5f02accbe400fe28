"""Puts what keeps a page from being published at the fields of its form, down to the block of a stream."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from home.preflight import Finding


def report(form: Any, findings: Iterable[Finding]) -> None:
    """Add findings to a form as errors: at the field, in the list of rows, else above the form."""
    by_field: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_field[finding.field].append(finding)
    for name, found in by_field.items():
        if name in form.formsets:
            form.formsets[name].non_form_errors().extend(str(finding.sentence) for finding in found)
        elif name in form.fields:
            form.add_error(name, _error(found))
        else:
            form.add_error(None, [str(finding.sentence) for finding in found])


def _error(found: list[Finding]) -> ValidationError:
    """Return one error for all that is wrong with a field; the editor opens the blocks that are meant."""
    of_blocks: dict[int, list[str]] = defaultdict(list)
    for finding in found:
        if finding.block is not None:
            of_blocks[finding.block].append(str(finding.sentence))
    others = [str(finding.sentence) for finding in found if finding.block is None]
    if not of_blocks:
        return ValidationError(others)
    blocks = {
        number: StructBlockValidationError(non_block_errors=sentences)
        for number, sentences in of_blocks.items()
    }
    return StreamBlockValidationError(block_errors=blocks, non_block_errors=others)
