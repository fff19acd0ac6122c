"""What breaks each constraint and trigger of notices: their kinds, moves, record, evidence and letters."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import Model

from contracts.actions.notice_evidence import write_evidence
from contracts.levers.ladder import NoticeStage
from contracts.levers.quoted import QuotedFigure
from contracts.models import (
    CalendarFeed,
    EvidenceFigure,
    Letter,
    LetterTemplate,
    Notice,
    NoticeEntry,
    NoticeKind,
    NoticeMove,
    NoticeStep,
    Occasion,
    Role,
    StepClock,
    User,
    WithholdingTerm,
)
from tests.invariants.refusals import Refusals, again, changed, element_elsewhere, elsewhere, first
from tests.invariants.refusals_of_payments import here
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.notices import ASKED_ON, SERVED_ON, asked_notice, kind_of, notice_at, served_notice

S = NoticeStage
ONE_DAY = timedelta(days=1)
QUOTED = QuotedFigure(
    as_at=DEMO_MOMENT,
    indicator_code="early-help-caseload",
    indicator_name="Early Help caseload",
    area_code="kent",
    area_name="Kent",
    month=date(2019, 8, 1),
    unit="count",
    value=Decimal(191),
)
CHECKED = {"checked_reference": "GC9.5, page 41", "checked_on": DEMO_DAY}


def asked() -> Notice:
    """A notice that KCC asked for."""
    return asked_notice(here())


def served() -> Notice:
    return served_notice(here())


def commissioner() -> User:
    return here().people[Role.COORDINATING_COMMISSIONER]


def with_its_row(notice: Notice, to: str, reason: str = "Said") -> Notice:
    """A notice with the row of a move written that its stage does not follow yet."""
    move_row(notice, notice.stage, to, reason)
    return notice


def move_row(notice: Notice, before: str, to: str, reason: str = "Said") -> NoticeMove:
    by = commissioner()
    moment = {"on": DEMO_DAY, "at": DEMO_MOMENT, "by": by, "by_name": by.name}
    return NoticeMove.objects.create(notice=notice, from_stage=before, to_stage=to, reason=reason, **moment)


def served_as(number: int, by: User) -> None:
    """Serve a notice past the action."""
    notice = with_its_row(asked(), "meeting")
    changed(notice, stage="meeting", year=2019, number=number, served_on=SERVED_ON, served_by=by)


def in_an_unknown_stage(_: Kent) -> None:
    notice = asked()
    # A trigger refuses it first.
    trigger = next(one for one in Notice._meta.triggers if one.name == "a_notice_starts_asked_for")  # type: ignore[attr-defined]  # added by pgtrigger
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL pgtrigger.ignore = '{{{trigger.get_pgid(Notice)}}}'")
    again(notice, stage="lost")


def entry(notice: Notice | None = None, **changes: object) -> NoticeEntry:
    """What the commissioner noted on a notice that was served, or as `changes` say."""
    by = commissioner()
    organisation = by.memberships.get().organisation
    said = {"kind": "note", "text": "Noted", "by": by, "by_name": by.name, "organisation": organisation}
    return NoticeEntry.objects.create(notice=notice or served(), at=DEMO_MOMENT, **{**said, **changes})


def evidence() -> EvidenceFigure:
    return first(EvidenceFigure, notice=asked_notice(here(), evidence=[QUOTED]))


def kind() -> NoticeKind:
    return kind_of(here())


def step() -> NoticeStep:
    return first(NoticeStep, kind=kind(), stage="meeting")


def step_clock() -> StepClock:
    return first(StepClock, step=step())


def term() -> WithholdingTerm:
    return first(WithholdingTerm, kind=kind())


def wording(**changes: object) -> LetterTemplate:
    """The wording of a letter for a kind of notice that has none yet."""
    new = again(kind(), code="new", abbreviation="NEW")
    said = {"agreement": new.agreement, "kind": new, "occasion": "served", "title": "Served", "body": "We serve."}
    return LetterTemplate.objects.create(**{**said, **changes})


def letter(occasion: str = "served", agreement_then: str = "Kent (KCC-CYPMHS-S76)") -> Letter:
    """A letter with the move that asked for a notice, which none is written for."""
    move = first(NoticeMove, notice=asked())
    said = {"title": "Served", "body": "We serve.", "written_on": ASKED_ON, "at": DEMO_MOMENT}
    of_move = {"notice": move.notice, "move": move, "occasion": occasion, "agreement_then": agreement_then}
    return Letter.objects.create(**of_move, **said)


def feed(person: User | None = None, **changes: object) -> CalendarFeed:
    said = {"fingerprint": "f" * 64, "made_at": DEMO_MOMENT}
    return CalendarFeed.objects.create(person=person or commissioner(), **{**said, **changes})


NOTICES: Refusals = {
    "a_notice_number_is_used_once": lambda _: served_as(served().number or 0, commissioner()),
    "a_notice_is_in_a_known_stage": in_an_unknown_stage,
    "a_notice_says_what_and_why": lambda _: again(asked(), reason=""),
    "a_served_notice_has_its_number_and_day": lambda _: changed(asked(), number=1),
    "notices_are_not_deleted": lambda _: Notice.objects.filter(pk=asked().pk)._raw_delete("default"),
    "a_notice_starts_asked_for": lambda _: again(asked(), stage="declined"),
    "a_notice_moves_as_the_table_has_it": lambda _: changed(asked(), stage="withdrawn"),
    "a_notice_moves_with_its_row": lambda _: changed(asked(), stage="declined"),
    "nobody_serves_the_notice_they_asked_for": lambda kent: served_as(9, kent.people[Role.COUNCIL_COMMISSIONER]),
    "a_served_notice_keeps_its_number_and_day": lambda _: changed(served(), number=9),
    "a_notice_is_of_a_kind_of_its_agreement": lambda kent: again(asked(), element=element_elsewhere(kent)),
    "what_was_asked_for_is_not_edited": lambda _: changed(asked(), subject="Something else"),
}
MOVES: Refusals = {
    "a_notice_move_changes_the_stage": lambda _: move_row(asked(), "asked", "asked"),
    "a_notice_is_stopped_or_raised_for_a_reason": lambda _: move_row(asked(), "asked", "declined", ""),
    "notice_moves_are_append_only": lambda _: changed(first(NoticeMove, notice=asked()), reason="Another"),
    "a_notice_move_starts_where_the_notice_is": lambda _: move_row(asked(), "plan", "monitored"),
    "a_notice_move_is_not_before_the_last_one": lambda _: again(
        first(NoticeMove, notice=asked()), from_stage="asked", to_stage="declined", on=ASKED_ON - ONE_DAY
    ),
}
RECORD: Refusals = {
    "a_notice_is_acknowledged_once": lambda _: again(entry(kind="acknowledged")),
    "a_notice_entry_is_of_a_known_kind": lambda _: entry(kind="shouted"),
    "an_answer_or_a_note_says_something": lambda _: entry(text=""),
    "notice_entries_are_append_only": lambda _: changed(entry(), text="Something else"),
    "nothing_is_added_to_a_closed_notice": lambda kent: entry(notice_at(kent, S.WITHDRAWN)),
}
EVIDENCE: Refusals = {
    "a_notice_quotes_one_figure_at_a_place": lambda _: again(evidence(), month=date(2019, 7, 1)),
    "a_notice_quotes_a_figure_once": lambda _: again(evidence(), position=9),
    "evidence_is_of_a_whole_month": lambda _: again(evidence(), month=date(2019, 7, 15)),
    "evidence_is_asked_or_served": lambda _: again(evidence(), occasion="declined"),
    "evidence_says_why_a_figure_is_not_available": lambda _: again(evidence(), position=9, value=None),
    "evidence_is_append_only": lambda _: changed(evidence(), value=300),
    "no_evidence_is_added_after_service": lambda _: write_evidence(served(), Occasion.SERVED, [QUOTED]),
}
KINDS: Refusals = {
    "a_notice_kind_code_is_used_once": lambda _: again(kind(), abbreviation="NEW"),
    "a_notice_abbreviation_is_used_once": lambda _: again(kind(), code="new"),
    "a_notice_kind_keeps_its_agreement": lambda kent: changed(kind(), agreement=elsewhere(kent)),
    "a_notice_kind_in_use_keeps_its_name": lambda _: changed(served().kind, name="Another name"),
    "a_notice_kind_has_a_stage_once": lambda _: again(step()),
    "a_notice_step_is_a_known_stage": lambda _: again(step(), stage="asked"),
    "a_notice_step_says_who_acts": lambda _: again(step(), who_acts="nobody"),
    "a_notice_step_stays_the_same_stage": lambda _: changed(step(), stage="withdrawn"),
}
TERMS: Refusals = {
    "clocks_of_a_step_do_not_overlap": lambda _: again(step_clock()),
    "a_step_clock_ends_after_it_starts": lambda kent: again(step_clock(), in_force_until=kent.agreement.starts_on),
    "a_step_clock_runs_a_day_at_least": lambda _: again(step_clock(), count=0),
    "a_step_clock_counts_a_known_unit": lambda _: again(step_clock(), unit="fortnights"),
    "a_checked_clock_says_who_found_it_where": lambda _: changed(step_clock(), checked_reference="GC9"),
    "a_checked_clock_keeps_its_days": lambda _: changed(
        changed(step_clock(), checked_by=commissioner(), **CHECKED), count=5
    ),
    "withholding_terms_of_a_kind_do_not_overlap": lambda _: again(term()),
    "a_withholding_term_ends_after_it_starts": lambda kent: again(term(), in_force_until=kent.agreement.starts_on),
    "a_part_of_a_payment_is_withheld": lambda _: again(term(), percent=0),
    "a_withholding_is_kept_after_a_month_at_least": lambda _: again(term(), kept_after_months=0),
    "a_withholding_has_a_known_basis": lambda _: again(term(), basis="goodwill"),
    "a_checked_withholding_says_who_found_it_where": lambda _: changed(term(), checked_on=DEMO_DAY),
    "a_checked_withholding_keeps_its_percentage": lambda _: changed(
        changed(term(), checked_by=commissioner(), **CHECKED), kept_after_months=None
    ),
}
LETTERS: Refusals = {
    "an_occasion_has_one_wording": lambda _: again(wording()),
    "a_wording_is_for_a_known_occasion": lambda _: wording(occasion="asked"),
    "a_wording_keeps_its_agreement": lambda kent: changed(wording(), agreement=elsewhere(kent), kind=None),
    "a_wording_is_for_a_kind_of_its_agreement": lambda kent: wording(agreement=elsewhere(kent)),
    "a_letter_is_for_a_known_occasion": lambda _: letter("asked"),
    "a_letter_says_of_which_agreement_it_is": lambda _: letter(agreement_then=""),
    "letters_are_append_only": lambda _: changed(letter(), title="Another"),
}
FEEDS: Refusals = {
    "a_person_has_one_calendar_address": lambda _: again(feed(), fingerprint="e" * 64),
    "a_calendar_address_has_a_fingerprint": lambda _: feed(fingerprint=""),
    "a_revoked_calendar_address_stays": lambda _: changed(feed(revoked_at=DEMO_MOMENT), revoked_at=None),
}
OF_NOTICES: Refusals = {
    **NOTICES,
    **MOVES,
    **RECORD,
    **EVIDENCE,
    **KINDS,
    **TERMS,
    **LETTERS,
    **FEEDS,
}
ROWS_OF_NOTICES: dict[type[Model], Callable[[], Model]] = {
    NoticeMove: lambda: first(NoticeMove, notice=asked()),
    NoticeEntry: entry,
    EvidenceFigure: evidence,
    Letter: letter,
}
