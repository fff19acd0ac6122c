"""Verdicts in words, by table."""

from decimal import Decimal

import pytest

from performance.verdict_words import terms_in_words, verdict_in_words
from performance.verdicts import Polarity, Verdict

HIGHER, LOWER, CLOSEST = Polarity.HIGHER, Polarity.LOWER, Polarity.CLOSEST


@pytest.mark.parametrize(
    ("verdict", "floor", "polarity", "words"),
    [
        (Verdict.GREEN, "240", HIGHER, "Green: target met"),
        (Verdict.AMBER, "240", HIGHER, "Amber: floor met, target not"),
        (Verdict.RED, "240", HIGHER, "Red: below floor of 240"),
        (Verdict.RED, None, HIGHER, "Red: below target of 300"),
        (Verdict.RED, "340", LOWER, "Red: above floor of 340"),
        (Verdict.RED, None, LOWER, "Red: above target of 300"),
        (Verdict.AMBER, "5", CLOSEST, "Amber: within 5 of the target"),
        (Verdict.RED, "5", CLOSEST, "Red: more than 5 from the target of 300"),
        (Verdict.RED, None, CLOSEST, "Red: not on the target of 300"),
        (Verdict.NOT_AVAILABLE, "240", HIGHER, "Grey: not available"),
        (Verdict.NONE, None, HIGHER, ""),
    ],
)
def test_a_verdict_says_its_colour_and_what_was_missed(verdict, floor, polarity, words):
    limit = Decimal(floor) if floor else None
    assert verdict_in_words(verdict, Decimal(300), limit, "children", polarity) == words


@pytest.mark.parametrize(
    ("target", "floor", "polarity", "words"),
    [
        (None, None, HIGHER, "no target"),
        ("300", None, HIGHER, "a target of 300"),
        ("300", "240", HIGHER, "a target of 300; the floor is 240"),
        ("50", "5", CLOSEST, "a target of 50; up to 5 from it is tolerated"),
    ],
)
def test_terms_are_said_as_they_were_agreed(target, floor, polarity, words):
    given = [Decimal(text) if text else None for text in (target, floor)]
    assert terms_in_words(given[0], given[1], "children", polarity) == words
