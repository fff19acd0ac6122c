"""Text without what nobody can see in it: control characters, direction marks, zero-width characters. Pure."""

import re
import unicodedata
from collections.abc import Iterator

LINE_BREAKS_AND_TABS = "\n\r\t"
# Control and format characters, halves of a pair, and what everybody may draw as they like (Unicode, General_Category).
UNSEEN = ("Cc", "Cf", "Cs", "Co")
# Letters and marks that are drawn as nothing, besides the format characters (Unicode, Default_Ignorable_Code_Point),
# and what Unicode keeps from being a character.
DRAWN_AS_NOTHING = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef\ufdd0-\ufdef\ufffe\uffff]"
)
BLANK = "\u2800"  # the Braille pattern without a dot: seen as a space, but none by its class
MARKS = ("Mn", "Me")
# Marks that stand on one letter; written languages need two or three, more cover the lines around.
MOST_MARKS = 4


def visible(text: str) -> str:
    """`text` with its line breaks and tabs, without any other character that is not seen, and few marks on a letter."""
    return "".join(_seen(DRAWN_AS_NOTHING.sub("", text).replace(BLANK, " ")))


def _seen(text: str) -> Iterator[str]:
    marks = 0
    for one in text:
        category = unicodedata.category(one)
        marks = marks + 1 if category in MARKS else 0
        if one in LINE_BREAKS_AND_TABS or (category not in UNSEEN and marks <= MOST_MARKS):
            yield one
