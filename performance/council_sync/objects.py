"""A case as a JSON object, before its fields are judged."""

from typing import Any

import msgspec

from performance.council_sync.names import has_a_name_twice
from performance.council_sync.reasons import Reason

DECODER = msgspec.json.Decoder()


def fields_of(raw: msgspec.Raw) -> dict[str, Any] | Reason:
    """The fields of a case, or why they cannot be read."""
    try:
        fields = DECODER.decode(raw)
        if not isinstance(fields, dict):
            return Reason.NOT_A_CASE
        return Reason.REPEATED_FIELD if _may_repeat(raw, fields) and has_a_name_twice(bytes(raw)) else fields
    except (msgspec.DecodeError, ValueError, RecursionError):
        return Reason.UNREADABLE


def _may_repeat(raw: msgspec.Raw, fields: dict[str, Any]) -> bool:
    """Whether there are more quotation marks than the names and texts that were read account for.

    They are where a field stands twice, and also where a text holds an escaped one or a value holds further texts.
    """
    texts = len(fields) + sum(isinstance(value, str) for value in fields.values())
    return bytes(raw).count(b'"') != 2 * texts
