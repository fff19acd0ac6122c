"""What may be wrong with a cell of a case list, in words that repeat nothing of it: a name is a text like any other."""

import re
from dataclasses import dataclass

from contracts.personal_data import kinds_of_personal_data, with_article
from performance.workbook.wording import listed, sentence

DATE_FORM = "A day written as 2019-08-31 or 31 August 2019"
# A spreadsheet program writes a date into a CSV file as its cell is formatted, whatever was typed.
DATE_REMEDY = (
    "Format the column’s cells as text, or as dates of the form yyyy-mm-dd, before the dates are typed or pasted in. "
    "Save the list, and upload it again"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell's text, whichever cell it stands in."""

    code: str
    title: str
    found: str
    expected: str
    remedy: str = "Correct it in your own system or in the file, and upload the list again"


def blank_date() -> Fault:
    """A case without the day it opened."""
    return Fault("no-date", "A case has no opening date", "A blank cell", DATE_FORM)


def unreadable_date(is_ambiguous: bool) -> Fault:
    """A text that is no day, or could be two."""
    found = "A date that could be two different days" if is_ambiguous else "A text that is no day"
    return Fault("date", "A date cannot be read", f"{found}, which is not repeated here", DATE_FORM, DATE_REMEDY)


def not_a_reference(pattern: re.Pattern[str] | None) -> Fault:
    """A text that is no case reference."""
    expected = f"The agreed form, {pattern.pattern}" if pattern else "A reference with digits on one line, not a name"
    found = "A text that is no case reference, which is not repeated here"
    return Fault("reference", "A case reference is not of the agreed form", found, expected)


def too_long(code: str, title: str, text: str, longest: int) -> Fault:
    """A text of more characters than a cell may have, or on more than one line."""
    return Fault(code, title, f"{len(text)} characters", f"No more than {longest} characters on one line")


def like_a_formula() -> Fault:
    """A text that a spreadsheet program would work out."""
    found = "A text that begins with = + - @ or a tab"
    return Fault("formula", "A cell begins like a formula", found, "A text that begins plainly")


def personal(text: str) -> Fault | None:
    """The fault of a text that seems to identify a child."""
    kinds = kinds_of_personal_data(text)
    if not kinds:
        return None
    words = listed([with_article(kind) for kind in kinds])
    return Fault(
        "personal-data",
        f"A cell seems to hold {words}",
        f"{sentence(words)}, which is not repeated here",
        "Nothing that could identify a child",
        "Remove it, save, and upload again. This list was not kept",
    )
