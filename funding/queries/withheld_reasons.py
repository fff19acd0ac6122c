"""What notices withhold and give back, as reasons of months without a payment."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from contracts.models import Agreement, Organisation
from contracts.periods import add_months
from funding.charges import Reason
from funding.payment_moves import PaymentState
from funding.queries.withheld import Withheld, given_back
from funding.queries.withholding_notices import WithholdingNotice


def withheld_reason(one: Withheld, payer: Organisation) -> Reason:
    """What a notice withholds of a month, as it is proposed."""
    return Reason(
        element=one.element,
        month=one.month,
        payer=payer,
        words=f"{one.element.short_name}: {one.words}",
        amount=one.amount,
        source=one.of.kept.term.source,
        rests_on=f"Notice {one.of.reference}",
        notice=one.of.notice.pk,
    )


def given_back_reasons(
    agreement: Agreement,
    payer: Organisation,
    notices: Sequence[WithholdingNotice],
    paid: Collection[date],
    states: Collection[PaymentState],
) -> Iterator[Reason]:
    """What notices give back, each sum in the first month from the one it goes back with that has no payment."""
    for one in given_back(agreement, payer, notices, date.max, states):
        ended = one.of.withholding.ended_on
        assert ended is not None
        month = ended.replace(day=1)
        while month in paid:
            month = add_months(month, 1)
        yield Reason(
            element=one.element,
            month=month,
            payer=payer,
            words=f"{one.element.short_name}: {one.words}",
            amount=one.amount,
            is_addition=True,
            rests_on=f"Notice {one.of.reference}",
            notice=one.of.notice.pk,
        )
