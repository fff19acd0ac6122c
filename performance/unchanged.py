"""The rule about a return that repeats the last accepted month number by number: perhaps the old file. Pure."""

from collections.abc import Iterator

from performance.absences import Before
from performance.findings import Finding, warning
from performance.form import Sheet
from performance.reported import Reported

# A handful of numbers may well stay as they were.
FEWEST_NUMBERS = 20


def numbers_are_not_all_as_before(known: Reported, before: Before) -> Iterator[Finding]:
    """Numbers of which each is the same as in the last accepted month are one thing to confirm.

    Equality is not compared: its counts of the month before are not at hand. Nor are noughts alone, which a nil
    return may well repeat.
    """
    values = {
        key: line.value
        for key, line in known.lines.items()
        if key[0] in known.measures and known.measures[key[0]].sheet is not Sheet.EQUALITY
    }
    if len(values) < FEWEST_NUMBERS or not any(values.values()):
        return
    if all(before.values.get(key) == value for key, value in values.items()):
        yield warning(
            "nothing-changed",
            None,
            None,
            title=f"Every number is the same as in {before.when}",
            found=f"{len(values):,} numbers, each as in {before.when}; sheet {Sheet.EQUALITY} was not compared",
            expected="Numbers that were counted for this month",
            remedy=f"Check that these are not the numbers of {before.when} once more, or say why nothing changed",
        )
