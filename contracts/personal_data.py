"""Finds what could identify a child in free text. Answers with kinds only: the text itself is never repeated.

Numbers reported as such (counts, WTE, pounds) are not free text and are not for this module.
"""

import re
import unicodedata
from enum import StrEnum

from contracts.visible_text import BLANK, DRAWN_AS_NOTHING


class PersonalData(StrEnum):
    """A kind of detail that a return must not hold."""

    NHS_NUMBER = "NHS number"
    POSTCODE = "postcode"
    DATE_OF_BIRTH = "date of birth"


def with_article(kind: PersonalData) -> str:
    """A kind in a sentence: "an NHS number", "a postcode"."""
    return f"{'an' if kind is PersonalData.NHS_NUMBER else 'a'} {kind.value}"


NHS_DIGITS = 10
MODULUS = 11
_DIGIT = re.compile(r"[0-9]")
# Spaces of any kind, hyphens and dashes, dots and underscores may stand between the digits; a longer run of digits
# (a telephone number) is not an NHS number, so no digit may touch either end.
_TEN_DIGITS = re.compile(r"(?<!\d)(?=(\d(?:[\s.\-_\u2010-\u2015\u2212]{0,3}\d){9})(?!\d))")
# As it is printed, in groups of 3, 3 and 4, or digit by digit with one and the same gap, anything may stand between.
_GROUPS = re.compile(r"(?<!\d)(?=(\d{3}[\W_]{0,6}\d{3}[\W_]{0,6}\d{4})(?!\d))")
_EVENLY = re.compile(r"(?<!\d)(?=(\d([\W_]{1,6})(?:\d\2){8}\d)(?!\d))")
# All the digits that spaces, dashes and dots join, however long the gaps: ten in all are looked at, a row of counts
# is not.
_JOINED = re.compile(r"\d(?:[\s.\-_\u2010-\u2015\u2212]*\d)*")
_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d\b|\d\d?[.\-]\d\d?[.\-](?:19|20)\d\d\b")
_ISO_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d\b")

_SPACES = re.compile(r"\s+")
# "- - - -" and "......" say no more than "-" and ".": a separator of up to three characters, over and over.
_REPEATED = re.compile(r"([\W_]{1,3}?)\1+")

_POSTCODE_AREAS = (
    "AB|AL|B|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|BX|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|"
    "EC|EH|EN|EX|FK|FY|G|GL|GU|GX|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|"
    "LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|"
    "SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_POSTCODE = re.compile(
    rf"(?<![A-Za-z0-9])(?:{_POSTCODE_AREAS})\d[\dA-Z]?[\W_]{{0,6}}(\d[ABD-HJLNP-UW-Z]{{2}})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
# Cyrillic and Greek letters that look like those of a postcode.
_LOOKALIKES = str.maketrans(
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0405\u0408\u050c\u051a\u051c"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
    "ABEKMHOPCTYXISJGQWABEZHIKMNOPTYX",
)
# "D5 2nd" is a cell and an ordinal; written as a postcode it would be in capitals.
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)")

_DATE_WORDS = (
    r"(?:\d{1,4}[\s./\-]+\d{1,2}[\s./\-]+\d{1,4}|\d{1,2}(?:st|nd|rd|th)?[\s\-]+[a-z]{3,9}[\s,\-]+\d{2,4}|\d{6,8})"
)
_BIRTH = re.compile(
    rf"(?:\bd\.?\s?o\.?\s?b\b|\bdates?\s+of\s+birth\b|\bbirth\s?-?da(?:y|te)\b|\bborn\b).{{0,20}}?{_DATE_WORDS}",
    re.IGNORECASE | re.DOTALL,
)

_DASHES = re.compile("[\u2010-\u2015\u2212]")
# Headings of columns that a return and a case list have no use for. "DoB" and "d.o.b." are one.
_ABOUT_A_CHILD = re.compile(
    r"name\b|nhs|birth|\bborn\b|\bd\.? ?o\.? ?b\b|post ?code|address|street|e-?mail|phone|mobile|initials"
)


def points_at_a_child(heading: str) -> bool:
    """Whether the heading of a column says that what identifies a child stands under it, or itself does."""
    plain = _DASHES.sub("-", _plain(heading)).replace("_", " ")
    return bool(_ABOUT_A_CHILD.search(" ".join(plain.split()).casefold()) or kinds_of_personal_data(heading))


def passes_modulus_11(digits: str) -> bool:
    """Whether ten digits are a valid NHS number: weights 10 to 2, check digit 11 less the remainder, 11 read as 0
    and 10 never issued (NHS Data Dictionary, NHS NUMBER)."""
    weighted = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(NHS_DIGITS, 1, -1), strict=True))
    return (MODULUS - weighted % MODULUS) % MODULUS == int(digits[9])


def kinds_of_personal_data(text: str) -> tuple[PersonalData, ...]:
    """The kinds of personal data that `text` seems to hold, however spaced; empty when none is found."""
    if text.isascii() and not _DIGIT.search(text):
        return ()  # every kind has digits; most cells of a return have none
    plain = _plain(text)
    close = _REPEATED.sub(r"\1", _SPACES.sub(" ", plain))
    found = (
        (PersonalData.NHS_NUMBER, _holds_nhs_number(plain, close)),
        (PersonalData.POSTCODE, _holds_postcode(close)),
        (PersonalData.DATE_OF_BIRTH, _BIRTH.search(close) is not None),
    )
    return tuple(kind for kind, is_held in found if is_held)


def _plain(text: str) -> str:
    """Full-width forms made plain, and characters that are not seen (zero-width, direction marks) taken out."""
    if text.isascii() and text.isprintable():
        return text
    widened = DRAWN_AS_NOTHING.sub("", unicodedata.normalize("NFKC", text)).replace(BLANK, " ")
    return "".join(character for character in widened if character.isspace() or not _is_unseen(character))


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in ("Cf", "Cc")


def _holds_nhs_number(plain: str, close: str) -> bool:
    """Looks for ten digits in the text as it was, and for groups of them with its gaps closed up."""
    narrow = [match.group(1) for match in _TEN_DIGITS.finditer(plain)]
    grouped = [match.group(1) for form in (_GROUPS, _EVENLY) for match in form.finditer(close)]
    joined = (match.group() for match in _JOINED.finditer(close))
    runs = [run for run in narrow + grouped if not _ISO_DATE.match(run)] + [
        run for run in joined if not _DATE.match(run)
    ]
    return any(passes_modulus_11(digits) for digits in map(_digits_of, runs) if len(digits) == NHS_DIGITS)


def _digits_of(run: str) -> str:
    return "".join(character for character in run if character.isdigit())


def _holds_postcode(text: str) -> bool:
    # Small letters first become capitals where one looks like a Latin letter only as a capital.
    latin = "".join(
        character if character.isascii() else character.upper().translate(_LOOKALIKES) for character in text
    )
    return any(not _ORDINAL.fullmatch(match.group(1)) for match in _POSTCODE.finditer(latin))
