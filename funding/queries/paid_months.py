"""The months that a council paid, beside what they should have been by what is known today."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from contracts.models import Agreement, Organisation, ServiceElement
from funding.corrections import WorkedOut, still_to_correct
from funding.empty_posts import kept_amount, kept_posts
from funding.models import PaymentLine
from funding.queries.live_payments import live
from funding.queries.paid_items import PaidItems, paid_items
from funding.queries.schedule import ElementInstalment, instalments
from funding.queries.shortfalls import Shortfall, shortfalls
from funding.queries.withholding_notices import WithholdingNotice, withholding_notices
from funding.withholding import NOTHING, held_still, within

Key = tuple[date, int]
"""A month and an element's key."""


@dataclass(frozen=True, slots=True)
class PaidMonth:
    """One element's month that was paid: as it was worked out `before`, as it is `now`, and what was `corrected` since.

    `is_known` says whether its empty posts are known today; otherwise `now` has the deduction that was known last.
    `withheld` is what its payment withheld, by notice; `still` what of that is withheld by today's instalment.
    """

    element: ServiceElement
    month: date
    line: PaymentLine | None
    before: WorkedOut
    now: WorkedOut
    corrected: Decimal
    is_known: bool
    short: Shortfall | None
    withheld: Mapping[int, Decimal]
    still: Mapping[int, Decimal] = field(default_factory=dict)

    @property
    def pounds(self) -> Decimal:
        """What today's numbers change: to add, or below zero to deduct."""
        return still_to_correct(self.before, self.now, self.corrected)

    @property
    def left_to_pay(self) -> Decimal:
        """The instalment as it is now, less what is taken of it otherwise than under notices that are held here."""
        return replace(self.now, waived=self.before.waived, withheld=NOTHING).net


def paid_months(
    agreement: Agreement, payer: Organisation, notices: Sequence[WithholdingNotice] | None = None
) -> tuple[PaidMonth, ...]:
    """The months that `payer` paid, the earliest first, in the elements' order.

    `notices` are those that withhold, where they were read already; otherwise they are where a payment withheld.

    What was paid is the payments that there are: what was cancelled, reversed or did not meet its test counts nothing.
    """
    paid = live(agreement.payments.all()).filter(payer=payer)
    months = sorted(paid.values_list("month", flat=True))
    if not months:
        return ()
    lines = {
        (line.payment.month, line.element_id): line
        for line in PaymentLine.objects.filter(payment__in=paid).select_related("payment", "element")
    }
    due = instalments(agreement, months, [payer])
    short = {_key(one): one for one in shortfalls(agreement, due)}
    items = paid_items(agreement, payer)
    found = tuple(_compared(lines, {_key(one): one for one in due}, short, items))
    if not any(one.withheld for one in found):
        return found
    return tuple(_with_withheld(found, items, withholding_notices(agreement) if notices is None else notices))


def _key(one: ElementInstalment | Shortfall) -> Key:
    return one.month, one.element.pk


def _compared(
    lines: Mapping[Key, PaymentLine],
    due: Mapping[Key, ElementInstalment],
    short: Mapping[Key, Shortfall],
    items: PaidItems,
) -> Iterator[PaidMonth]:
    elements = {key: line.element for key, line in lines.items()} | {key: one.element for key, one in due.items()}
    for key in sorted(elements, key=lambda key: (key[0], elements[key].position, key[1])):
        line, of_key = lines.get(key), short.get(key)
        before = replace(_before(line, items.shortfall(key)), by_hand=items.by_hand(key))
        now = _now(due.get(key), of_key, items.known_last(key, line, before))
        yield PaidMonth(
            element=elements[key],
            month=key[0],
            line=line,
            before=before,
            now=replace(now, by_hand=before.by_hand),
            corrected=items.corrected(key),
            is_known=of_key is None or of_key.amount is not None or now.deducted is None,
            short=of_key,
            withheld=items.withheld(key),
        )


def _before(line: PaymentLine | None, taken: Decimal) -> WorkedOut:
    """What was worked out when the month was certified, with what the certifier did not take of its deduction."""
    if line is None:
        return WorkedOut(NOTHING, None)
    worked_out = kept_amount(line.shortfall)
    return WorkedOut(line.due, worked_out, kept_posts(line.shortfall), max(NOTHING, (worked_out or NOTHING) - taken))


def _now(due: ElementInstalment | None, short: Shortfall | None, known_last: WorkedOut) -> WorkedOut:
    pounds = due.due if due else NOTHING
    if short is None:
        return WorkedOut(pounds, NOTHING)
    if short.amount is None:
        return WorkedOut(pounds, known_last.deducted, known_last.posts)
    return WorkedOut(pounds, short.amount, short.posts)


def _with_withheld(
    found: Sequence[PaidMonth], items: PaidItems, notices: Sequence[WithholdingNotice]
) -> Iterator[PaidMonth]:
    """The same months, with what notices withheld of them and still do."""
    took: dict[tuple[int, int], dict[date, Decimal]] = defaultdict(dict)
    today: dict[tuple[int, int], dict[date, Decimal]] = defaultdict(dict)
    for one in found:
        for notice, pounds in one.withheld.items():
            took[notice, one.element.pk][one.month] = pounds
        for notice, pounds in _by_today(one, notices):
            today[notice, one.element.pk][one.month] = pounds
    still = {key: held_still(by_month, today[key], items.given_back(key)) for key, by_month in took.items()}
    for one in found:
        own = {notice: still[notice, one.element.pk][one.month] for notice in one.withheld}
        before = replace(one.before, withheld=sum(one.withheld.values(), NOTHING))
        yield replace(one, before=before, now=replace(one.now, withheld=sum(own.values(), NOTHING)), still=own)


def _by_today(one: PaidMonth, notices: Sequence[WithholdingNotice]) -> Iterator[tuple[int, Decimal]]:
    """What each notice that withheld of the month would withhold of its instalment as that is now."""
    own = [it for it in notices if it.notice.pk in one.withheld and it.withholding.covers(one.month)]
    parts = within([it.withholding.part_of(one.now.due) for it in own], one.left_to_pay)
    return ((it.notice.pk, part) for it, part in zip(own, parts, strict=True))
