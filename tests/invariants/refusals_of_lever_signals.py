"""What breaks each constraint and trigger of the terms that suggest a contract lever."""

from datetime import date
from decimal import Decimal

from contracts.models import Agreement, NoticeKind, User
from performance.models import LeverSignalTerm
from tests.invariants.refusals import Refusals, again, area_elsewhere, changed, elsewhere, first
from tests.kent import Kent


def of(signal: str) -> LeverSignalTerm:
    """The demo's first term with that signal."""
    return first(LeverSignalTerm, signal=signal)


def kind_elsewhere(agreement: Agreement) -> NoticeKind:
    return NoticeKind.objects.create(agreement=agreement, code="other", name="Other notice", abbreviation="ON")


def move_to_another_agreement(kent: Kent) -> None:
    """With its kind, so that nothing but the move itself stands against it."""
    other = elsewhere(kent)
    changed(of("return-late"), agreement=other, kind=kind_elsewhere(other))


def change_what_was_checked(_kent: Kent) -> None:
    term = changed(
        of("target-missed"),
        checked_reference="GC9.1, page 12",
        checked_by=first(User).pk,
        checked_on=date(2019, 10, 1),
    )
    changed(term, months=4)


OF_LEVER_SIGNALS: Refusals = {
    "lever_signals_of_a_thing_do_not_overlap": lambda _: again(
        of("target-missed"), in_force_from=date(2019, 6, 1), months=6
    ),
    "a_lever_signal_ends_after_it_starts": lambda _: changed(of("return-late"), in_force_until=date(2017, 9, 1)),
    "a_lever_signal_is_of_a_known_kind": lambda _: changed(of("return-late"), signal="a hunch"),
    "a_signal_of_figures_names_its_indicator_and_months": lambda _: changed(of("not-reported"), months=None),
    "a_signal_of_a_late_return_names_its_days_alone": lambda _: changed(of("return-late"), months=3),
    "a_signal_of_staff_and_no_other_has_a_threshold": lambda _: changed(of("staff-below"), threshold=None),
    "a_lever_signal_runs_a_month_at_least": lambda _: changed(of("target-missed"), months=0),
    "a_late_return_is_a_day_late_at_least": lambda _: changed(of("return-late"), days=0),
    "a_threshold_of_staff_is_above_nought": lambda _: changed(of("staff-below"), threshold=Decimal(0)),
    "a_checked_signal_says_who_found_it_where": lambda _: changed(of("return-late"), checked_reference="SC28.2"),
    "a_checked_signal_keeps_its_numbers": change_what_was_checked,
    "a_lever_signal_keeps_its_agreement": move_to_another_agreement,
    "a_lever_signal_is_of_things_of_its_agreement": lambda kent: changed(
        of("target-missed"), area=area_elsewhere(kent)
    ),
}
