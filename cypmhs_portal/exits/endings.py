"""When an element ends, and by what: agreed, proposed, or with its agreement."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from contracts.formatting import day
from contracts.models import ServiceElement
from contracts.operational_days import ONE_DAY
from contracts.periods import month_end, month_start


@dataclass(frozen=True, slots=True)
class Ending:
    """The first day an element is out of force, and whether that is agreed; `source` says by what, with its address."""

    out_of_force: date
    is_proposed: bool = False
    is_with_agreement: bool = False
    source: str = ""
    url: str = ""

    @property
    def last_day(self) -> date:
        """The element's last day."""
        return self.out_of_force - ONE_DAY

    @property
    def last_month(self) -> date:
        """The last month with activity of the element."""
        return month_start(self.last_day)

    @property
    def cuts_a_month(self) -> bool:
        """Whether a proposed end lies within a month, whose instalment today's terms still have whole."""
        return self.is_proposed and self.last_day != month_end(self.last_day)

    @property
    def is_exit(self) -> bool:
        """Whether the element ends before its agreement does, agreed or proposed."""
        return not self.is_with_agreement

    @property
    def state(self) -> str:
        """As its tag says it."""
        if self.is_with_agreement:
            return "Ends with the agreement"
        return "End proposed" if self.is_proposed else "End agreed"

    @property
    def colour(self) -> str:
        """The colour of that tag."""
        return "grey" if self.is_with_agreement else "yellow" if self.is_proposed else "blue"

    def sentence(self, name: str, on: date) -> str:
        """When the element called `name` ends, or ended."""
        if self.is_proposed:
            return f"{name} is proposed to end: its last day would be {day(self.last_day)}."
        if self.last_day < on:
            return f"{name} ended on {day(self.last_day)}."
        with_it = ", with the agreement" if self.is_with_agreement else ""
        return f"{name} ends on {day(self.last_day)}{with_it}."


Proposals = Callable[[ServiceElement], Iterable[Ending]]


def ending_of(element: ServiceElement, proposed: Proposals) -> Ending:
    """When `element` ends: as agreed, else by the earliest of what is `proposed`, else with its agreement."""
    ends_on = element.agreement.ends_on
    own = element.in_force_until
    if own is not None and own < ends_on:
        return Ending(own, source="The term of the element in the agreement")
    candidates = [one for one in proposed(element) if one.out_of_force < ends_on]
    return min(candidates, key=lambda one: one.out_of_force, default=Ending(ends_on, is_with_agreement=True))
