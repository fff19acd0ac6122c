"""What breaks each constraint and trigger of the money that contract notices withhold."""

from datetime import date

from funding.models import Payment, PaymentItem
from tests.invariants.refusals import Refusals, again, changed, first
from tests.kent import Kent
from tests.money import certified
from tests.notices import asked_notice
from tests.withholding import put_right, withholding_notice

JUNE, JULY = date(2019, 6, 1), date(2019, 7, 1)


def withheld(kent: Kent) -> PaymentItem:
    """What June's payment withholds under a notice."""
    withholding_notice(kent)
    return first(PaymentItem, payment=certified(kent, JUNE), kind="notice")


def released(kent: Kent) -> tuple[Payment, Payment]:
    """June's payment, which withheld, and July's, which released that."""
    notice = withholding_notice(kent)
    june = certified(kent, JUNE)
    put_right(kent, notice)
    return june, certified(kent, JULY)


def more_than_was_withheld(kent: Kent) -> None:
    item = withheld(kent)
    again(item, direction="addition", amount=item.amount + 1)


def undone_under_its_release(kent: Kent) -> None:
    june, _ = released(kent)
    step = first(june.moves.model, payment=june)
    again(step, from_state="certified", to_state="cancelled", reason="Wrong")
    changed(june, state="cancelled")


def under_a_notice_not_served(kent: Kent) -> None:
    again(withheld(kent), amount=1, contract_notice=asked_notice(kent))


def of_another_kind(kent: Kent) -> None:
    again(withheld(kent), amount=1, kind="correction")


OF_WITHHOLDING: Refusals = {
    "no_more_is_given_back_than_was_withheld": more_than_was_withheld,
    "what_was_given_back_stays_withheld": undone_under_its_release,
    "an_item_rests_on_a_served_notice": under_a_notice_not_served,
    "what_a_notice_withholds_is_of_its_kind": of_another_kind,
}
