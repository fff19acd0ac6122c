"""What a notice withheld of a month whose instalment changed afterwards, and of one that was certified too early."""

from datetime import date
from decimal import Decimal

import pytest

from contracts.actions.variations import propose_variation, sign_variation
from contracts.audit import Actor
from contracts.levers.ladder import NoticeStage
from contracts.models import WithholdingTerm
from funding.actions.refusals import CannotPay
from funding.actions.reversing import reverse
from funding.actions.steps import approve, cancel
from funding.draft_items import DraftItem
from funding.models import Direction, FundingLine, ItemKind, Payment, PaymentItem
from tests.kent import Kent
from tests.money import AUGUST, certified, finance, kcc, moment_after, paid, proposed, second_finance
from tests.variations import CCG, DRAFTED_AT, Values, actor, drafted, funding_key, with_part
from tests.withholding import moved, put_right, withholding_notice

pytestmark = pytest.mark.django_db
JUNE, JULY, SEPTEMBER = date(2019, 6, 1), date(2019, 7, 1), date(2019, 9, 1)
JUNE_28, JULY_25 = date(2019, 6, 28), date(2019, 7, 25)
S = NoticeStage
TOO_LATE = (
    "June 2019 was certified on 20 July 2019, before it was recorded on 25 July 2019 that CPN 2019/01 withholds since "
    "28 June 2019, so £2,000.00 of Early Help was not withheld. To withhold it, take back the payment of June 2019 "
    "with a counter-entry, and certify that month again."
)


def varied(kent: Kent, on: date, values: Values) -> None:
    """KCC's money for Early Help varied from a day; None ends it."""
    draft = with_part(kent, drafted(kent, in_force_from=on), "funding", funding_key(kent, "ehu"), values)
    sign_variation(propose_variation(draft, by=actor(kent), at=DRAFTED_AT), by=actor(kent, CCG), at=DRAFTED_AT)


def cut(kent: Kent) -> None:
    """£12,000 a year for Early Help from 2 June: June is due £3,333.33 for its first day and £966.67 for the rest."""
    varied(kent, date(2019, 6, 2), {"annual_amount": "12000"})


def of_early_help(kent: Kent, month: date) -> dict[str, Decimal]:
    """What is proposed for Early Help beside its instalment: withheld, released and corrected."""
    held = [item for item in proposed(kent, month).items if item.element.code == "ehu"]
    assert len({item.kind + item.direction for item in held}) == len(held)
    return {f"{item.kind} {item.direction}": item.amount for item in held}


def paid_for_june(*payments: Payment) -> Decimal:
    """What the payments paid of Early Help in June, with what was corrected and released of it since."""
    lines = payments[0].lines.get(element__code="ehu").due
    items = PaymentItem.objects.filter(payment__in=payments, element__code="ehu").exclude(
        kind=ItemKind.NOTICE, direction=Direction.DEDUCTION, for_month__gt=JUNE
    )
    return lines + sum((item.change for item in items), Decimal(0))


def test_an_instalment_that_ends_is_recovered_as_far_as_it_was_paid(loaded: Kent) -> None:
    withholding_notice(loaded)
    assert paid_for_june(paid(loaded, JUNE)) == Decimal("98000.00")
    varied(loaded, JUNE, None)
    found = proposed(loaded, JULY)
    assert found.unknown[0].startswith("£98,000.00 of Early Help for June 2019 is still to recover: nothing is due")
    assert of_early_help(loaded, JULY) == {}


def test_a_month_that_is_cut_bears_the_part_of_its_instalment_as_it_is_now(loaded: Kent) -> None:
    notice = withholding_notice(loaded)
    june = paid(loaded, JUNE)
    cut(loaded)
    # £4,300.00 less 2%, £86.00, of which £98,000.00 was paid: July can bear £980.00 of it, £1,000.00 less £20.00.
    assert of_early_help(loaded, JULY) == {
        "notice deduction": Decimal("20.00"),
        "correction deduction": Decimal("980.00"),
    }
    assert "£92,806.00 of Early Help for June 2019 is still to recover" in "".join(proposed(loaded, JULY).unknown)
    july = paid(loaded, JULY)
    item = july.items.get(kind=ItemKind.CORRECTION)
    assert item.reason == (
        "June 2019 was corrected: the instalment is £4,300.00 instead of £100,000.00, and notices withhold £86.00 of "
        "it instead of £2,000.00; £980.00 of £93,786.00 is taken now, the rest later"
    )
    assert (item.basis["before"]["withheld"], item.basis["now"]["withheld"]) == ("2000.00", "86.00")
    put_right(loaded, notice, date(2019, 8, 10))
    # Of June £86.00 and of July £20.00 is released; all of it and August's own £1,000.00 goes to what is to recover.
    assert of_early_help(loaded, AUGUST)["notice addition"] == Decimal("106.00")
    assert paid_for_june(june, july) - Decimal("92806.00") == Decimal("4214.00")


def test_what_was_released_before_the_cut_is_recovered_too(loaded: Kent) -> None:
    notice = withholding_notice(loaded)
    june = paid(loaded, JUNE)
    put_right(loaded, notice)
    july = paid(loaded, JULY)
    assert paid_for_june(june, july) == Decimal("100000.00")
    cut(loaded)
    assert of_early_help(loaded, AUGUST) == {"correction deduction": Decimal("1000.00")}
    # £100,000.00 of which £4,300.00 was due; July's own £100,000.00 of which £1,000.00 was.
    assert [said.split(" of ")[0] for said in proposed(loaded, AUGUST).unknown if "Early Help" in said] == [
        "£94,700.00",
        "£99,000.00",
    ]


def test_a_cut_of_an_instalment_withheld_whole_recovers_nothing(loaded: Kent) -> None:
    WithholdingTerm.objects.update(percent=100)
    notice = withholding_notice(loaded)
    assert paid_for_june(paid(loaded, JUNE)) == 0
    cut(loaded)
    assert of_early_help(loaded, JULY) == {"notice deduction": Decimal("1000.00")}
    put_right(loaded, notice)
    assert of_early_help(loaded, JULY) == {"notice addition": Decimal("4300.00")}


def test_empty_posts_that_are_known_late_take_nothing_that_was_withheld(loaded: Kent) -> None:
    WithholdingTerm.objects.update(percent=100)
    withholding_notice(loaded, element="khnes")
    september = paid(loaded, AUGUST)
    assert september.items.get(kind=ItemKind.NOTICE).amount == Decimal("7600.00")
    FundingLine.objects.filter(element__code="khnes", funder=kcc()).update(annual_amount=Decimal("180000.00"))
    # £15,000.00 less £9,300.00 for empty posts leaves £5,700.00, all of it withheld: nothing was paid, nothing is back.
    assert [item for item in proposed(loaded, SEPTEMBER).items if item.kind == ItemKind.CORRECTION] == []


def test_a_raised_instalment_is_not_withheld_of_later(loaded: Kent) -> None:
    withholding_notice(loaded)
    paid(loaded, JUNE)
    varied(loaded, JUNE, {"annual_amount": "1320000"})
    assert of_early_help(loaded, JULY) == {
        "notice deduction": Decimal("2200.00"),
        "correction addition": Decimal("10000.00"),
    }


def test_no_more_is_recovered_than_was_paid_where_a_certifier_deducted(loaded: Kent) -> None:
    element = loaded.agreement.elements.get(code="ehu")
    by_hand = DraftItem(element, Direction.DEDUCTION, ItemKind.NOTICE, Decimal(60_000), JUNE, "Withheld", notice="SC-1")
    june = paid(loaded, JUNE, items=(*proposed(loaded, JUNE).items, by_hand))
    assert paid_for_june(june) == Decimal("40000.00")
    varied(loaded, JUNE, None)
    assert proposed(loaded, JULY).unknown[0].startswith("£40,000.00 of Early Help for June 2019 is still to recover")


def test_a_notice_that_the_portal_holds_is_not_deducted_by_hand(loaded: Kent) -> None:
    withholding_notice(loaded)
    element = loaded.agreement.elements.get(code="ehu")
    by_hand = DraftItem(
        element, Direction.DEDUCTION, ItemKind.NOTICE, Decimal(500), JUNE, "More", notice="cpn  2019/01"
    )
    with pytest.raises(CannotPay, match=r"What CPN 2019/01 withholds .* is not entered: take the deduction of £500.00"):
        certified(loaded, JUNE, items=(*proposed(loaded, JUNE).items, by_hand))


def test_a_month_certified_before_its_withholding_was_recorded_is_named_once(loaded: Kent) -> None:
    paid(loaded, JUNE)
    withholding_notice(loaded, began=JUNE_28, recorded=JULY_25)
    found = proposed(loaded, JULY)
    assert TOO_LATE in found.unknown
    assert of_early_help(loaded, JULY) == {"notice deduction": Decimal("2000.00")}
    july = certified(loaded, JULY)
    assert TOO_LATE not in proposed(loaded, AUGUST).unknown
    cancel(july, reason="Wrong", by=Actor.person(finance(loaded)), at=moment_after(JULY))
    assert TOO_LATE in proposed(loaded, AUGUST).unknown


def test_certifying_the_month_again_withholds_of_it(loaded: Kent) -> None:
    june = paid(loaded, JUNE)
    withholding_notice(loaded, began=JUNE_28, recorded=JULY_25)
    back = reverse(june, reason="Withheld too late", by=Actor.person(finance(loaded)), at=moment_after(JULY))
    approve(back, by=Actor.person(second_finance(loaded)), at=moment_after(JULY))
    assert of_early_help(loaded, JUNE) == {"notice deduction": Decimal("2000.00")}


@pytest.mark.parametrize("ending", [S.RESOLVED, S.WITHDRAWN])
def test_what_would_go_back_again_is_not_asked_for(loaded: Kent, ending: NoticeStage) -> None:
    paid(loaded, JUNE)
    notice = withholding_notice(loaded, began=JUNE_28, recorded=JULY_25)
    moved(loaded, notice, ending, date(2019, 7, 26))
    assert proposed(loaded, JULY).unknown == ()


def test_what_was_recorded_in_time_or_left_out_on_purpose_is_not_named(loaded: Kent) -> None:
    withholding_notice(loaded, began=JUNE_28)
    certified(loaded, JUNE, items=[item for item in proposed(loaded, JUNE).items if item.kind != ItemKind.NOTICE])
    assert proposed(loaded, JULY).unknown == ()
