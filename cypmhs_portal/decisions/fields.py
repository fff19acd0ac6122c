"""Fields of the forms about decisions, meetings and actions."""

from typing import Any

from contracts.actions.writing import LONGEST_TEXT
from contracts.forms.texts import ReasonField, text_area


def long_text(label: str, help_text: str = "", rows: int = 4, **more: Any) -> ReasonField:
    """A text of paragraphs that stays; empty unless it is `required`."""
    more.setdefault("required", False)
    more.setdefault("max_length", LONGEST_TEXT)
    more.setdefault("error_messages", {"required": f"Fill in “{label}”"})
    return ReasonField(label=label, help_text=help_text, widget=text_area(rows), **more)


def line(label: str, longest: int, help_text: str = "", **more: Any) -> ReasonField:
    """One line of text."""
    more.setdefault("error_messages", {"required": f"Fill in “{label}”"})
    return ReasonField(label=label, help_text=help_text, max_length=longest, on_one_line=True, **more)
