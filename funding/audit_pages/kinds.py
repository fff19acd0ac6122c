"""The events of the audit trail that are about money, by kind. Imports no Django."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of change of money; its events' actions begin with one of `actions`."""

    code: str
    name: str
    actions: tuple[str, ...]

    def holds(self, action: str) -> bool:
        """Whether an event of that action is of this kind."""
        return action.lower().startswith(self.actions)


# The first kind that holds an action is its kind.
KINDS = (
    Kind("agreements", "Agreements loaded, with their funding lines", ("agreement loaded",)),
    Kind("funding-lines", "Funding lines", ("funding line",)),
    Kind("empty-posts", "Rates for empty posts", ("shortfall rate",)),
    Kind("counter-entries", "Counter-entries", ("counter-entry", "payment reversed")),
    Kind("tests", "Statutory tests", ("payment tested", "payment stopped by its test")),
    Kind("payments", "Payments", ("payment",)),
    Kind("statements", "Annual statements", ("annual statement", "statement")),
)


def kind_of(action: str) -> Kind | None:
    """The kind of an event's action; None where it is not about money."""
    return next((kind for kind in KINDS if kind.holds(action)), None)


def kind_called(code: str) -> Kind | None:
    """The kind that an address calls `code`."""
    return next((kind for kind in KINDS if kind.code == code), None)
