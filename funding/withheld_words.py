"""What a notice withholds of a month, or gives back, in sentences with both numbers. Pure."""

from datetime import date
from decimal import Decimal

from contracts.formatting import day, money, month_name, plain
from funding.withholding import Fate, Withholding

UNCHECKED = "to be checked against your contract"


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
    if until is None:
        return "Put right, it is released. Never put right, it is kept."
    return f"Put right by {day(until)}, it is released. Later, or never put right, it is kept."
