"""The key under which a client sends a batch once, however often it has to be sent."""

import re

from performance.council_sync import limits

VISIBLE_ASCII = re.compile(rf"[\x21-\x7e]{{1,{limits.LONGEST_KEY}}}")


def is_a_key(text: str) -> bool:
    """Whether an Idempotency-Key is one: visible ASCII characters without a gap, no longer than is kept."""
    return bool(VISIBLE_ASCII.fullmatch(text))
