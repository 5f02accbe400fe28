"""Tables as offices keep them: CSV of any kind that Excel writes, and XLSX; what a cell means, or why not."""

from home.tables.reading import Cell, Row, UnreadableTable, is_table, rows
from home.tables.values import Refused, code, day, number, text

__all__ = [
    "Cell",
    "Refused",
    "Row",
    "UnreadableTable",
    "code",
    "day",
    "is_table",
    "number",
    "rows",
    "text",
]
