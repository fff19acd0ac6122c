"""What breaks each constraint and trigger of performance."""

from datetime import date, timedelta

from contracts.models import User
from performance.models import (
    Definition,
    Figure,
    Line,
    Measure,
    MeasureRule,
    Move,
    RecomputeNeed,
    Return,
    StepChange,
    Term,
    Upload,
    Version,
)
from tests.invariants.refusals import (
    Refusals,
    again,
    changed,
    element_elsewhere,
    elsewhere,
    first,
    pathway_elsewhere,
)
from tests.kent import DEMO_MOMENT, Kent

JULY, BEFORE, LONG_BEFORE = date(2019, 7, 1), date(2017, 8, 31), date(2017, 1, 1)
LONG_AGO = DEMO_MOMENT - timedelta(days=999)


def version() -> Version:
    return first(Version, state="accepted")


def upload_once_more() -> Upload:
    """An upload that no version came of yet: each version has one of its own."""
    return again(first(Upload))


def another(number: int = 2, **changes: object) -> Version:
    """A later version beside the accepted one, in a state that lets it be there."""
    fields = {"state": "withdrawn", "upload": upload_once_more(), "number": number} | changes
    return again(version(), **fields)


def step_change(**changes: object) -> StepChange:
    fields = {"month": JULY, "reason": "A new team", "recorded_at": DEMO_MOMENT} | changes
    return StepChange.objects.create(
        indicator=first(Definition).indicator,
        recorded_by=first(User),
        **fields,
    )


def figure() -> Figure:
    return first(Figure, value__isnull=False, month=JULY)


def closed(**changes: object) -> Figure:
    """A copy of a figure that was known for an hour."""
    return again(figure(), **{"known_until": figure().known_from + timedelta(hours=1)} | changes)


def measure_elsewhere(kent: Kent) -> Measure:
    return again(first(Measure, element=None, pathway=None), agreement=elsewhere(kent))


def twice(_kent: Kent) -> None:
    step_change()
    step_change(reason="Said again")


def two_in_progress(_kent: Kent) -> None:
    another(2, state="draft")
    another(3, state="submitted")


RETURNS: Refusals = {
    "a_return_asks_for_a_measure_once": lambda _: again(first(Measure)),
    "a_measure_ends_after_it_starts": lambda _: changed(first(Measure), in_force_from=JULY, in_force_until=JULY),
    "a_measure_keeps_its_agreement": lambda kent: changed(
        first(Measure, element=None, pathway=None), agreement=elsewhere(kent)
    ),
    "a_measure_is_of_its_agreement": lambda kent: changed(first(Measure), pathway=pathway_elsewhere(kent)),
    "a_measure_is_on_a_known_sheet": lambda _: changed(first(Measure), sheet="Notes"),
    "a_rule_is_stated_once": lambda _: again(first(MeasureRule)),
    "a_rule_is_between_two_measures": lambda _: changed(first(MeasureRule), against=first(MeasureRule).measure),
    "a_rule_is_between_measures_of_one_agreement": lambda kent: changed(
        first(MeasureRule), against=measure_elsewhere(kent)
    ),
    "a_rule_is_of_a_known_kind": lambda _: changed(first(MeasureRule), kind="looks like"),
    "an_agreement_has_one_return_a_month": lambda _: again(first(Return)),
    "a_return_is_of_a_whole_month": lambda _: changed(first(Return), month=date(2018, 4, 2)),
    "a_return_is_due_after_its_month_began": lambda _: changed(first(Return), due_on=first(Return).month),
}
UPLOADS: Refusals = {
    "an_upload_has_a_known_outcome": lambda _: again(first(Upload), outcome="lost"),
    "an_upload_that_became_a_version_is_kept_whole": lambda _: again(first(Upload), content=None),
    "uploads_are_append_only": lambda _: changed(first(Upload), file_name="other.xlsx"),
}
VERSIONS: Refusals = {
    "a_version_number_is_used_once": lambda _: another(1),
    "a_return_has_one_accepted_version": lambda _: another(state="accepted"),
    "a_return_has_one_version_in_progress": two_in_progress,
    "a_version_is_in_a_known_state": lambda _: another(state="lost"),
    "an_accepted_version_was_signed_off_and_accepted": lambda _: another(
        state="accepted", submitted_at=None, accepted_at=None
    ),
    "a_submitted_version_was_signed_off": lambda _: another(state="submitted", submitted_at=None, accepted_at=None),
    "a_version_is_accepted_after_it_was_signed_off": lambda _: another(accepted_at=LONG_AGO),
    "a_version_is_replaced_after_it_was_accepted": lambda _: another(state="replaced", replaced_at=LONG_AGO),
    "a_version_moves_as_the_table_has_it": lambda _: changed(version(), state="draft"),
    "versions_are_not_deleted": lambda _: another().delete(),
    "what_a_version_says_is_not_edited": lambda _: changed(version(), prepared_by="Somebody else"),
    "when_a_version_moved_is_not_edited": lambda _: changed(version(), accepted_at=DEMO_MOMENT),
    "a_move_changes_the_state": lambda _: again(first(Move), from_state="draft", to_state="draft"),
    "moves_are_append_only": lambda _: changed(first(Move), reason="Another reason"),
}
LINES: Refusals = {
    "a_version_says_a_thing_once": lambda _: again(first(Line)),
    "a_line_is_a_value_or_a_reason": lambda _: again(first(Line, value__isnull=False), value=None),
    "a_line_is_not_negative": lambda _: again(first(Line, value__isnull=False), value=-1),
    "lines_are_append_only": lambda _: changed(first(Line), value=1),
}
FORMULAS: Refusals = {
    "definitions_of_an_indicator_do_not_overlap": lambda _: again(first(Definition), in_force_from=JULY),
    "a_definition_ends_after_it_starts": lambda _: changed(first(Definition), in_force_until=BEFORE),
    "a_definition_aggregates_in_a_known_way": lambda _: changed(first(Definition), aggregation="fortnight"),
    "a_term_is_of_a_known_part": lambda _: changed(first(Term), part="middle"),
    "a_term_of_the_return_names_its_sheet": lambda _: changed(first(Term, source="return"), sheet=""),
    "a_term_is_of_one_element_or_of_the_figures_own": lambda _: changed(
        first(Term, element__isnull=False), is_own_element=True
    ),
    "a_term_is_of_its_indicators_agreement": lambda kent: changed(
        first(Term, element__isnull=False), element=element_elsewhere(kent)
    ),
    "a_step_change_is_recorded_once": twice,
    "a_step_change_begins_with_a_month": lambda _: step_change(month=date(2019, 7, 2)),
    "a_step_change_has_a_reason": lambda _: step_change(reason=""),
}
FIGURES: Refusals = {
    "a_figure_is_known_once": lambda _: again(figure()),
    "a_figure_is_known_before_it_is_replaced": lambda _: changed(figure(), known_until=figure().known_from),
    "a_figure_is_a_value_or_a_reason": lambda _: closed(reason="There is one all the same."),
    "a_verdict_needs_a_value": lambda _: closed(verdict="not_available"),
    "no_value_without_a_denominator": lambda _: closed(denominator=0),
    "a_figure_is_of_a_whole_month": lambda _: closed(month=date(2019, 7, 2)),
    "a_figure_is_closed_once": lambda _: changed(closed(), known_until=DEMO_MOMENT),
    "figures_are_not_deleted": lambda _: figure().delete(),
    "what_a_figure_said_is_not_edited": lambda _: changed(figure(), verdict="green"),
    "a_recompute_concerns_at_least_a_month": lambda _: changed(first(RecomputeNeed), until_month=LONG_BEFORE),
    "a_recompute_concerns_whole_months": lambda _: changed(first(RecomputeNeed), from_month=date(2017, 9, 2)),
}
OF_RETURNS: Refusals = {**RETURNS, **UPLOADS, **VERSIONS, **LINES, **FORMULAS, **FIGURES}
