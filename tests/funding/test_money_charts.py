"""Figures of money for plotly.js, and what the shares say in words."""

import json
from datetime import date
from decimal import Decimal

import pytest

from funding.charts import running_totals, spend_bars
from funding.money_sums import Entry
from funding.readings import share_reading

JULY, AUGUST = date(2019, 7, 1), date(2019, 8, 1)
DUE = Decimal(100000)


def bars(figure):
    return [(trace["x"], trace["y"]) for trace in figure["data"]]


def test_spent_and_not_spent_add_to_the_instalment():
    figure = spend_bars([Entry("ehu", AUGUST, DUE, spent=Decimal("58739.27"))])
    assert bars(figure) == [(["2019-08-01"], [58739.27]), (["2019-08-01"], [41260.73])]
    assert [note["text"] for note in figure["layout"]["annotations"]] == [
        "£58,739.27<br>spent",
        "£41,260.73<br>not spent on it",
    ]
    json.dumps(figure)


def test_a_month_without_an_open_book_has_no_bar_and_no_nought():
    figure = spend_bars([Entry("ehu", JULY, DUE, spent=None), Entry("ehu", AUGUST, DUE, spent=Decimal(0))])
    assert bars(figure) == [(["2019-08-01"], [0.0]), (["2019-08-01"], [100000.0])]


def test_more_spent_than_due_leaves_nothing_on_top():
    figure = spend_bars([Entry("ehu", AUGUST, DUE, spent=Decimal(120000))])
    assert bars(figure)[1] == (["2019-08-01"], [0.0])
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["£120,000.00<br>spent"]


def test_no_open_book_at_all_is_refused_in_plain_words():
    with pytest.raises(ValueError, match="Found no month with an open book"):
        spend_bars([Entry("ehu", AUGUST, DUE, spent=None)])


def test_running_totals_are_named_at_their_ends_with_gaps_kept():
    figure = running_totals(
        [JULY, AUGUST],
        {"Early Help": [Decimal("1"), Decimal("718691.09")], "LAC": [Decimal("5"), None], "HSB": [None, None]},
    )
    assert [trace["y"] for trace in figure["data"]] == [[1.0, 718691.09], [5.0, None], [None, None]]
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["LAC<br>£5.00", "Early Help<br>£718,691.09"]
    assert [entry["mark"] for entry in figure["legend"]] == ["disc", "square", "x"]


def test_seven_lines_are_drawn():
    figure = running_totals([AUGUST], {f"element {n}": [Decimal(n)] for n in range(7)})
    assert len(figure["data"]) == len(figure["legend"]) == 7


def test_no_amount_is_refused_in_plain_words():
    with pytest.raises(ValueError, match="Found no amount"):
        running_totals([AUGUST], {"HSB": [None]})


@pytest.mark.parametrize(
    ("money", "caseload", "sentence"),
    [
        (
            "7.2917",
            "1.3857",
            "Early Help takes 7.3% of the contract’s value and holds 1.4% of its caseload. "
            "Its share of the money is about five times its share of the children.",
        ),
        (
            "1",
            "2",
            "Early Help takes 1.0% of the contract’s value and holds 2.0% of its caseload. "
            "Its share of the children is about twice its share of the money.",
        ),
        (
            "6",
            "5.5",
            "Early Help takes 6.0% of the contract’s value and holds 5.5% of its caseload. "
            "The two shares are about the same.",
        ),
        (
            "7",
            "5",
            "Early Help takes 7.0% of the contract’s value and holds 5.0% of its caseload. "
            "Its share of the money is larger than its share of the children.",
        ),
        (
            "24",
            "1",
            "Early Help takes 24.0% of the contract’s value and holds 1.0% of its caseload. "
            "Its share of the money is about 24 times its share of the children.",
        ),
        ("7", "0", "Early Help takes 7.0% of the contract’s value and holds 0.0% of its caseload."),
        ("7", None, "Early Help takes 7.0% of the contract’s value; its share of the caseload is not available."),
        (None, "1", "Early Help holds 1.0% of the caseload; its share of the money is not available."),
        (None, None, "Neither share of Early Help is available."),
    ],
)
def test_shares_are_set_side_by_side(money, caseload, sentence):
    shares = [None if share is None else Decimal(share) for share in (money, caseload)]
    assert share_reading("Early Help", *shares) == sentence
