"""The pages of decisions, in the order of their menu."""

from typing import Any

from django.urls import reverse

from contracts.access import Standing
from contracts.permissions import Permission

# text, address, what the names of the pages behind it begin with
DECISION_PAGES = [
    ("Decisions", "decisions", "decision"),
    ("Actions", "actions", "action"),
    ("Meetings", "meetings", "meeting"),
]
APPRAISAL = "appraisal"


def is_about_decisions(here: str) -> bool:
    """Whether the page named `here` is one of theirs."""
    return here.startswith((APPRAISAL, *(begins for _, _, begins in DECISION_PAGES)))


def decision_sub_navigation(standing: Standing, here: str) -> list[dict[str, Any]]:
    """The menu for a page named `here`, with what the reader may open; none for any other page."""
    if not is_about_decisions(here) or not standing.may(Permission.SEE_DECISIONS):
        return []
    reference = standing.agreement.reference
    return [
        {"text": text, "url": reverse(name, args=[reference]), "current": _current(here, name, begins)}
        for text, name, begins in DECISION_PAGES
    ]


def _current(here: str, name: str, begins: str) -> str:
    """What `aria-current` says of an entry; what was weighed stands behind the decisions."""
    is_behind = here.startswith(begins) or (name == "decisions" and here.startswith(APPRAISAL))
    return "page" if here == name else "true" if is_behind else ""
