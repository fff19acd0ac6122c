"""What is deducted for empty posts, and the payments there were: made up, and marked so.

The deductions for April to August 2019 follow from the sample returns; 004 §2.8 says that there were reductions for
empty KHNES posts and gives no amounts.
"""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from contracts.audit import Actor
from contracts.models import Agreement, Organisation, User
from contracts.periods import add_months, months_between
from cypmhs_portal.demo.returns import LONDON
from funding.actions.certifying import certify
from funding.actions.steps import approve, record_paid, send
from funding.actions.testing import record_test
from funding.models import Payment, ShortfallBasis, ShortfallRate
from funding.queries.proposal import proposal
from funding.queries.to_test import elements_to_test
from performance.form import Sheet
from performance.models import Measure

CERTIFIER, APPROVER = "priya.shah@kcc.example", "daniel.price@kcc.example"
PAID_MONTHS = months_between(date(2018, 4, 1), date(2019, 8, 1))
WAITING_MONTH = date(2019, 8, 1)
# The day of the month after, or the Monday that follows it, and the hour.
CERTIFIED, TESTED, APPROVED, SENT, PAID = (
    (20, time(10, 5)),
    (21, time(11, 30)),
    (21, time(11, 50)),
    (22, time(14, 15)),
    (23, time(15, 40)),
)
# 10 October 2019, two months after.
WAITING_SINCE = datetime(2019, 10, 10, 10, 20, tzinfo=LONDON)
FIRST_REFERENCE = 101
SATURDAY, DAYS_OF_A_WEEK = 5, 7
GROUNDS = (
    "The council has no service of its own that could take these children at this price: the same with its own "
    "staff was costed above the instalment. Empty posts are deducted where the rate is agreed. Sample reasons."
)


def load_shortfall_rate(agreement: Agreement) -> None:
    """The rate for empty KHNES posts, where the agreement has no rate yet."""
    if agreement.shortfall_rates.exists():
        return
    element = agreement.elements.get(code="khnes")
    staff = Measure.objects.filter(agreement=agreement, sheet=Sheet.WORKFORCE, element=element)
    ShortfallRate.objects.create(
        agreement=agreement,
        element=element,
        basis=ShortfallBasis.SHARE,
        funded=staff.get(label="Funded WTE"),
        in_post=staff.get(label="In-post WTE"),
        in_force_from=date(2019, 4, 1),
        is_illustrative=True,
        source="004 §2.8",
    )


@transaction.atomic
def load_payments(agreement: Agreement) -> int:
    """The sample payments, all at once where there is no payment yet; returns how many."""
    if agreement.payments.exists():
        return 0
    people = User.objects.in_bulk([CERTIFIER, APPROVER], field_name="email")
    certifier, approver = Actor.person(people[CERTIFIER]), Actor.person(people[APPROVER])
    for number, month in enumerate(PAID_MONTHS, FIRST_REFERENCE):
        payment = _certify(agreement, month, certifier, _moment(month, *CERTIFIED))
        _pay(payment, f"KCC-{number:06d}", approver)
    _certify(agreement, WAITING_MONTH, certifier, WAITING_SINCE)
    return len(PAID_MONTHS) + 1


def _certify(agreement: Agreement, month: date, by: Actor, at: datetime) -> Payment:
    payer = Organisation.objects.get(short_name="KCC")
    found = proposal(agreement, payer, month)
    return certify(
        agreement,
        month,
        payer=payer,
        items=found.items,
        expected_to_pay=found.to_pay,
        by=by,
        at=at,
        is_illustrative=True,
    )


def _pay(payment: Payment, reference: str, by: Actor) -> None:
    answers = {element.pk: True for element in elements_to_test(payment)}
    record_test(payment, answers=answers, grounds=GROUNDS, by=by, at=_moment(payment.month, *TESTED))
    approve(payment, by=by, at=_moment(payment.month, *APPROVED))
    send(payment, by=by, at=_moment(payment.month, *SENT))
    record_paid(payment, reference=reference, by=by, at=_moment(payment.month, *PAID))


def _moment(month: date, day: int, at: time) -> datetime:
    on = add_months(month, 1).replace(day=day)
    to_monday = timedelta(days=DAYS_OF_A_WEEK - on.weekday() if on.weekday() >= SATURDAY else 0)
    return datetime.combine(on + to_monday, at, LONDON)
