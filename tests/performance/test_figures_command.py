"""What `manage.py figures` says of August 2019, from the seventeen sample returns."""

import io
import json
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from performance.needs import state_need
from tests.kent import DEMO_MOMENT, Kent

pytestmark = pytest.mark.django_db
REFERENCE = "KCC-CYPMHS-S76"
FIELDS = [
    "indicator", "element", "area", "month", "value", "numerator", "denominator", "unit",
    "target", "floor", "verdict", "reason", "shown", "sources",
]  # fmt: skip
NOT_RECORDED = "Not reported by NELFT: Not recorded separately from the Complex Pathway"

Records = dict[tuple[str, str | None, str], dict[str, Any]]


def said(*options: str) -> str:
    """What the command prints."""
    output = io.StringIO()
    call_command("figures", "--agreement", REFERENCE, *options, stdout=output)
    return output.getvalue()


@pytest.fixture(scope="module")
def august(loaded: Kent) -> Records:
    """The figures of August 2019 by indicator, element and area."""
    records = json.loads(said("--month", "2019-08", "--json"))
    return {(record["indicator"], record["element"], record["area"]): record for record in records}


@pytest.mark.parametrize(
    ("indicator", "element", "area", "fields"),
    [
        # 004 §2.6
        ("early-help-caseload", "ehu", "kent", {"value": "191", "target": "300", "verdict": "red", "shown": "191"}),
        ("early-help-caseload", "ehu", "east-kent", {"value": "108", "target": None, "verdict": "none"}),
        ("early-help-caseload", "ehu", "west-kent", {"value": "83", "target": None, "verdict": "none"}),
        # 004 §2.3
        ("total-caseload", None, "kent", {"value": "13783", "unit": "children", "verdict": "none"}),
        (
            "neurodevelopmental-share",
            None,
            "kent",
            {"shown": "65.4", "numerator": "9020", "denominator": "13783", "unit": "percent"},
        ),
        # 004 §2.7 states 1.3 % and 8 %
        ("early-help-caseload-share", "ehu", "kent", {"shown": "1.4", "numerator": "191", "denominator": "13783"}),
        (
            "spend-share-of-contract",
            "ehu",
            "kent",
            {"shown": "7.3", "numerator": "1200000", "denominator": "16457000"},
        ),
        # 004 §2.5
        (
            "hsb-caseload",
            "hsb",
            "kent",
            {"value": None, "shown": "not available", "verdict": "not_available", "reason": NOT_RECORDED},
        ),
        # 004 §2.4
        ("lac-in-standard", "lac", "east-kent", {"value": "100", "verdict": "green"}),
        ("lac-in-standard", "lac", "west-kent", {"value": "100", "verdict": "green"}),
        # Rolling 12 months, September 2018 to August 2019
        (
            "early-help-goals-met",
            "ehu",
            "kent",
            {"numerator": "248", "denominator": "402", "shown": "61.7", "verdict": "green"},
        ),
        (
            "early-help-stepped-up",
            "ehu",
            "kent",
            {"numerator": "72", "denominator": "402", "shown": "17.9", "verdict": "amber"},
        ),
        # Nobody enters these yet
        ("access-rate", None, "kent", {"value": None, "reason": "Nothing has been entered for this year yet."}),
        ("council-caseload-difference", "ehu", "kent", {"value": None, "verdict": "not_available"}),
    ],
)
def test_a_figure_of_august(
    august: Records, indicator: str, element: str | None, area: str, fields: dict[str, str | None]
) -> None:
    record = august[indicator, element, area]
    assert {name: record[name] for name in fields} == fields


def test_each_record_has_the_fields_of_the_format(august: Records) -> None:
    for record in august.values():
        assert list(record)[: len(FIELDS)] == FIELDS
        assert record["month"] == "2019-08"
        numbers = [record[name] for name in ("value", "numerator", "denominator", "target", "floor")]
        assert all(number is None or isinstance(number, str) for number in numbers)
        assert (record["value"] is None) == (record["verdict"] == "not_available") == bool(record["reason"])
        assert not record["waits_for_recompute"]


def test_areas_and_elements_are_those_of_the_agreement(august: Records) -> None:
    assert {area for _, _, area in august} == {"kent", "east-kent", "west-kent"}
    assert {element for _, element, _ in august} == {"ehu", "khnes", "lac", "hsb", None}
    assert len({indicator for indicator, _, _ in august}) == 29


def test_a_figure_names_the_cells_it_came_from(august: Records) -> None:
    source = august["early-help-caseload", "ehu", "kent"]["sources"][0]
    assert {name: source[name] for name in ("version", "sheet", "cell", "value")} == {
        "version": 1,
        "sheet": "Activity",
        "cell": "F2",
        "value": "191",
    }
    goals = august["early-help-goals-met", "ehu", "kent"]["sources"]
    assert {source["month"] for source in goals} == {*(f"2018-{m:02}" for m in range(9, 13)), *(
        f"2019-{m:02}" for m in range(1, 9)
    )}  # fmt: skip


def test_a_figure_of_money_names_the_funding_lines(august: Records) -> None:
    sources = august["spend-share-of-contract", "ehu", "kent"]["sources"]
    assert [source["cell"] for source in sources] == ["004 §1.8", *["004 §1.8"] * 4, "003 §1.4"]
    assert {source["sheet"] for source in sources} == {"Funding lines"}


def test_the_table_says_the_same_in_words(august: Records) -> None:
    lines = [line.split() for line in said("--month", "2019-08").splitlines()]
    assert lines[0] == ["Indicator", "Elem.", "Area", "August", "2019", "Target", "Floor", "Verdict"]
    assert ["early-help-caseload", "ehu", "kent", "191", "300", "240", "red"] in lines
    assert ["neurodevelopmental-share", "kent", "65.4", "%", "none"] in lines
    assert ["hsb-caseload", "hsb", "kent", "not", "available", *NOT_RECORDED.split()] in lines
    assert len(lines) == len(august) + 1


@pytest.mark.parametrize("month", ["2019-10", "2017-08", "2022-09"])
def test_a_month_without_figures_is_said_plainly(loaded: Kent, month: str) -> None:
    assert "There are no figures of" in said("--month", month)
    assert json.loads(said("--month", month, "--json")) == []


@pytest.mark.parametrize("month", ["2019-13", "August 2019", "2019-8", "2019-08-01"])
def test_no_month_is_misuse(loaded: Kent, month: str) -> None:
    with pytest.raises(CommandError, match="write the year and the month as in 2019-08"):
        said("--month", month)


def test_an_agreement_that_is_not_there_is_misuse(loaded: Kent) -> None:
    with pytest.raises(CommandError, match=f"There is no agreement called NOWHERE. There are: {REFERENCE}."):
        call_command("figures", "--agreement", "NOWHERE", "--month", "2019-08")


def test_a_month_before_returns_were_required_says_so(loaded: Kent) -> None:
    records = json.loads(said("--month", "2018-03", "--json"))
    caseload = next(r for r in records if r["indicator"] == "early-help-caseload" and r["area"] == "kent")
    assert caseload["value"] is None
    assert caseload["reason"] == "No return was required for March 2018."


def test_a_late_month_says_that_no_return_was_accepted(loaded: Kent) -> None:
    records = json.loads(said("--month", "2019-09", "--json"))
    caseload = next(r for r in records if r["indicator"] == "total-caseload" and r["area"] == "kent")
    assert caseload["reason"] == "No return for September 2019 has been accepted."


def test_figures_that_wait_say_so(loaded: Kent) -> None:
    state_need(loaded.agreement, date(2019, 8, 1), None, reason="A target was changed", at=DEMO_MOMENT)
    waiting = "These figures wait to be worked out again and may change."
    assert said("--month", "2019-08").splitlines()[0] == waiting
    assert waiting not in said("--month", "2019-07")
    records = json.loads(said("--month", "2019-08", "--json"))
    assert all(record["waits_for_recompute"] for record in records)
