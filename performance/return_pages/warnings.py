"""The warnings of a version as pages show them, each with the reason given for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from performance.findings import Finding
from performance.reasons import GivenReason
from performance.return_pages.findings import place_in_table

SHOWN_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class WarningCard:
    """One warning: its place among the version's findings, what it says, and why it is right if somebody said so."""

    place: int
    finding: Finding
    reason: GivenReason | None

    @property
    def number(self) -> int:
        """Its number on the page."""
        return self.place + 1

    @property
    def title(self) -> str:
        """Where and what: "Activity F2: Caseload at month end fell by more than 25% in a month"."""
        where = self.finding.sheet or "The file"
        return f"{where}: {self.finding.title}"

    @property
    def table_href(self) -> str:
        """Where its cell stands in the table of its sheet; "" for no one cell."""
        return place_in_table(self.finding)


@dataclass(frozen=True, slots=True)
class Warnings:
    """What is shown of a version's warnings. `kept_back` are those about small counts that the reader may not see."""

    cards: tuple[WarningCard, ...]
    count: int
    without_reason: int
    kept_back: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - self.kept_back - len(self.cards)


def warnings_of(
    findings: Sequence[Finding], given: Mapping[int, GivenReason], told: Sequence[Finding] | None = None
) -> Warnings:
    """The warnings among `told` (all where None), those without a reason first, no more than can be read at once."""
    every = [WarningCard(place, finding, given.get(place)) for place, finding in enumerate(findings)]
    cards = [card for card in every if told is None or card.finding in told]
    cards.sort(key=lambda card: (card.reason is not None, card.place))
    return Warnings(
        cards=tuple(cards[:SHOWN_AT_ONCE]),
        count=len(every),
        without_reason=sum(card.reason is None for card in every),
        kept_back=len(every) - len(cards),
    )
