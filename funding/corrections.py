"""What an earlier month should have been by what is known today, beside what was paid of it then.

Pure; pounds in exact pence. What the certifier left out on purpose of the deduction worked out then is waived: it is
neither asked for again nor given back. A notice or a decision is no difference; but no more is taken back of a month
than was paid of it, and a notice withholds no more than its part of the instalment as it became.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from contracts.formatting import money, month_name
from funding.deductions import Posts
from funding.empty_posts import sentence_of, wte

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """One element's month: its instalment, and the deduction for empty posts, None where they were never known.

    `waived` is what the certifier left out of the deduction on purpose, in pounds, `by_hand` what certifiers took off
    beside it, and `withheld` what notices withhold.
    """

    due: Decimal
    deducted: Decimal | None
    posts: Posts | None = None
    waived: Decimal = NOTHING
    by_hand: Decimal = NOTHING
    withheld: Decimal = NOTHING

    @property
    def counted(self) -> Decimal:
        """The deduction less what is waived of it; what is not known takes nothing off."""
        return max(NOTHING, (self.deducted or NOTHING) - self.waived)

    @property
    def net(self) -> Decimal:
        """What is to pay by it; deductions that were kept from before take no more than the instalment."""
        return max(NOTHING, self.due - self.counted - self.by_hand - self.withheld)


def still_to_correct(before: WorkedOut, now: WorkedOut, corrected: Decimal) -> Decimal:
    """Pounds to add (above zero) or to deduct (below zero), after `corrected` of later payments for the month.

    What was waived before is waived still. Where the empty posts are known no more, `now` has the deduction that was
    known last: a number that was reported once is not undone by silence.
    """
    return replace(now, waived=before.waived).net - before.net - corrected


def reason_of(month: date, before: WorkedOut, now: WorkedOut, corrected: Decimal) -> str:
    """Why a month is corrected, in one sentence with both numbers."""
    said = [_instalment(before, now), _deduction(before, now), _withheld(before, now)]
    what = ", and ".join(part for part in said if part) or "its payment was made anew"
    waived = f"; {money(before.waived)} was left out on purpose and stays so" if before.waived else ""
    taken = f"; {money(corrected)} was corrected before" if corrected else ""
    return f"{month_name(month)} was corrected: {what}{waived}{taken}"


def _instalment(before: WorkedOut, now: WorkedOut) -> str:
    if before.due == now.due:
        return ""
    return f"the instalment is {money(now.due)} instead of {money(before.due)}"


def _deduction(before: WorkedOut, now: WorkedOut) -> str:
    if now.deducted is None or (before.deducted or 0) == now.deducted:
        return ""
    amounts = f"the deduction is {money(now.deducted)} instead of {money(before.deducted or Decimal(0))}"
    if now.posts is None:
        return amounts
    if before.posts is None:
        return f"{sentence_of(now.posts)}, which was not known when it was paid, so {amounts}"
    posts = _posts(before.posts, now.posts)
    return f"{posts}, so {amounts}" if posts else amounts


def _withheld(before: WorkedOut, now: WorkedOut) -> str:
    if before.withheld == now.withheld:
        return ""
    return f"notices withhold {money(now.withheld)} of it instead of {money(before.withheld)}"


def _posts(before: Posts, now: Posts) -> str:
    said = [
        f"{wte(new)} instead of {wte(old)} {words}"
        for old, new, words in (
            (before.funded, now.funded, "funded WTE"),
            (before.in_post, now.in_post, "WTE in post"),
            (before.temporary, now.temporary, "temporary WTE"),
        )
        if old is not None and new is not None and old != new
    ]
    return ", ".join(said)
