"""Whether a text that everybody reads names a case that only some may see."""

import re

from contracts.models import Agreement
from performance.models import CouncilCase, Difference, ListedCase
from performance.visible_text import visible

# What could be a reference: letters and digits, held together by hyphens, dots, slashes or underscores.
WORD = re.compile(r"\w+(?:[\-./\u2010-\u2015]\w+)*")
DASHES = re.compile("[\u2010-\u2015]")
MOST_WORDS = 1000


def names_a_case(agreement: Agreement, text: str) -> bool:
    """Whether a word of `text` is the reference of a case that either side holds or held."""
    words = {DASHES.sub("-", word) for word in WORD.findall(visible(text))[:MOST_WORDS]}
    maybe = sorted({form for word in words if any(map(str.isdigit, word)) for form in (word, word.upper())})
    if not maybe:
        return False
    return (
        Difference.objects.filter(agreement=agreement, reference__in=maybe).exists()
        or CouncilCase.objects.filter(agreement=agreement, reference__in=maybe).exists()
        or ListedCase.objects.filter(case_list__version__of_return__agreement=agreement, reference__in=maybe).exists()
    )
