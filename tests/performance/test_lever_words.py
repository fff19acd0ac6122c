"""What a met term found, and what a term says, in sentences."""

from datetime import date
from decimal import Decimal

import pytest

from performance.lever_signals import MonthRead, Run
from performance.lever_terms import TermRead, term_in_words
from performance.lever_words import (
    Measured,
    doubts_of,
    late_in_words,
    missed_in_words,
    not_reported_in_words,
    staff_in_words,
    subject_of_late,
)
from performance.verdicts import Verdict

JULY, AUGUST = date(2019, 7, 1), date(2019, 8, 1)
CASELOAD = Measured("Early Help caseload", "children")
SHARE = Measured("Staff in post, KHNES", "percent")


def run(*months: MonthRead, passed_over: tuple[date, ...] = ()) -> Run:
    return Run(months, passed_over)


def missed(month: date, value: int, *, illustrative: bool = False) -> MonthRead:
    return MonthRead(month, Decimal(value), Verdict.RED, Decimal(300), illustrative)


def test_a_missed_target_in_words() -> None:
    """004 §2.6."""
    found = missed_in_words(run(missed(JULY, 187), missed(AUGUST, 191)), CASELOAD)
    assert found == "191 children in August 2019 against 300: missed in 2 of 2 months since July 2019."


def test_months_passed_over_are_said() -> None:
    june = date(2019, 6, 1)
    found = missed_in_words(run(missed(june, 187), missed(AUGUST, 191), passed_over=(JULY,)), CASELOAD)
    assert found.endswith("missed in 2 of 3 months since June 2019; 1 has no figure.")


def test_a_share_is_said_with_both_its_numbers() -> None:
    month = MonthRead(
        AUGUST, Decimal("17.91"), Verdict.AMBER, Decimal(15), numerator=Decimal(72), denominator=Decimal(402)
    )
    found = missed_in_words(run(month), Measured("Stepped up", "percent"))
    assert found.startswith("17.9% (72 of 402) in August 2019 against 15%: missed in 1 of 1 month since")


def test_a_figure_not_reported_in_words() -> None:
    month = MonthRead(AUGUST, None, Verdict.NOT_AVAILABLE, reason="Not reported by NELFT: Not recorded separately")
    assert not_reported_in_words(run(month)) == (
        "No figure in 1 of 1 month since August 2019. Not reported by NELFT: Not recorded separately."
    )
    assert not_reported_in_words(
        run(MonthRead(JULY, None), MonthRead(AUGUST, None), passed_over=(date(2019, 9, 1),))
    ) == ("No figure in 2 of 3 months since July 2019; 1 has no accepted return.")


def test_staff_in_words() -> None:
    """004 §2.8."""
    month = MonthRead(AUGUST, Decimal(38), numerator=Decimal("1.9"), denominator=Decimal(5))
    assert staff_in_words(run(month), SHARE, Decimal(80)) == (
        "1.9 of 5.0 WTE in post in August 2019, 38.0%: below 80% in 1 of 1 month since August 2019."
    )
    alone = MonthRead(AUGUST, Decimal("9.4"))
    assert staff_in_words(run(alone), Measured("Staff", "WTE"), Decimal(13)).startswith("9.4 WTE in August 2019: below")


def test_a_late_return_in_words() -> None:
    assert late_in_words(date(2019, 10, 14), 3) == (
        "The return was due on Monday 14 October 2019 and is not received: 3 Operational Days late."
    )
    assert late_in_words(date(2019, 10, 14), 3, 2) == (
        "The return was due on Monday 14 October 2019; its version 2 was sent back, with none after it: "
        "3 Operational Days late."
    )
    assert subject_of_late(AUGUST) == "August 2019 return"


def test_an_illustrative_target_is_a_doubt() -> None:
    assert doubts_of(run(missed(AUGUST, 191))) == ()
    assert doubts_of(run(missed(AUGUST, 191, illustrative=True))) == ("That target is illustrative: no paper has it.",)


@pytest.mark.parametrize(
    ("read", "words"),
    [
        (
            TermRead("target-missed", CASELOAD, months=3),
            "Early Help caseload misses its target for 3 months running or more",
        ),
        (TermRead("target-missed", CASELOAD, months=1), "Early Help caseload misses its target for 1 month or more"),
        (
            TermRead("not-reported", Measured("HSB caseload", "children", "East Kent"), months=2),
            "HSB caseload, East Kent is not reported for 2 months running or more",
        ),
        (
            TermRead("staff-below", SHARE, months=3, threshold=Decimal("80.0000")),
            "Staff in post, KHNES is below 80% for 3 months running or more",
        ),
        (TermRead("return-late", days=1), "a return is 1 Operational Day late or more"),
    ],
)
def test_a_term_in_words(read: TermRead, words: str) -> None:
    assert term_in_words(read) == words
