"""Certifying a month: what is written, and everything it is refused for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contracts.audit import CONSOLE, Actor
from contracts.models import Event, Organisation, PartyRole, Role
from funding.actions.certifying import certify
from funding.actions.refusals import CannotPay
from funding.actions.steps import cancel
from funding.draft_items import DraftItem
from funding.models import Direction, FundingLine, ItemKind, Payment
from funding.queries.proposal import Proposal
from tests.kent import Kent
from tests.money import AUGUST, certified, finance, kcc, moment_after, proposed

pytestmark = pytest.mark.django_db
# Without a sample return.
SEPTEMBER = date(2019, 9, 1)


def entered(kent: Kent, amount: str, direction: Direction = Direction.DEDUCTION, **fields: object) -> DraftItem:
    """A deduction or addition for KHNES that rests on a notice."""
    item = DraftItem(
        element=kent.agreement.elements.get(code="khnes"),
        direction=direction,
        kind=ItemKind.NOTICE,
        amount=Decimal(amount),
        for_month=AUGUST,
        reason="The remedial action plan was breached",
        notice="CPN-1",
    )
    return replace(item, **fields)  # type: ignore[arg-type]  # fields of any kind


def refused(kent: Kent, **changes: object) -> str:
    """The sentence with which a certificate is refused."""
    found = proposed(kent)
    asked = {
        "payer": kcc(),
        "items": found.items,
        "expected_to_pay": found.to_pay,
        "by": Actor.person(finance(kent)),
        "at": moment_after(AUGUST),
    }
    month, there = changes.pop("month", AUGUST), changes.pop("there", 0)
    with pytest.raises(CannotPay) as caught:
        certify(kent.agreement, month, **asked | changes)  # type: ignore[arg-type]  # arguments of any kind
    assert Payment.objects.count() == there
    return str(caught.value)


def test_august_2019_as_it_was_worked_out(loaded: Kent) -> None:
    events = Event.objects.count()
    payment = certified(loaded)
    assert (payment.due, payment.deducted) == (Decimal("221416.66"), Decimal("12400.00"))
    assert payment.added == 0
    assert payment.to_pay == Decimal("209016.66")
    assert (payment.number, payment.state, payment.payee.short_name) == (1, "certified", "West Kent CCG")
    lines = {line.element.code: line for line in payment.lines.all()}
    assert {code: line.due for code, line in lines.items()} == {
        "ehu": Decimal("100000.00"),
        "khnes": Decimal("20000.00"),
        "lac": Decimal("83333.33"),
        "hsb": Decimal("18083.33"),
    }
    assert lines["ehu"].terms[0]["source"] == "004 §1.8"
    assert (lines["khnes"].shortfall["in_post"], lines["khnes"].shortfall["amount"]) == ("1.9", "12400")
    assert lines["ehu"].shortfall == {}
    item = payment.items.get()
    assert item.reason == "3.1 of 5.0 funded WTE empty in August 2019: £12,400.00 of the instalment of £20,000.00"
    assert item.version is not None
    assert {source["sheet"] for source in item.basis["sources"]} == {"Workforce"}
    assert [move.to_state for move in payment.moves.all()] == ["certified"]
    assert Event.objects.count() == events + 1
    last = Event.objects.order_by("-id").first()
    assert last is not None
    assert (last.action, last.subject) == ("payment certified", "Payment 1 for August 2019")


def test_deductions_of_2019(loaded: Kent) -> None:
    found = [proposed(loaded, date(2019, month, 1)).deducted for month in range(4, 9)]
    assert found == [Decimal(f"{pounds}.00") for pounds in (11_200, 12_800, 13_200, 10_000, 12_400)]
    assert proposed(loaded, date(2019, 3, 1)).deducted == 0


def test_numbers_follow_one_another_whatever_came_of_a_payment(loaded: Kent) -> None:
    first = certified(loaded)
    cancel(first, reason="Wrong month", by=Actor.person(finance(loaded)), at=moment_after(AUGUST))
    assert certified(loaded).number == 2
    assert certified(loaded, date(2019, 7, 1)).number == 3


def test_a_month_is_certified_once(loaded: Kent) -> None:
    certified(loaded)
    assert refused(loaded, there=1) == "The payment for August 2019 is there already (payment 1)."


def test_a_payment_without_a_return_is_the_whole_instalment_and_says_what_is_missing(loaded: Kent) -> None:
    found = proposed(loaded, SEPTEMBER)
    assert found.items == ()
    assert found.to_pay == Decimal("221416.66")
    assert found.unknown == (
        "The empty posts of KHNES in September 2019 are not known. No return for September 2019 has been accepted. "
        "Once they are, the difference is proposed with a later payment.",
    )
    kept = certified(loaded, SEPTEMBER).lines.get(element__code="khnes").shortfall
    assert (kept["amount"], kept["why_not"]) == (None, "No return for September 2019 has been accepted.")


def test_a_deduction_that_was_left_out_stands_in_the_audit_trail(loaded: Kent) -> None:
    assert certified(loaded, items=()).to_pay == Decimal("221416.66")
    last = Event.objects.order_by("-id").first()
    assert last is not None
    said = {
        "state": "certified",
        "to_pay": "221416.66",
        "deducted": "0.00",
        "added": "0.00",
        "instalments": {"ehu": "100000.00", "khnes": "20000.00", "lac": "83333.33", "hsb": "18083.33"},
        "items": [],
        "left_out_because": "",
    }
    assert last.after == said | {"left_out": [item.reason for item in proposed(loaded).items]}


@pytest.mark.parametrize(
    ("amount", "direction", "to_pay"),
    [
        ("7600.00", Direction.DEDUCTION, "201416.66"),  # the whole of what KHNES is due
        ("0.01", Direction.DEDUCTION, "209016.65"),
        ("50000.00", Direction.ADDITION, "259016.66"),
    ],
)
def test_a_notice_moves_what_is_paid(loaded: Kent, amount: str, direction: Direction, to_pay: str) -> None:
    payment = certified(loaded, items=(*proposed(loaded).items, entered(loaded, amount, direction)))
    assert payment.to_pay == Decimal(to_pay)
    assert payment.items.get(kind="notice").notice == "CPN-1"


def test_what_is_added_may_be_deducted(loaded: Kent) -> None:
    both = (entered(loaded, "30000.00"), entered(loaded, "10000.00", Direction.ADDITION))
    payment = certified(loaded, items=both)
    assert payment.to_pay == Decimal("201416.66")


def test_no_element_is_deducted_below_nothing(loaded: Kent) -> None:
    said = refused(loaded, items=[entered(loaded, "25000.00")], expected_to_pay=Decimal("196416.66"))
    assert said.startswith("The deduction of £25,000.00 is above the instalment of £20,000.00 for KHNES")
    said = refused(loaded, items=[*proposed(loaded).items, entered(loaded, "7600.01")])
    assert said.startswith("The deduction of £20,000.01 is above the instalment of £20,000.00 for KHNES")


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "20000.005", "10000000000", "NaN", "Infinity"])
def test_amounts_are_above_zero_and_in_whole_pence(loaded: Kent, amount: str) -> None:
    assert "whole pence" in refused(loaded, items=[entered(loaded, amount)])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reason": " "}, "Give a reason"),
        ({"reason": "x" * 501}, "Keep a reason to 500"),
        ({"notice": ""}, "Name the notice"),
        ({"kind": ItemKind.DECISION}, "Choose the decision"),
        ({"kind": ItemKind.DECISION, "decision_id": 0}, "Choose the decision"),
        ({"for_month": date(2019, 9, 1)}, "August 2019 or a month before"),
        ({"for_month": date(2019, 8, 2)}, "August 2019 or a month before"),
    ],
)
def test_what_is_entered_rests_on_something(loaded: Kent, changes: dict[str, Any], said: str) -> None:
    assert said in refused(loaded, items=[entered(loaded, "1.00", **changes)])


def test_a_decision_is_named(loaded: Kent) -> None:
    decision = loaded.agreement.decisions.order_by("pk").first()
    assert decision is not None
    item = entered(loaded, "1.00", kind=ItemKind.DECISION, decision_id=decision.pk)
    assert certified(loaded, items=[item]).items.get().decision == decision


CHANGED: dict[str, Callable[[Proposal], dict[str, object]]] = {
    "was −£12,399.99 and is −£12,400.00 now": lambda found: {
        "items": [replace(found.items[0], amount=Decimal("12399.99"))]
    },
    "was −£12,400.00 and is nothing now": lambda found: {
        "items": [replace(found.items[0], kind=ItemKind.CORRECTION)],
    },
    "is there twice": lambda found: {"items": [found.items[0], found.items[0]]},
    "£209,016.67 to pay then, £209,016.66 now": lambda found: {"expected_to_pay": Decimal("209016.67")},
}


@pytest.mark.parametrize("said", CHANGED)
def test_amounts_that_changed_since_the_page_are_refused_with_both(loaded: Kent, said: str) -> None:
    assert said in refused(loaded, **CHANGED[said](proposed(loaded)))


@pytest.mark.parametrize(
    ("month", "said"),
    [
        (date(2019, 8, 2), "not a month of this agreement"),
        (date(2017, 8, 1), "not a month of this agreement"),
        (date(2022, 9, 1), "not a month of this agreement"),
        (date(2019, 9, 1), "has not ended: payments are in arrears, so it can be certified from 1 October 2019."),
    ],
)
def test_months_that_cannot_be_certified(loaded: Kent, month: date, said: str) -> None:
    assert said in refused(loaded, month=month)


def test_a_month_without_an_instalment_is_not_certified(loaded: Kent) -> None:
    FundingLine.objects.filter(funder=kcc()).update(in_force_until=date(2019, 8, 1))
    assert refused(loaded) == (
        "KCC has no instalment in August 2019: no funding line is in force, and no correction of an "
        "earlier month adds money."
    )


def test_only_the_payers_own_finance_people_certify(loaded: Kent) -> None:
    for role, person in loaded.people.items():
        if role != Role.COUNCIL_FINANCE:
            said = refused(loaded, by=Actor.person(person))
            own = role in {Role.COUNCIL_COMMISSIONER, Role.ADMINISTRATOR}
            assert said == ("Your role does not let you certify a payment." if own else
                            "Only KCC’s own people handle its payments.")  # fmt: skip
    assert "sign in" in refused(loaded, by=CONSOLE)
    provider = Organisation.objects.get(short_name="NELFT")
    assert refused(loaded, payer=provider) == "Only NELFT’s own people handle its payments."


def test_somebody_must_be_there_to_be_paid(loaded: Kent) -> None:
    loaded.agreement.parties.exclude(role__in=[PartyRole.COUNCIL, PartyRole.PROVIDER]).delete()
    assert certified(loaded, date(2019, 7, 1)).payee.short_name == "NELFT"
    loaded.agreement.parties.filter(role=PartyRole.PROVIDER).delete()
    assert "neither a coordinating commissioner nor a provider" in refused(loaded, there=1)
