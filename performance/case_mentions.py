"""Whether a text that everybody reads names a case that only some may see.

People write a reference in many ways: with spaces or other strokes, on two lines, without its letters, or by its last
number alone. So a text and the references are compared in letters and digits only.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Upper

from contracts.models import Agreement
from contracts.visible_text import visible
from performance.models import CouncilCase, Difference, ListedCase

PIECE = re.compile(r"[^\W\d_]+|\d+")
# A reference has no more pieces than this: CASE-2018-10324-B has four, and each letter may have been set apart.
MOST_PIECES = 8
LONGEST = 40
# Fewer digits than these are as likely a count or a year as what is left of a reference.
FEWEST_DIGITS, FEWEST_DIGITS_ALONE = 6, 5


def names_a_case(agreement: Agreement, text: str) -> bool:
    """Whether `text` says the reference of a case that either side holds or held, or enough of it to find the case."""
    pieces = [one.upper() for one in PIECE.findall(unicodedata.normalize("NFKC", visible(text)))]
    said = set(_runs(pieces))
    if not said:
        return False
    alone = sorted({one for one in pieces if one.isdigit() and len(one) >= FEWEST_DIGITS_ALONE})
    listed = ListedCase.objects.filter(case_list__version__of_return__agreement=agreement)
    held: tuple[QuerySet[Any], ...] = (Difference.objects.filter(agreement=agreement),)
    held = (*held, CouncilCase.objects.filter(agreement=agreement), listed)
    return any(_are_named(cases, said, alone).exists() for cases in held)


def _runs(pieces: Sequence[str]) -> Iterator[str]:
    """Every run of neighbouring pieces of a text that could be a reference: each has a digit."""
    for first in range(len(pieces)):
        run = ""
        for piece in pieces[first : first + MOST_PIECES]:
            run += piece
            if len(run) > LONGEST:
                break
            if any(map(str.isdigit, run)):
                yield run


def _are_named(cases: QuerySet[Any], said: set[str], alone: Sequence[str]) -> QuerySet[Any]:
    without_letters = sorted(one for one in said if one.isdigit() and len(one) >= FEWEST_DIGITS)
    squeezed: QuerySet[Any] = cases.annotate(
        whole=Upper(_without(r"[^[:alnum:]]")), digits=_without(r"\D"), last=_without(r"^.*\D(?=\d+$)")
    )
    return squeezed.filter(Q(whole__in=sorted(said)) | Q(digits__in=without_letters) | Q(last__in=alone))


def _without(pattern: str) -> Func:
    """The reference without what the pattern finds."""
    parts = (F("reference"), Value(pattern), Value(""), Value("g"))
    return Func(*parts, function="regexp_replace", output_field=CharField())
