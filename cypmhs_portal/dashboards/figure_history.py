"""What was known of a figure, when, and why it changed."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from contracts.formatting import term
from contracts.looking import Looking
from performance.models import Figure


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """One row of a figure, the versions of its month's return it rests on, and why it differs from the row before."""

    figure: Figure
    version: str
    why: str

    @property
    def then(self) -> Looking:
        """The moment from which it was shown, to look back to."""
        return Looking(self.figure.known_from)


def figure_history(figure: Figure, as_at: datetime | None = None) -> tuple[KnownFigure, ...]:
    """Every row of the same figure known by `as_at`, None for now; the newest first."""
    same = Figure.objects.filter(
        indicator=figure.indicator, element=figure.element, area=figure.area, month=figure.month
    )
    known = same if as_at is None else same.filter(known_from__lte=as_at)
    rows = list(known.order_by("-known_from"))
    whys = [*(why_it_changed(new, old) for new, old in pairwise(rows)), "First worked out"]
    return tuple(KnownFigure(row, version_of(row), why) for row, why in zip(rows, whys, strict=True))


def version_of(figure: Figure) -> str:
    """ "Version 2" of the return of the figure's own month; "" where it rests on none."""
    month = f"{figure.month:%Y-%m}"
    numbers = {source["version"] for source in figure.sources if source.get("version") and source["month"] == month}
    return ", ".join(f"Version {number}" for number in sorted(numbers))


def why_it_changed(new: Figure, old: Figure) -> str:
    """What differs between two rows of one figure: the first of value, return, target, floor and formula."""
    reasons = [
        (new.value is not None and old.value is None, "A value became available"),
        (new.value is None and old.value is not None, "The value is no longer available"),
        (version_of(new) != version_of(old), "The return was corrected"),
        (new.target != old.target, f"The target changed from {_said(old, old.target)} to {_said(new, new.target)}"),
        (new.floor != old.floor, f"The floor changed from {_said(old, old.floor)} to {_said(new, new.floor)}"),
        (new.definition_id != old.definition_id, "The formula changed"),
        (new.value != old.value, "An input changed"),
    ]
    return next((words for differs, words in reasons if differs), "What it rests on changed, and its value did not")


def _said(figure: Figure, value: Decimal | None) -> str:
    return term(value, figure.unit) or "none"
