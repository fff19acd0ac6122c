"""What breaks each constraint and trigger of the money that contract notices withhold."""

from collections.abc import Callable
from datetime import date

from django.db.models import Model

from contracts.levers.ladder import NoticeStage
from contracts.models import Notice, NoticeMove, NoticeWithholding
from funding.models import Payment, PaymentItem
from tests.invariants.refusals import Refusals, again, changed, first
from tests.invariants.refusals_of_notices import with_its_row
from tests.invariants.refusals_of_payments import here
from tests.kent import Kent
from tests.money import certified
from tests.notices import asked_notice, notice_at
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


def kept() -> NoticeWithholding:
    """What a notice withholds since it came to withholding."""
    return first(NoticeWithholding, move__notice=withholding_notice(here()))


def almost_withholding(kent: Kent) -> Notice:
    """A notice with the row of its move written, and nothing kept of what it withholds."""
    return with_its_row(notice_at(kent, NoticeStage.EXCEPTION_REPORT), "withholding")


def of_another_percentage(kent: Kent) -> None:
    move = first(NoticeMove, notice=almost_withholding(kent), to_stage="withholding")
    again(kept(), move=move, percent=5)


OF_WITHHOLDING: Refusals = {
    "what_a_notice_withholds_stays": lambda _: changed(kept(), percent=5),
    "a_notice_withholds_as_its_term_says": of_another_percentage,
    "a_part_of_an_instalment_is_of_an_element": lambda kent: withholding_notice(kent, element=None),
    "a_notice_comes_to_withholding_with_its_term": lambda kent: changed(almost_withholding(kent), stage="withholding"),
    "no_more_is_given_back_than_was_withheld": more_than_was_withheld,
    "what_was_given_back_stays_withheld": undone_under_its_release,
    "an_item_rests_on_a_served_notice": under_a_notice_not_served,
    "what_a_notice_withholds_is_of_its_kind": of_another_kind,
}
ROWS_OF_WITHHOLDING: dict[type[Model], Callable[[], Model]] = {NoticeWithholding: kept}
