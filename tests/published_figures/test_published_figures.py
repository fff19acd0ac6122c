"""Each figure that a paper states and the portal can work out again: as stated, as worked out, and whether they agree.

The numbers of the papers are in cypmhs_portal/demo/data/published_figures.csv.
"""

import csv
import re
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from contracts.arithmetic import agrees, result_of
from contracts.models import Recomputation, Role
from cypmhs_portal.demo.published import DATA
from cypmhs_portal.reports.published import Comparison, Result, compare_published_figures
from tests.kent import Kent

pytestmark = pytest.mark.django_db
AGREES, DIFFERS = Result.AGREES, Result.DIFFERS

Quoted = tuple[str, str, str, str | None, str, str, Result]
# code, value, as the paper states it, what it recomputes to (None: no number), as shown, from, and whether they agree
QUOTED: list[Quoted] = [
    # 001 §2: the contribution proposed in 2016 is the sum of its parts.
    ("F01", "2728288", "£2,728,288", "2728288", "£2,728,288", "1,000,000 + 288,288 + 1,440,000", AGREES),
    # 004 §1.8: the four elements.
    ("F05", "1200000", "£1.2m", "1200000", "£1,200,000", "Funding in force: £1,200,000", AGREES),
    ("F06", "240000", "£240,000", "240000", "£240,000", "Funding in force: £240,000", AGREES),
    ("F07", "1000000", "£1m", "1000000", "£1,000,000", "Funding in force: £1,000,000", AGREES),
    ("F08", "217000", "£217,000", "217000", "£217,000", "Funding in force: £217,000", AGREES),
    # The four add to £2.657m, which neither statement of the total is.
    ("F09", "2650000", "£2.65m", "2657000", "£2,657,000", "£1,200,000 + £240,000 + £1,000,000 + £217,000", DIFFERS),
    ("F10", "2600000", "£2.6m", "2657000", "£2,657,000", "£1,200,000 + £240,000 + £1,000,000 + £217,000", DIFFERS),
    # 003 §1.4
    ("F12", "16500000", "£16.5m", "16457000", "£16,457,000", "13,800,000 + 2,657,000", AGREES),
    # Decision 19/00076: what is kept, recommitted and refocused.
    ("F13", "1257000", "£1.257m", "1257000", "£1,257,000", "1,000,000 + 217,000 + 40,000", AGREES),
    ("F14", "1200000", "£1.2m", "1200000", "£1,200,000", "2,657,000 − 1,257,000 − 200,000", AGREES),
    ("F15", "200000", "£200k", "200000", "£200,000", "2,657,000 − 1,257,000 − 1,200,000", AGREES),
    # 003 §3.2: April 2019 against the mean of the 12 months before.
    ("P02", "106", "106", "106", "106", "Mean of the 12 months before April 2019", AGREES),
    ("P03", "187", "187", "187", "187", "Early Help caseload", AGREES),
    ("P04", "76", "+76%", "76.4150943", "+76.4%", "187 ÷ 106 − 1", AGREES),
    ("P05", "84", "84", "84", "84", "Mean of the 12 months before April 2019", AGREES),
    ("P06", "105", "105", "105", "105", "Early Help consultations", AGREES),
    ("P07", "25", "+25%", "25", "+25.0%", "105 ÷ 84 − 1", AGREES),
    ("P08", "174", "174", "174", "174", "Mean of the 12 months before April 2019", AGREES),
    ("P09", "198", "198", "198", "198", "Early Help liaisons", AGREES),
    ("P10", "14", "+14%", "13.7931034", "+13.8%", "198 ÷ 174 − 1", AGREES),
    # 004 §2: August 2019.
    ("P11", "191", "191", "191", "191", "Early Help caseload", AGREES),
    ("P12", "13783", "13,783", "13783", "13,783", "Whole service caseload", AGREES),
    ("P13", "65", "over 65%", "65.4429370", "65.4%", "9,020 ÷ 13,783", AGREES),
    ("P14", "1.3", "1.3%", "1.3857651", "1.4%", "191 ÷ 13,783", DIFFERS),
    ("P15", "8", "8%", "7.2917300", "7.3%", "1,200,000 ÷ 16,457,000", DIFFERS),
    ("P16", "met", "target met in East and West Kent", "100", "100.0%", "Verdict: green", AGREES),
    (
        "P17",
        "not reportable",
        "not able to report specifically",
        None,
        "not available",
        "Not reported by NELFT: Not recorded separately from the Complex Pathway",
        AGREES,
    ),
    ("P18", "below model", "significantly less", "38", "38.0%", "Verdict: red", AGREES),
    # KCC decision 18/00071: the total over five years against the value stated for one.
    ("X03", "15964287", "£15,964,287 p.a.", "16500995.4", "£16,500,995", "82,504,977 ÷ 5", DIFFERS),
]


@pytest.fixture(scope="module")
def compared(loaded: Kent) -> dict[str, Comparison]:
    """Every published figure as the page compares it."""
    return {one.published.code: one for one in compare_published_figures(loaded.agreement)}


@pytest.mark.parametrize("quoted", QUOTED, ids=[row[0] for row in QUOTED])
def test_a_published_figure(compared: dict[str, Comparison], quoted: Quoted) -> None:
    code, value, stated_as, recomputed, shown, worked_from, result = quoted
    one = compared[code]
    assert (one.published.value, one.published.stated_as) == (value, stated_as)
    expected = None if recomputed is None else Decimal(recomputed)
    assert (None if one.recomputed is None else round(one.recomputed, 7)) == expected
    assert (one.shown, one.result) == (shown, result)
    assert one.worked_from.endswith(worked_from)


def test_every_figure_that_can_be_recomputed_is_quoted(compared: dict[str, Comparison]) -> None:
    recomputable = {code for code, one in compared.items() if one.published.recomputation != Recomputation.NONE}
    assert recomputable == {row[0] for row in QUOTED}
    assert {code for code, one in compared.items() if one.result is Result.NOT_AVAILABLE} == set()


def test_every_figure_of_the_papers_is_held_as_published(loaded: Kent) -> None:
    with DATA.open(encoding="utf-8", newline="") as file:
        papers = {row["id"]: (row["value"], row["stated_as"], row["source"]) for row in csv.DictReader(file)}
    held = loaded.agreement.published_figures.values_list("code", "value", "stated_as", "source")
    assert {code: tuple(rest) for code, *rest in held} == papers


def test_the_page_shows_those_that_differ_beside_what_they_come_to(loaded: Kent, client: Client) -> None:
    client.force_login(loaded.people[Role.COUNCIL_COMMISSIONER])
    page = client.get("/agreements/KCC-CYPMHS-S76/published-figures/").content.decode()
    rows = {found[1]: unescape(re.sub(r"<[^>]+>", " ", found[0])) for found in _rows(page)}
    for code, stated, shown, why in [
        ("P14", "1.3%", "1.4%", "191 ÷ 13,783"),
        ("P15", "8%", "7.3%", "1,200,000 ÷ 16,457,000"),
    ]:
        assert all(words in rows[code] for words in (stated, shown, why)), rows[code]


def _rows(page: str) -> list[re.Match[str]]:
    return list(re.finditer(r'<tr[^>]*id="(\w+)".*?</tr>', page, re.DOTALL))


@pytest.mark.parametrize(
    ("expression", "result"),
    [("1000000+288288+1440000", "2728288"), ("82504977/5", "16500995.4"), ("10-2*3", "24"), ("7", "7")],
)
def test_plain_sums_go_from_left_to_right(expression: str, result: str) -> None:
    assert result_of(expression) == Decimal(result)


@pytest.mark.parametrize("expression", ["1 2", "(1+2)", "1+", "__import__('os')", "1e5", "two"])
def test_what_is_no_sum_is_refused(expression: str) -> None:
    with pytest.raises(ValueError, match="is no sum"):
        result_of(expression)


@given(st.decimals(0, 10**8, places=2), st.sampled_from(["0.1", "1", "10000", "100000"]))
def test_a_number_agrees_with_itself_rounded(number: Decimal, step: str) -> None:
    stated = (number / Decimal(step)).quantize(Decimal(1), rounding="ROUND_HALF_UP") * Decimal(step)
    assert agrees(stated, number, Decimal(step))
    assert not agrees(stated + Decimal(step), number, Decimal(step))
