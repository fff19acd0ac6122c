"""Text without what nobody can see in it: control characters, direction marks, zero-width characters. Pure."""

import unicodedata

LINE_BREAKS_AND_TABS = "\n\r\t"
# Control and format characters, and halves of a pair (Unicode, General_Category).
UNSEEN = ("Cc", "Cf", "Cs")


def visible(text: str) -> str:
    """`text` with its line breaks and tabs, and without any other character that is not seen."""
    return "".join(one for one in text if one in LINE_BREAKS_AND_TABS or unicodedata.category(one) not in UNSEEN)
