"""What a notice withholds stays as it was set when it came to withholding: on its page, in letters, in the database."""

from datetime import date
from decimal import Decimal

import pytest

from contracts.access import standing_of
from contracts.levers.ladder import NoticeStage
from contracts.models import Letter, LetterTemplate, Notice, NoticeWithholding, StepClock, WithholdingTerm
from contracts.notice_pages.held import notice_in_full
from contracts.notice_pages.terms import has_unchecked_terms
from tests.kent import DEMO_DAY, Kent
from tests.notice_visits import COMMISSIONER, day_sent, take_step
from tests.notices import CPN, moved, notice_at

pytestmark = pytest.mark.django_db
S = NoticeStage
CHECKED = {"checked_reference": "GC9.26, page 41", "checked_on": DEMO_DAY}


def term(kent: Kent) -> WithholdingTerm:
    return WithholdingTerm.objects.get(kind__agreement=kent.agreement, kind__code=CPN)


def kept(notice: Notice) -> NoticeWithholding:
    return NoticeWithholding.objects.select_related("term").get(move__notice=notice)


def edited(kent: Kent, **said: object) -> None:
    """The term edited where it was agreed, as an administrator may while it is unchecked."""
    WithholdingTerm.objects.filter(pk=term(kent).pk).update(**said)


def test_the_term_is_kept_with_the_move(kent: Kent) -> None:
    notice = notice_at(kent, S.WITHHOLDING)
    edited(kent, percent=5, basis="agreement", kept_after_months=1)
    held = kept(notice)
    assert held.term == term(kent)
    assert (held.percent, held.basis, held.kept_after_months) == (Decimal(2), "element", 6)
    assert held.move == notice.moves.get(to_stage=S.WITHHOLDING)


def test_nothing_is_kept_before(kent: Kent) -> None:
    notice_at(kent, S.EXCEPTION_REPORT)
    assert not NoticeWithholding.objects.exists()


def test_what_was_set_is_checked_where_the_term_says_the_same_still(kent: Kent) -> None:
    notice = notice_at(kent, S.WITHHOLDING)
    by = kent.people[COMMISSIONER]
    assert kept(notice).checked_reference == ""
    edited(kent, percent=5)
    edited(kent, checked_by=by, **CHECKED)
    assert kept(notice).checked_reference == ""
    # The page marks it, though the term that is in force now was found.
    StepClock.objects.update(checked_by=by, **CHECKED)
    assert has_unchecked_terms(
        notice_in_full(standing_of(kent.people[COMMISSIONER], kent.agreement), notice.pk), DEMO_DAY
    )


def test_a_term_that_was_found_afterwards_is_checked(kent: Kent) -> None:
    notice = notice_at(kent, S.WITHHOLDING)
    edited(kent, checked_by=kent.people[COMMISSIONER], **CHECKED)
    assert kept(notice).checked_reference == CHECKED["checked_reference"]


def test_later_letters_say_what_was_set(kent: Kent) -> None:
    LetterTemplate.objects.create(
        agreement=kent.agreement, occasion="closed", title="Closed", body="{amount} {release}"
    )
    notice = notice_at(kent, S.WITHHOLDING)
    began = notice.moves.get(to_stage=S.WITHHOLDING).on
    edited(kent, percent=5, kept_after_months=1)
    moved(kent, notice, S.RESOLVED)
    assert began == date(2019, 9, 7)
    assert Letter.objects.get(notice=notice, occasion="closed").body.startswith(
        "2% of the monthly instalment of Support to Early Help Units If it is put right by 7 March 2020, what is "
        "withheld is released. Put right later, or never, it is kept."
    )


def test_the_letter_of_withholding_names_the_day_of_release(kent: Kent) -> None:
    letter = Letter.objects.get(notice=notice_at(kent, S.WITHHOLDING), occasion="withholding")
    assert "If it is put right by 7 March 2020, what is withheld is released. Put right later, or never" in letter.body


def test_a_letter_before_withholding_names_no_day_of_release(kent: Kent) -> None:
    LetterTemplate.objects.create(agreement=kent.agreement, occasion="served", title="Served", body="{release}")
    letter = Letter.objects.get(notice=notice_at(kent, S.MEETING), occasion="served")
    assert letter.body.startswith("What is withheld is released or kept by the terms of the contract.")


def test_who_begins_withholding_reads_first_how_many_pounds_and_until_when(kent: Kent) -> None:
    notice = notice_at(kent, S.EXCEPTION_REPORT)
    said = take_step(kent, notice, "move/withholding/", reason="Not put right", **day_sent(date(2019, 9, 10)))
    assert "Check and confirm" in said
    assert "If it is put right by 10 March 2020, what is withheld is released. Put right later, or never" in said
    assert (
        "2% of the monthly instalment of Early Help is withheld each month until it is put right: "
        "£2,000.00 of the £100,000.00 due for September 2019" in said
    )
