"""Real answers in the API's document: sample data of Kent, mostly of August 2019."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import OpenApiExample


def an_answer(
    value: Mapping[str, Any], name: str = "Kent, August 2019", status: int = 200, media_type: str = "application/json"
) -> list[OpenApiExample]:
    """The answer `value`, as `extend_schema` takes it."""
    return [OpenApiExample(name, value, response_only=True, status_codes=[str(status)], media_type=media_type)]


def a_page_with(*items: Mapping[str, Any]) -> list[OpenApiExample]:
    """The last page of a list, with `items` in it."""
    return an_answer({"items": list(items), "next_cursor": "", "next": None})
