"""What is said and drawn of a characteristic, from the counts that its reader sees."""

from datetime import date
from decimal import Decimal

import pytest

from contracts.periods import add_months
from performance.equality.chart import group_lines
from performance.equality.file import equality_csv
from performance.equality.readings import notes, reading
from performance.equality.shapes import (
    NIL_RETURN,
    NO_RETURN,
    NOT_ASKED,
    NOT_IN_RETURN,
    NOT_REPORTED,
    Characteristic,
    MonthSeen,
    Seen,
    seen_count,
)
from performance.suppression import ShownCount, small_counts

AUGUST = date(2019, 8, 1)
GROUPS = ("Female", "Male", "Not stated")


def counts(*values: int | None, total: int | None = None, is_exact: bool = False) -> tuple[Seen, ...]:
    """Counts as a reader sees them; None is one that was not reported."""
    known = [value for value in values if value is not None]
    of = sum(known) if total is None else total
    shown = iter([ShownCount(value) for value in known] if is_exact else small_counts(known))
    missing = Seen(None, NOT_REPORTED, reason="Not collected")
    return tuple(missing if v is None else seen_count(next(shown), of, is_exact=is_exact) for v in values)


def sex(*months: tuple[Seen, ...], total: int | None = 191, is_exact: bool = False) -> Characteristic:
    """Sex in the months to August 2019."""
    first = add_months(AUGUST, 1 - len(months))
    seen = tuple(MonthSeen(add_months(first, place), total, held) for place, held in enumerate(months))
    return Characteristic("Early Help", "Sex", GROUPS, "Caseload", seen, is_exact)


def all_alike(text: str) -> tuple[Seen, ...]:
    return (Seen(None, text),) * len(GROUPS)


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (
            sex(counts(88, 99, 4)),
            "Male is the largest group in August 2019: about 100 children, about 52% of 191. "
            "Of 3 counts, 2 are hidden.",
        ),
        (
            sex(counts(88, 99, 4, is_exact=True), is_exact=True),
            "Male is the largest group in August 2019: 99 children, 51.8% of 191.",
        ),
        (
            sex(counts(45, 45, 101)),
            "Not stated is the largest group in August 2019: about 100 children, about 52% of 191.",
        ),
        (
            sex(counts(94, 96, 21), total=211),
            "Female and Male are the largest groups in August 2019: about 95 children each, about 45% of 211.",
        ),
        (
            sex(counts(94, 97, None)),
            "Female and Male are the largest groups in August 2019: about 95 children each, about 50% of 191. "
            "Of 3 counts, 1 is not reported.",
        ),
        (sex(counts(2, 3, 1)), "No count can be shown for August 2019. Of 3 counts, 3 are hidden."),
        (sex(counts(0, 0, 0, is_exact=True), is_exact=True), "No group has a child in August 2019."),
        (sex(all_alike(NO_RETURN)), "No return for August 2019 has been accepted."),
        (sex(all_alike(NIL_RETURN)), "The return for August 2019 is a nil return."),
        (sex(counts(None, None, None)), "Sex is not reported for August 2019."),
        (sex(all_alike(NOT_IN_RETURN)), "Sex is not in the return for August 2019."),
        (sex(all_alike(NOT_ASKED)), "The return for August 2019 was not asked for Sex."),
    ],
)
def test_a_month_in_words(held, said):
    assert reading(held) == said


def test_the_year_before_is_told_where_the_same_group_is_shown():
    year = [counts(40, 46, 2)] + [counts(60, 70, 5)] * 11
    said = "A year before, it was about 45 children, about 51%."
    assert said in reading(sex(*year, counts(88, 99, 4)))
    assert "year before" not in reading(sex(*year[1:], counts(88, 99, 4)))
    assert "year before" not in reading(sex(*[counts(4, 3, 2), *year[1:]], counts(88, 99, 4)))


def test_a_share_is_made_of_the_count_as_it_is_shown():
    assert [seen.share for seen in counts(32, 134, 25)] == [Decimal(16), Decimal(71), Decimal(13)]
    assert {one.share for one in counts(88, 99, 4)} == {None, Decimal(52)}
    # Exact counts that look alike have the same share.
    assert counts(98, 93, total=191)[0] == counts(102, 89, total=191)[0]


def test_a_share_is_never_more_than_all_of_it():
    (seen,) = counts(8, total=9)
    assert (seen.count, seen.share, seen.share_text) == (10, Decimal(100), "about 100%")


def test_a_count_without_a_total_has_no_share():
    assert seen_count(ShownCount(10), None, is_exact=False) == Seen(10, "10")
    assert seen_count(ShownCount(0), 0, is_exact=True) == Seen(0, "0")


def test_a_chart_has_gaps_and_no_line_for_what_is_never_shown():
    held = sex(counts(60, 70, 4), counts(60, 71, 8), counts(88, 99, 4))
    figure = group_lines(held)
    assert figure is not None
    lines = {line["name"]: line["y"] for line in figure["data"]}
    assert lines == {"Female": [None, 60.0, None], "Male": [70.0, 70.0, 100.0], "Not stated": [None, 10.0, None]}
    assert all(line["connectgaps"] is False for line in figure["data"])
    assert [entry["text"] for entry in figure["legend"]] == list(GROUPS)
    hovers = [text for line in figure["data"] for text in line["hovertext"] if text]
    assert "Male, June 2019: about 70" in hovers
    assert len(hovers) == 5
    assert notes(held) == "A gap is a month whose count is hidden or not reported: it is not nought."


def test_a_group_that_is_never_shown_is_named_below_the_chart():
    held = sex(counts(60, 70, 4), counts(88, 99, 4))
    assert notes(held).endswith("Not drawn, because no month shows a count: Female; Not stated.")


def test_there_is_no_chart_of_one_month_or_of_nothing():
    assert group_lines(sex(counts(88, 99, 4))) is None
    assert group_lines(sex(all_alike(NO_RETURN), counts(1, 2, 1))) is None


def test_the_file_says_what_stands_in_place_of_a_number_and_is_safe_to_open():
    held = Characteristic(
        "=Early Help", "Sex", ("-Female", "Male"), "Caseload", (MonthSeen(AUGUST, 1203, counts(4, None)),), False
    )
    lines = equality_csv([held]).decode().removeprefix("\ufeff").splitlines()
    assert lines[1].startswith("'=Early Help,Sex,2019-08,'-Female,*,,1203,Caseload,,")
    assert lines[2].startswith("'=Early Help,Sex,2019-08,Male,not reported,,1203,Caseload,Not collected,")


def test_numbers_in_the_file_have_no_commas():
    held = sex(counts(5001, 4002, 1200, is_exact=True), total=10203, is_exact=True)
    assert ",5001,49.0,10203,Caseload,,exact" in equality_csv([held]).decode()
