"""The XmR charts against results that the R package NHSRplotthedots 0.2.2 gave, field by field."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from performance.spc import Direction, assurance_type
from performance.spc.rules import (
    part_of_seven,
    part_of_two_in_three,
    seven_point_one_side_mean,
    seven_point_trend,
    two_in_three,
)
from performance.spc_cases import charts_of

VECTORS = Path(__file__).parents[1] / "vectors" / "spc"
CASES_TEXT = (VECTORS / "cases.json").read_text(encoding="utf-8")
CASES: dict[str, dict[str, Any]] = {case["id"]: case for case in json.loads(CASES_TEXT)["cases"]}
CHARTS: dict[str, dict[str, Any]] = {chart["id"]: chart for chart in charts_of(CASES_TEXT)["cases"]}
STATED = json.loads((VECTORS / "stated_by_package_tests.json").read_text(encoding="utf-8"))
TOLERANCE = 1e-9
ICON_CASES = [row for row in STATED["icons_stated"] if row["case_id"] in CASES]
LIMIT_CASES = [row for row in STATED["limits_stated"] if row["case_id"] in CASES]


def test_every_reference_case_is_charted() -> None:
    assert len(CASES) == 31
    assert list(CHARTS) == list(CASES)


@pytest.mark.parametrize("case_id", list(CASES))
def test_points_agree_in_every_field(case_id: str) -> None:
    expected = CASES[case_id]["expected"]["points"]
    found = CHARTS[case_id]["points"]
    assert len(found) == len(expected)
    for point, reference in zip(found, expected, strict=True):
        assert point.keys() == reference.keys()
        for field, value in reference.items():
            if isinstance(value, int | float) and not isinstance(value, bool):
                assert point[field] == pytest.approx(value, abs=TOLERANCE), (reference["date"], field)
            else:
                assert point[field] is value or point[field] == value, (reference["date"], field)


@pytest.mark.parametrize("case_id", list(CASES))
@pytest.mark.parametrize("field", ["variation_type", "assurance_type", "variation_icon", "assurance_icon"])
def test_icons_agree(case_id: str, field: str) -> None:
    assert CHARTS[case_id][field] == CASES[case_id]["expected"][field]


@pytest.mark.parametrize("row", LIMIT_CASES, ids=[row["case_id"] for row in LIMIT_CASES])
@pytest.mark.parametrize("field", ["mean", "lpl", "upl"])
def test_limits_that_the_package_states(row: dict[str, Any], field: str) -> None:
    point = CHARTS[row["case_id"]]["points"][0]
    assert point[field] == pytest.approx(row[field], abs=0.5 * 10 ** -row.get("decimals", 6))


@pytest.mark.parametrize("row", ICON_CASES, ids=[row["case_id"] for row in ICON_CASES])
def test_icons_that_the_package_states(row: dict[str, Any]) -> None:
    chart = CHARTS[row["case_id"]]
    assert (chart["variation_icon"], chart["assurance_icon"]) == (row["variation"], row["assurance"])


def limits_case(case_id: str, source: str, screen: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """A stated case that the file lacks, made from its sister's series, with the limits stated for it."""
    given = {**CASES[source]["input"], "screen_outliers": screen}
    stated = next(row for row in STATED["limits_stated"] if row["case_id"] == case_id)
    return charts_of(json.dumps([{"id": case_id, "input": given}]))["cases"][0], stated


@pytest.mark.parametrize(
    ("case_id", "source", "screen"),
    [
        ("pkg_rnorm20_outlier_screen", "pkg_rnorm20_outlier_noscreen", True),
        ("pkg_deviations_noscreen", "pkg_deviations_screen", False),
    ],
)
def test_stated_limits_with_screening_switched(case_id: str, source: str, screen: bool) -> None:
    chart, stated = limits_case(case_id, source, screen)
    for field in ("mean", "lpl", "upl"):
        tolerance = 0.5 * 10 ** -stated.get("decimals", 6)
        assert chart["points"][0][field] == pytest.approx(stated[field], abs=tolerance)


@pytest.mark.parametrize(
    ("stated_as", "source", "direction", "target"),
    [
        ("pkg_icon_s6", "pkg_icon_s5", "decrease", -3),
        ("pkg_icon_s8", "pkg_icon_s7", "decrease", 3),
    ],
)
def test_stated_icons_when_the_same_series_should_fall(
    stated_as: str, source: str, direction: str, target: int
) -> None:
    given = {**CASES[source]["input"], "improvement_direction": direction, "target": target}
    chart = charts_of(json.dumps([{"id": stated_as, "input": given}]))["cases"][0]
    stated = next(row for row in STATED["icons_stated"] if row["case_id"] == stated_as)
    assert (chart["variation_icon"], chart["assurance_icon"]) == (stated["variation"], stated["assurance"])


@pytest.mark.parametrize("row", STATED["seven_point_one_side_mean"])
def test_seven_points_on_one_side_of_the_mean(row: dict[str, list[int]]) -> None:
    assert seven_point_one_side_mean(row["in"]) == row["out"]


@pytest.mark.parametrize("row", STATED["part_of_seven"])
def test_part_of_seven(row: dict[str, list[int]]) -> None:
    assert part_of_seven(row["in"]) == row["out"]


@pytest.mark.parametrize("row", STATED["seven_point_trend"])
def test_seven_point_trend(row: dict[str, list[int]]) -> None:
    assert seven_point_trend([Decimal(value) for value in row["in"]]) == row["out"]


@pytest.mark.parametrize("row", STATED["two_in_three"])
def test_two_in_three(row: dict[str, list[int]]) -> None:
    assert two_in_three(row["close"], row["side"]) == row["out"]


@pytest.mark.parametrize("row", STATED["part_of_two_in_three"])
def test_part_of_two_in_three(row: dict[str, list[int]]) -> None:
    assert part_of_two_in_three(two_in_three(row["close"], row["side"]), row["close"]) == row["flagged"]


@pytest.mark.parametrize("row", STATED["assurance"])
def test_assurance_type(row: dict[str, Any]) -> None:
    target = None if row["target"] is None else Decimal(row["target"])
    found = assurance_type(Direction(row["direction"]), target, Decimal(row["lpl"]), Decimal(row["upl"]))
    assert found == row["out"]
