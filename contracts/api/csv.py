"""A list as CSV: the same items as the JSON, one row each, safe to open in a spreadsheet program."""

import json
from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import BaseRenderer

from contracts.spreadsheet_text import csv_file


class CsvRenderer(BaseRenderer):
    """`text/csv`, by the Accept header or `?format=csv`. What has parts of its own stands in its cell as JSON."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data: Any, _type: str | None = None, _context: Any = None) -> bytes:
        """The items of a list, or one thing as one row; headings are the members' names."""
        items = data["items"] if isinstance(data, Mapping) and "items" in data else [data]
        names = list(dict.fromkeys(name for item in items for name in item))
        return csv_file([names, *([_cell(item.get(name)) for name in names] for item in items)])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else str(value)
