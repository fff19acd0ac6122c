"""The events of the audit trail that are about money, by kind. Imports no Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Says:
    """That an event says `value` under `name`, alone or in a list: `side` is "before" or "after"."""

    side: str
    name: str
    value: str

    def holds(self, before: Any, after: Any) -> bool:
        """Whether an event with that before and after says it."""
        said = after if self.side == "after" else before
        held = said.get(self.name) if isinstance(said, Mapping) else None
        return self.value in held if isinstance(held, list) else self.value == held


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of change of money; its events' actions begin with one of `actions`, and say one of `says` if any."""

    code: str
    name: str
    actions: tuple[str, ...]
    says: tuple[Says, ...] = ()

    def holds(self, action: str, before: Any = None, after: Any = None) -> bool:
        """Whether an event of that action is of this kind."""
        if not action.lower().startswith(self.actions):
            return False
        return not self.says or any(one.holds(before, after) for one in self.says)


# The first kind that holds an action is its kind.
KINDS = (
    Kind("agreements", "Agreements loaded, with their funding lines", ("agreement loaded",)),
    Kind("funding-lines", "Funding lines", ("funding line",)),
    Kind("empty-posts", "Rates for empty posts", ("shortfall rate",)),
    Kind("counter-entries", "Counter-entries", ("counter-entry", "payment reversed")),
    Kind("tests", "Statutory tests", ("payment tested", "payment stopped by its test")),
    Kind("payments", "Payments", ("payment",)),
    Kind("statements", "Annual statements", ("annual statement", "statement")),
    # Of what varies, these move money; of what becomes of a notice, withholding does and the end of it.
    Kind(
        "variations",
        "Variations of funding, elements and withholding",
        ("variation agreed",),
        tuple(Says("after", "subjects", subject) for subject in ("funding", "element", "withholding")),
    ),
    Kind(
        "withholding",
        "Notices that began or ended withholding",
        ("notice moved",),
        tuple(Says(side, "stage", "withholding") for side in ("before", "after")),
    ),
)


def kind_of(action: str, before: Any = None, after: Any = None) -> Kind | None:
    """The kind of an event by its action and what it says; None where it is not about money."""
    return next((kind for kind in KINDS if kind.holds(action, before, after)), None)


def kind_called(code: str) -> Kind | None:
    """The kind that an address calls `code`."""
    return next((kind for kind in KINDS if kind.code == code), None)
