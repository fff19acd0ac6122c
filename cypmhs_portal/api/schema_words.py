"""A schema in words, as a table of parameters shows it. Pure."""

from typing import Any

OF_FORMAT = {"date": "a date, as 2019-08-31", "date-time": "a date and time", "decimal": "an amount"}
OF_KIND = {"integer": "a whole number", "boolean": "true or false", "array": "a list", "number": "a number"}


def kind_of(schema: dict[str, Any]) -> str:
    """ "a whole number from 1 to 1000", "one of json, csv", "text"."""
    if choices := schema.get("enum"):
        return f"one of {', '.join(str(one) for one in choices if one is not None)}"
    kinds = schema.get("type", "string")
    kind = next((one for one in ([kinds] if isinstance(kinds, str) else kinds) if one != "null"), "string")
    words = OF_FORMAT.get(schema.get("format", ""), OF_KIND.get(kind, "text"))
    if "minimum" in schema and "maximum" in schema:
        return f"{words} from {schema['minimum']} to {schema['maximum']}"
    return words
