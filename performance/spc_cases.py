"""The format of the reference cases: a file of series and options in, charts out.

    {"cases": [{"id", "input": {"dates", "values", "improvement_direction", "target", "rebase_dates",
     "fix_after_n_points", "screen_outliers"}}]}

Numbers are read as Decimal, never through a binary float; they leave as JSON numbers.
"""

import json
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from performance.spc import Direction, SpcChart, SpcOptions, SpcPoint, xmr

CaseOutput = dict[str, Any]


class CaseFileError(ValueError):
    """A file of cases that cannot be read; the message is one plain sentence."""


@dataclass(frozen=True, slots=True)
class SpcCase:
    """One series with its options."""

    id: str
    dates: tuple[date, ...]
    values: tuple[Decimal | None, ...]
    options: SpcOptions


def charts_of(text: str) -> dict[str, list[CaseOutput]]:
    """The charts of every case in a file's text, in the shape that is printed. Raises CaseFileError."""
    return {"cases": [_charted(case) for case in read_cases(text)]}


def read_cases(text: str) -> tuple[SpcCase, ...]:
    """The cases in a file's text. Raises CaseFileError for anything that is no such file."""
    try:
        document = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise CaseFileError(
            f"The file is not JSON (line {error.lineno}, column {error.colno}): give a JSON file of cases."
        ) from error
    except RecursionError as error:
        raise CaseFileError("The file is nested too deeply: give a JSON file of cases.") from error
    cases = document.get("cases") if isinstance(document, dict) else document
    if not isinstance(cases, list):
        raise CaseFileError('The file holds no list of cases: give {"cases": [...]}.')
    return tuple(_case(case, number) for number, case in enumerate(cases, start=1))


def _refuse_constant(word: str) -> NoReturn:
    raise CaseFileError(f"The file holds {word}, which is no number: give a number or null.")


def _case(raw: object, number: int) -> SpcCase:
    entry = raw if isinstance(raw, dict) else {}
    name = str(entry.get("id", number))
    given = entry.get("input")
    if not isinstance(given, dict):
        raise CaseFileError(f'Case {name} has no "input": give its dates, values and options.')
    dates = _dates(given, "dates", name)
    values = tuple(_number(value, "values", name) for value in _list(given, "values", name))
    if len(dates) != len(values):
        raise CaseFileError(
            f"Case {name} has {len(dates)} dates and {len(values)} values: give one value, or null, for each date."
        )
    return SpcCase(id=name, dates=dates, values=values, options=_options(given, name))


def _options(given: dict[str, Any], name: str) -> SpcOptions:
    try:
        return SpcOptions(
            direction=_direction(given.get("improvement_direction", "increase"), name),
            target=_number(given.get("target"), "target", name),
            rebase_dates=_dates(given, "rebase_dates", name) if given.get("rebase_dates") else (),
            fix_after=_whole(given.get("fix_after_n_points"), "fix_after_n_points", name),
            screen_outliers=_truth(given.get("screen_outliers", True), "screen_outliers", name),
        )
    except CaseFileError:
        raise
    except ValueError as error:
        raise CaseFileError(f"Case {name}: {error}") from error


def _direction(raw: object, name: str) -> Direction:
    try:
        return Direction(str(raw))
    except ValueError as error:
        raise CaseFileError(
            f'Case {name} has the direction "{raw}": give "increase", "decrease" or "neutral".'
        ) from error


def _list(given: dict[str, Any], field: str, name: str) -> list[object]:
    raw = given.get(field)
    if not isinstance(raw, list):
        raise CaseFileError(f'Case {name} has no list of "{field}": give one.')
    return raw


def _dates(given: dict[str, Any], field: str, name: str) -> tuple[date, ...]:
    return tuple(_date(raw, field, name) for raw in _list(given, field, name))


def _date(raw: object, field: str, name: str) -> date:
    try:
        return date.fromisoformat(str(raw))
    except ValueError as error:
        raise CaseFileError(f'Case {name} has "{raw}" among its {field}: give dates as YYYY-MM-DD.') from error


def _number(raw: object, field: str, name: str) -> Decimal | None:
    if raw is None or isinstance(raw, Decimal):
        return raw
    raise CaseFileError(f'Case {name} has "{raw}" in {field}: give a number or null.')


def _whole(raw: object, field: str, name: str) -> int | None:
    number = _number(raw, field, name)
    if number is not None and number != number.to_integral_value():
        raise CaseFileError(f"Case {name} has {number} in {field}: give a whole number or null.")
    return None if number is None else int(number)


def _truth(raw: object, field: str, name: str) -> bool:
    if isinstance(raw, bool):
        return raw
    raise CaseFileError(f'Case {name} has "{raw}" in {field}: give true or false.')


def _charted(case: SpcCase) -> CaseOutput:
    try:
        chart = xmr(case.dates, case.values, case.options)
    except ValueError as error:
        raise CaseFileError(f"Case {case.id}: {error}") from error
    return {"id": case.id, **chart_as_json(chart)}


def chart_as_json(chart: SpcChart) -> CaseOutput:
    """The chart as JSON values: points with the reference cases' fields, types and icons."""
    return {
        "points": [_point_as_json(point) for point in chart.points],
        "variation_type": chart.variation_type,
        "assurance_type": chart.assurance_type,
        "variation_icon": chart.variation_icon,
        "assurance_icon": chart.assurance_icon,
    }


def _point_as_json(point: SpcPoint) -> CaseOutput:
    return {field.name: _as_json(getattr(point, field.name)) for field in fields(point)}


def _as_json(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value
