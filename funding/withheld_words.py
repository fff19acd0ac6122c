"""What a notice withholds of a month, or gives back, in sentences with both numbers. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.formatting import day, money, month_name, plain
from contracts.levers.release import release_in_words
from funding.withholding import Fate, Withholding

UNCHECKED = "to be checked against your contract"


@dataclass(frozen=True, slots=True)
class TooLate:
    """What was not withheld of an element's month, in pounds, for that was recorded after the month was certified."""

    reference: str
    element: str
    amount: Decimal
    month: date
    began_on: date
    certified_on: date
    recorded_on: date


def percent_in_words(percent: Decimal) -> str:
    """ "2%", "2.5%"."""
    return f"{plain(percent.normalize())}%"


def withheld_in_words(reference: str, held: Withholding, instalment: Decimal, amount: Decimal, is_checked: bool) -> str:
    """ "CPN 2019/01: payment is withheld since 3 June 2019, so 2% of £100,000.00 (…)"."""
    said = (
        f"{reference}: payment is withheld since {day(held.began_on)}, so {percent_in_words(held.percent)} of "
        f"{money(instalment)}"
    )
    said += "" if is_checked else f" ({UNCHECKED})"
    asked = held.part_of(instalment)
    return said if amount == asked else f"{said}; {money(amount)} of {money(asked)} is left of the instalment"


def given_back_in_words(reference: str, held: Withholding, months: tuple[date, ...]) -> str:
    """ "CPN 2019/01: put right on 10 July 2019, so what was withheld of June 2019 is released"."""
    named = month_name(months[0])
    of = named if len(months) == 1 else f"{len(months)} months, {named} to {month_name(months[-1])},"
    on = day(held.ended_on)
    if held.fate is Fate.RELEASED:
        return f"{reference}: put right on {on}, so what was withheld of {of} is released"
    if held.fate is Fate.GIVEN_BACK:
        return f"{reference}: withdrawn on {on}, so what was withheld of {of} is given back"
    return f"{reference}: withholding ended on {on}, so what was withheld of {of} after it is given back"


def too_late_in_words(late: TooLate) -> str:
    """ "June 2019 was certified on 20 July 2019, before it was recorded on 5 August 2019 that CPN 2019/01 …"."""
    return (
        f"{month_name(late.month)} was certified on {day(late.certified_on)}, before it was recorded on "
        f"{day(late.recorded_on)} that {late.reference} withholds since {day(late.began_on)}, so "
        f"{money(late.amount)} of {late.element} was not withheld. To withhold it, take back the payment of "
        f"{month_name(late.month)} with a counter-entry, and certify that month again."
    )


def rule_in_words(held: Withholding) -> str:
    """What becomes of what is withheld, by the rule, as a sentence."""
    until, on = held.released_until, day(held.ended_on)
    if held.fate is Fate.RELEASED:
        return f"It was put right on {on}, so what was withheld is released."
    if held.fate is Fate.GIVEN_BACK:
        return f"The notice was withdrawn on {on}, so what was withheld is given back."
    if held.fate is Fate.KEPT:
        late = f": what was put right after {day(until)} is kept" if until and held.ending == "resolved" else ""
        return f"The notice was closed on {on}{late or ', not put right'}, so what was withheld is kept."
    return release_in_words(held.began_on, held.kept_after_months)
