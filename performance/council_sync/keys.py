"""The key under which a client sends a batch once, however often it has to be sent."""

import hashlib
import re

from performance.council_sync import limits

# No comma: a header that is sent twice comes as one with a comma between the two.
VISIBLE_ASCII = re.compile(rf"[\x21-\x2b\x2d-\x7e]{{1,{limits.LONGEST_KEY}}}")


def is_a_key(text: str) -> bool:
    """Whether an Idempotency-Key is one: visible ASCII without a gap or a comma, no longer than is agreed."""
    return bool(VISIBLE_ASCII.fullmatch(text))


def kept_key(text: str | None) -> str:
    """What is kept of a key: its SHA-256 in hexadecimal, as the key itself could be a name or a number; "" for none."""
    return "" if text is None else hashlib.sha256(text.encode()).hexdigest()
