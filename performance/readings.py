"""What an XmR chart says, in sentences made by rules from the chart itself. Imports no Django.

The rules are those of NHS Making Data Count: a special cause is a real change, common cause is chance, and a
target outside the limits is always met or never met at this level.
"""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from contracts.formatting import count_of, month_name, quantity, term
from performance.chart_labels import limit_text
from performance.spc import Direction, SpcChart, SpcPoint

TREND_WORDS = {"rise": "risen", "fall": "fallen"}
MONTHS_TO_STAY = 3


def spc_reading(chart: SpcChart, unit: str) -> str:
    """One or more sentences: how sure the limits are, what the last months are, what that means for the target."""
    known = [point for point in chart.points if point.value is not None]
    if not known:
        return "No month has a value, so there is no chart."
    if len(known) == 1:
        return f"{_one_month(known[0], unit)} One month is no trend."
    if not chart.limits_are_available:
        return "Limits are not available for these months, so a real change cannot be told from chance."
    sure = [] if chart.provisional else [_variation(chart, known), _assurance(chart, unit)]
    sentences = [_provisional(chart, len(known)), *sure]
    return " ".join(sentence for sentence in (*sentences, _missing(chart, len(known))) if sentence)


def _one_month(point: SpcPoint, unit: str) -> str:
    return f"Only {month_name(point.date)} has a value: {quantity(point.value, unit)}."


def _provisional(chart: SpcChart, months: int) -> str:
    if not chart.provisional:
        return ""
    needed = chart.options.minimum_points
    if len({p.rebase_group for p in chart.points}) > 1:
        return f"Limits are provisional: fewer than {needed} months have a value since the last step change."
    return f"Limits are provisional: they rest on {count_of(months, 'month')}, and {needed} are needed."


def _missing(chart: SpcChart, months: int) -> str:
    gaps = len(chart.points) - months
    return (
        f"{count_of(gaps, 'month')} of {len(chart.points)} {'has' if gaps == 1 else 'have'} no value." if gaps else ""
    )


# ---- what the last months are


def _variation(chart: SpcChart, known: list[SpcPoint]) -> str:
    """The last point's special cause with its months; common cause where it has none."""
    last = known[-1]
    if not last.special_cause_flag:
        return "No real change: the months differ by no more than chance would make them."
    cause = last.special_cause_type
    move = _move(last)
    if cause in {"Above UCL", "Below LCL"}:
        seen = _outside_limits(known)
    elif "Trend" in cause:
        seen = f"The last {chart.options.trend_run} months have {TREND_WORDS[move]} one after another"
    elif "2 in 3" in cause:
        seen = f"Two of three months are close to the {'upper' if move == 'rise' else 'lower'} limit"
    else:
        seen = (
            f"At least {chart.options.shift_run} months in a row are {'above' if move == 'rise' else 'below'} the mean"
        )
    return f"{seen}: the {move} is real, not chance{_worth(last)}."


def _move(point: SpcPoint) -> str:
    cause = point.special_cause_type
    return "rise" if "Above" in cause or "Increasing" in cause else "fall"


def _outside_limits(known: list[SpcPoint]) -> str:
    last = known[-1]
    run = 0
    for point in reversed(known):
        same_group = point.rebase_group == last.rebase_group
        if not (same_group and point.outside_limits and point.relative_to_mean == last.relative_to_mean):
            break
        run += 1
    where = "above the upper limit" if last.relative_to_mean == 1 else "below the lower limit"
    if run == 1:
        return f"{month_name(last.date)} is {where}"
    return f"Every month since {month_name(known[-run].date)} is {where}"


def _worth(point: SpcPoint) -> str:
    if point.point_type == "special_cause_concern":
        return ", and it is for the worse"
    return "" if point.point_type == "special_cause_improvement" else ", and neither better nor worse in itself"


# ---- what it means for the target


def _assurance(chart: SpcChart, unit: str) -> str:
    """The target against the limits: out of reach, always met, or met by chance; nothing without a target."""
    target = chart.options.target
    if target is None or chart.assurance_icon is None:
        return ""
    name = f"The target of {term(target, unit)}"
    if limits_contradict_the_latest(chart):
        reached = "is met" if chart.assurance_icon == "fail" else "is not met"
        return f"{name} {reached} in the latest month; these limits mix two levels and cannot say what comes next."
    if chart.assurance_icon == "inconsistent":
        return f"{name} lies between the limits, so at this level chance decides in which months it is met."
    meaning = "it will not be met" if chart.assurance_icon == "fail" else "it is met every month"
    return f"{name} is {_target_side(chart)}, so at this level {meaning}."


def limits_contradict_the_latest(chart: SpcChart) -> bool:
    """Whether the limits say the target is out of reach (or always met) and the latest month says the opposite."""
    target, direction = chart.options.target, chart.options.direction
    latest = next((p.value for p in reversed(chart.points) if p.value is not None), None)
    if target is None or latest is None or direction is Direction.NEUTRAL:
        return False
    is_met = latest <= target if direction is Direction.DECREASE else latest >= target
    return (chart.assurance_icon == "fail" and is_met) or (chart.assurance_icon == "pass" and not is_met)


def _target_side(chart: SpcChart) -> str:
    """Where a target outside the limits lies; "above it too" where the sentence before named the same limit."""
    lower_is_better = chart.options.direction is Direction.DECREASE
    is_above = (chart.assurance_icon == "fail") != lower_is_better
    last = next(p for p in reversed(chart.points) if p.value is not None)
    named = "Above UCL" if is_above else "Below LCL"
    if last.special_cause_type == named:
        return "above it too" if is_above else "below it too"
    return "above the upper limit" if is_above else "below the lower limit"


# ---- what stands below the chart, and the step that a person may record


def spc_notes(chart: SpcChart, unit: str) -> str:
    """The options the chart was made with, printed with it."""
    options, last = chart.options, chart.points[-1]
    known = sum(point.value is not None for point in chart.points)
    steps = ", ".join(month_name(day) for day in options.rebase_dates) or "none"
    parts = [
        "XmR chart.",
        f"Mean {limit_text(last.mean, unit)}; limits {limit_text(last.lpl, unit)} and {limit_text(last.upl, unit)}"
        " (mean ± 2.66 × mean moving range)."
        if chart.limits_are_available
        else "Limits not available.",
        "Outlying moving ranges are screened out." if options.screen_outliers else "No moving range is screened out.",
        f"Runs of {options.shift_run}, trends of {options.trend_run}; {count_of(known, 'point')}.",
        f"Limits fixed after {count_of(options.fix_after, 'point')}." if options.fix_after else "",
        f"Step changes recorded: {steps}.",
    ]
    return " ".join(part for part in parts if part)


def step_worth_recording(chart: SpcChart) -> date | None:
    """The month of a sudden move after which the series stayed: limits over both levels mix two processes.

    It is offered to a person and never made: a step change is a logged decision. None where no move between
    neighbours is wider than the limits, or where fewer than three months have stayed on the new side.
    """
    group = [p for p in chart.points if p.rebase_group == chart.points[-1].rebase_group] if chart.points else []
    moves = [
        (abs(now.value - then.value), now)
        for then, now in pairwise(group)
        if now.value is not None and then.value is not None
    ]
    if not moves or not chart.limits_are_available:
        return None
    size, point = max(moves, key=lambda move: move[0])
    after = [p for p in group if p.date >= point.date and p.value is not None]
    stayed = len(after) >= MONTHS_TO_STAY and len({p.relative_to_mean for p in after}) == 1
    return point.date if stayed and size > _width(point) else None


def _width(point: SpcPoint) -> Decimal:
    return (point.upl or Decimal(0)) - (point.lpl or Decimal(0))


def not_reported_reading(months: int, since: date) -> str:
    """In place of a chart: "No chart. Not reported in any of the 17 months since April 2018." """
    if months == 1:
        return f"No chart. Not reported in {month_name(since)}, the only month so far."
    return f"No chart. Not reported in any of the {months} months since {month_name(since)}."


def value_against_target(value: Decimal | None, target: Decimal | None, unit: str) -> str:
    """ "191 of 300 children" as words: "191 children against a target of 300"."""
    if value is None:
        return ""
    return quantity(value, unit) + (f" against a target of {term(target, unit)}" if target is not None else "")
