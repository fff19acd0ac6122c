"""Text that goes into a file which a spreadsheet program opens. Pure."""

import re

# What makes such a program take a text for a formula, also in the wide form that some keyboards write.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
# The programs' own sign for "this is text".
AS_TEXT = "'"


def as_plain_cell(text: str) -> str:
    """`text` so that a spreadsheet program shows it and works nothing out; a number, also below nought, stays one."""
    is_formula = text.lstrip(" ").startswith(STARTS_A_FORMULA) and not NUMBER.fullmatch(text)
    return AS_TEXT + text if is_formula else text
