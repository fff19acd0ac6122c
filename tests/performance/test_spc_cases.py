"""Reading and writing files of XmR cases, and what is said of a file that is none."""

import json
from decimal import Decimal

import pytest

from performance.spc import Direction
from performance.spc_cases import CaseFileError, charts_of, read_cases

INPUT = {
    "dates": ["2018-04-01", "2018-05-01", "2018-06-01"],
    "values": [10, 12.5, None],
    "improvement_direction": "decrease",
    "target": 3.1,
    "rebase_dates": ["2018-05-01"],
    "fix_after_n_points": 12,
    "screen_outliers": False,
}


def text_of(**changes: object) -> str:
    return json.dumps({"cases": [{"id": "one", "input": {**INPUT, **changes}}]})


def test_numbers_are_read_as_they_are_written() -> None:
    (case,) = read_cases(text_of())
    assert case.values == (Decimal(10), Decimal("12.5"), None)
    assert case.options.target == Decimal("3.1")
    assert case.options.direction is Direction.DECREASE
    assert case.options.fix_after == 12
    assert case.options.screen_outliers is False


def test_options_may_be_left_out() -> None:
    given = {"dates": INPUT["dates"], "values": INPUT["values"]}
    (case,) = read_cases(json.dumps({"cases": [{"id": "one", "input": given}]}))
    assert case.options.direction is Direction.INCREASE
    assert (case.options.target, case.options.rebase_dates, case.options.fix_after) == (None, (), None)
    assert case.options.screen_outliers is True


def test_what_is_printed_is_json_with_null_where_limits_are_not_available() -> None:
    printed = json.loads(json.dumps(charts_of(text_of()), allow_nan=False))
    (case,) = printed["cases"]
    assert case["id"] == "one"
    assert [point["date"] for point in case["points"]] == INPUT["dates"]
    assert case["points"][0]["mean"] == 10
    assert case["points"][0]["upl"] is None
    assert case["points"][2]["value"] is None
    assert case["variation_icon"] == "common_cause"


def test_no_cases_print_no_charts() -> None:
    assert charts_of('{"cases": []}') == {"cases": []}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"series": []}', "no list of cases"),
        ("3", "no list of cases"),
        ('{"cases": [{"id": "one"}]}', 'Case one has no "input"'),
        ('{"cases": [7]}', 'Case 1 has no "input"'),
        ('{"cases": [{"id": "one", "input": {"dates": [], "values": [NaN]}}]}', "NaN, which is no number"),
        (text_of(improvement_direction="up"), 'direction "up"'),
        (text_of(values=[1, 2]), "3 dates and 2 values"),
        (text_of(values="abc"), 'no list of "values"'),
        (text_of(values=[1, "2", 3]), '"2" in values'),
        (text_of(values=[1, True, 3]), '"True" in values'),
        (text_of(dates=["2018-04-01", "2018-05-01", "June"]), '"June" among its dates'),
        (text_of(dates=["2018-04-01", "2018-05-01", "2018-05-01"]), "2018-05-01 comes more than once"),
        (text_of(dates=None), 'no list of "dates"'),
        (text_of(rebase_dates=["2018-13-01"]), '"2018-13-01" among its rebase_dates'),
        (text_of(target="high"), '"high" in target'),
        (text_of(fix_after_n_points=12.5), "12.5 in fix_after_n_points"),
        (text_of(fix_after_n_points=3), "after 3 points"),
        (text_of(screen_outliers="yes"), '"yes" in screen_outliers'),
        (text_of(values=[1, 2, 3]).replace("3]", "1e999]"), "cannot be charted"),
    ],
)
def test_a_file_that_is_no_file_of_cases_is_refused_in_one_sentence(text: str, says: str) -> None:
    with pytest.raises(CaseFileError, match=says) as refused:
        charts_of(text)
    assert "\n" not in str(refused.value)
    assert "Traceback" not in str(refused.value)
