"""What a contract notice withholds in certificates: proposed, taken or left out, released, kept and given back."""

from datetime import date
from decimal import Decimal

import pytest

from contracts.actions.refusals import Refused
from contracts.actions.variations import propose_variation, sign_variation
from contracts.audit import Actor
from contracts.levers.ladder import NoticeStage
from contracts.models import Notice, WithholdingTerm
from funding.actions.certifying import certify
from funding.actions.refusals import CannotPay
from funding.actions.reversing import reverse
from funding.actions.steps import cancel
from funding.draft_items import DraftItem
from funding.models import Direction, FundingLine, ItemKind
from funding.queries.ledger import ledger_of
from tests.kent import Kent
from tests.money import AUGUST, approved, certified, finance, kcc, moment_after, paid, proposed
from tests.variations import CCG, DRAFTED_AT, Values, actor, drafted, with_part
from tests.withholding import JUNE_3, moved, put_right, withholding_notice

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY, SEPTEMBER = date(2019, 5, 1), date(2019, 6, 1), date(2019, 7, 1), date(2019, 9, 1)
S = NoticeStage


def of_notices(kent: Kent, month: date) -> list[DraftItem]:
    return [item for item in proposed(kent, month).items if item.kind == ItemKind.NOTICE]


def changes(kent: Kent, month: date) -> list[tuple[str, str]]:
    return [(item.element.code, str(item.change)) for item in of_notices(kent, month)]


def test_two_percent_of_early_help_is_withheld_with_june_and_released_with_july(loaded: Kent) -> None:
    notice = withholding_notice(loaded)
    (withheld,) = of_notices(loaded, JUNE)
    assert (withheld.element.code, withheld.direction, withheld.amount) == (
        "ehu",
        Direction.DEDUCTION,
        Decimal("2000.00"),
    )
    assert withheld.reason == (
        "CPN 2019/01: payment is withheld since 3 June 2019, so 2% of £100,000.00 (to be checked against your contract)"
    )
    june = paid(loaded, JUNE)
    item = june.items.get(kind=ItemKind.NOTICE)
    assert (item.contract_notice, item.notice, item.for_month) == (notice, "CPN 2019/01", JUNE)
    put_right(loaded, notice)
    (released,) = of_notices(loaded, JULY)
    assert (released.direction, released.amount) == (Direction.ADDITION, Decimal("2000.00"))
    assert released.reason == "CPN 2019/01: put right on 10 July 2019, so what was withheld of June 2019 is released"
    july = paid(loaded, JULY)
    assert july.added == Decimal("2000.00")
    assert june.to_pay + july.to_pay == june.due + july.due - july.deducted - (june.deducted - 2000)
    assert changes(loaded, AUGUST) == []


def varied_term(kent: Kent, notice: Notice, values: Values) -> None:
    """The term of the notice's kind varied from 1 June 2019 by what both sides signed in October; None ends it."""
    draft = with_part(kent, drafted(kent, in_force_from=JUNE), "withholding", str(notice.kind_id), values)
    sign_variation(propose_variation(draft, by=actor(kent), at=DRAFTED_AT), by=actor(kent, CCG), at=DRAFTED_AT)


def test_nothing_is_withheld_of_a_month_that_ends_before(loaded: Kent) -> None:
    withholding_notice(loaded)
    assert changes(loaded, MAY) == []


def test_each_month_bears_the_part_of_its_own_instalment(loaded: Kent) -> None:
    withholding_notice(loaded)
    line = FundingLine.objects.get(element__code="ehu", funder=kcc())
    line.in_force_until = JULY
    line.save()
    line.pk, line.annual_amount, line.in_force_from, line.in_force_until = None, Decimal(600_000), JULY, None
    line._state.adding = True
    line.save(force_insert=True)
    assert changes(loaded, JUNE) == [("ehu", "-2000.00")]
    assert changes(loaded, JULY) == [("ehu", "-1000.00")]


def test_a_checked_term_is_not_marked(loaded: Kent) -> None:
    withholding_notice(loaded)
    person = finance(loaded)
    WithholdingTerm.objects.filter(kind__code="contract-performance-notice").update(
        checked_reference="GC9.26, page 41", checked_by=person, checked_on=JUNE
    )
    assert of_notices(loaded, JUNE)[0].reason.endswith("so 2% of £100,000.00")


def test_the_term_in_force_on_the_first_day_stays_the_one(loaded: Kent) -> None:
    withholding_notice(loaded)
    term = WithholdingTerm.objects.get(kind__code="contract-performance-notice")
    WithholdingTerm.objects.filter(pk=term.pk).update(in_force_until=JULY)
    WithholdingTerm.objects.create(kind=term.kind, percent=Decimal(10), in_force_from=JULY)
    assert changes(loaded, AUGUST) == [("ehu", "-2000.00")]


def test_an_edited_term_leaves_what_a_notice_withholds(loaded: Kent) -> None:
    notice = withholding_notice(loaded)
    paid(loaded, JUNE)
    WithholdingTerm.objects.update(percent=5, basis="agreement", kept_after_months=1)
    assert changes(loaded, JULY) == [("ehu", "-2000.00")]
    # More than a month after it began: what was set then still releases it.
    put_right(loaded, notice)
    assert changes(loaded, JULY) == [("ehu", "2000.00")]


@pytest.mark.parametrize("is_put_right_first", [True, False])
@pytest.mark.parametrize("values", [None, {"percent": "1", "basis": "element", "kept_after_months": "1"}])
def test_a_variation_of_the_term_leaves_what_a_notice_withheld(
    loaded: Kent, values: Values, is_put_right_first: bool
) -> None:
    notice = withholding_notice(loaded)
    paid(loaded, JUNE)
    steps = [lambda: put_right(loaded, notice), lambda: varied_term(loaded, notice, values)]
    for step in steps if is_put_right_first else reversed(steps):
        step()
    assert changes(loaded, JULY) == [("ehu", "2000.00")]
    july = paid(loaded, JULY)
    assert july.added == Decimal("2000.00")


def test_a_notice_without_a_term_does_not_come_to_withholding(loaded: Kent) -> None:
    WithholdingTerm.objects.update(in_force_from=JULY)
    with pytest.raises(Refused, match="No term of the agreement says what may be withheld under Contract Performance"):
        withholding_notice(loaded)


def test_the_certificates_after_the_end_of_a_notice_say_nothing_of_it(loaded: Kent) -> None:
    notice = withholding_notice(loaded)
    moved(loaded, notice, S.WITHDRAWN, date(2019, 6, 10))
    WithholdingTerm.objects.update(in_force_from=JULY)
    for month in (JUNE, JULY, AUGUST):
        assert of_notices(loaded, month) == []
        assert [said for said in proposed(loaded, month).unknown if "CPN" in said] == []


def test_a_part_of_the_whole_payment_is_withheld_element_by_element(loaded: Kent) -> None:
    WithholdingTerm.objects.update(basis="agreement")
    withholding_notice(loaded, element=None)
    found = proposed(loaded, JUNE)
    assert sum(item.amount for item in of_notices(loaded, JUNE)) == sum(
        (one.due / 50).quantize(Decimal("0.01")) for one in found.instalments
    )
    assert len(of_notices(loaded, JUNE)) == len(found.instalments)


def test_several_notices_take_no_more_than_the_instalment_together(loaded: Kent) -> None:
    WithholdingTerm.objects.update(percent=60)
    withholding_notice(loaded)
    withholding_notice(loaded)
    first, second = of_notices(loaded, JUNE)
    assert (first.amount, second.amount) == (Decimal("60000.00"), Decimal("40000.00"))
    assert second.reason.endswith("; £40,000.00 of £60,000.00 is left of the instalment")
    payment = certified(loaded, JUNE)
    assert payment.to_pay >= 0


def test_empty_posts_come_first(loaded: Kent) -> None:
    WithholdingTerm.objects.update(percent=100)
    withholding_notice(loaded, element="khnes")
    items = {item.kind: item.amount for item in proposed(loaded, AUGUST).items}
    assert items == {ItemKind.SHORTFALL: Decimal("12400.00"), ItemKind.NOTICE: Decimal("7600.00")}


@pytest.mark.parametrize(("to", "on"), [(S.UNRESOLVED, date(2019, 7, 10)), (S.RESOLVED, date(2019, 12, 4))])
def test_what_is_not_put_right_in_time_is_kept(loaded: Kent, to: NoticeStage, on: date) -> None:
    notice = withholding_notice(loaded)
    paid(loaded, JUNE)
    moved(loaded, notice, to, on)
    assert all(item.direction == Direction.DEDUCTION for month in (JULY, AUGUST) for item in of_notices(loaded, month))


def test_what_a_withdrawn_notice_withheld_is_given_back(loaded: Kent) -> None:
    notice = withholding_notice(loaded)
    paid(loaded, JUNE)
    paid(loaded, JULY)
    moved(loaded, notice, S.WITHDRAWN, date(2019, 8, 5))
    (back,) = of_notices(loaded, AUGUST)
    assert back.change == Decimal("4000.00")
    assert back.reason == (
        "CPN 2019/01: withdrawn on 5 August 2019, so what was withheld of 2 months, June 2019 to July 2019, "
        "is given back"
    )
    certified(loaded)
    assert of_notices(loaded, SEPTEMBER) == []


def test_a_withholding_left_out_on_purpose_is_neither_asked_for_again_nor_released(loaded: Kent) -> None:
    notice = withholding_notice(loaded)
    found = proposed(loaded, JUNE)
    certify(
        loaded.agreement,
        JUNE,
        payer=kcc(),
        items=[item for item in found.items if item.kind != ItemKind.NOTICE],
        expected_to_pay=found.to_pay + Decimal(2000),
        by=Actor.person(finance(loaded)),
        at=moment_after(JUNE),
        left_out_because="The plan is under way",
    )
    assert changes(loaded, JULY) == [("ehu", "-2000.00")]
    put_right(loaded, notice)
    assert changes(loaded, JULY) == []


def test_a_release_that_was_left_out_is_proposed_again(loaded: Kent) -> None:
    notice = withholding_notice(loaded)
    paid(loaded, JUNE)
    put_right(loaded, notice)
    certified(loaded, JULY, items=[i for i in proposed(loaded, JULY).items if i.kind != ItemKind.NOTICE])
    assert changes(loaded, AUGUST) == [("ehu", "2000.00")]


def test_an_approved_certificate_says_what_the_notice_says(loaded: Kent) -> None:
    withholding_notice(loaded, JUNE_3)
    assert approved(loaded, certified(loaded, JUNE)).state == "approved"


def test_what_changed_of_a_notice_since_stops_the_approval(loaded: Kent) -> None:
    notice = withholding_notice(loaded)
    payment = certified(loaded, JUNE)
    moved(loaded, notice, S.WITHDRAWN, date(2019, 7, 5))
    with pytest.raises(CannotPay, match=r"what CPN 2019/01 withholds of Early Help was £2,000.00 and is £0.00 now"):
        approved(loaded, payment)


def test_a_notice_that_came_to_withholding_since_stops_the_approval(loaded: Kent) -> None:
    payment = certified(loaded, JUNE)
    withholding_notice(loaded)
    with pytest.raises(CannotPay, match=r"what CPN 2019/01 withholds of Early Help was £0.00 and is £2,000.00 now"):
        approved(loaded, payment)


def test_what_was_released_is_undone_before_what_withheld_it(loaded: Kent) -> None:
    notice = withholding_notice(loaded)
    june = paid(loaded, JUNE)
    put_right(loaded, notice)
    july = certified(loaded, JULY)
    by = Actor.person(finance(loaded))
    with pytest.raises(CannotPay, match=f"payment {july.number} gives back. Cancel or reverse payment {july.number}"):
        reverse(june, reason="Wrong", by=by, at=moment_after(JULY))
    cancel(july, reason="Wrong", by=by, at=moment_after(JULY))
    reverse(june, reason="Wrong", by=by, at=moment_after(JULY))


def test_a_month_made_anew_withholds_anew(loaded: Kent) -> None:
    withholding_notice(loaded)
    cancel(certified(loaded, JUNE), reason="Wrong", by=Actor.person(finance(loaded)), at=moment_after(JUNE))
    assert changes(loaded, JUNE) == [("ehu", "-2000.00")]


def test_the_money_of_months_without_a_payment_has_what_is_proposed(loaded: Kent) -> None:
    notice = withholding_notice(loaded)
    paid(loaded, JUNE)
    put_right(loaded, notice)
    entry = {one.month: one for one in ledger_of(loaded.agreement, AUGUST).entries if one.element == "ehu"}
    assert [entry[JUNE].deducted, entry[JULY].added, entry[AUGUST].added] == [2000, 2000, 0]


def test_what_is_proposed_as_of_an_earlier_day_leaves_out_what_came_later(loaded: Kent) -> None:
    withholding_notice(loaded)
    before = ledger_of(loaded.agreement, JUNE, as_at=moment_after(MAY, 1))
    assert sum(one.deducted or 0 for one in before.entries if one.element == "ehu") == 0
