"""The secret in a private calendar address: made of 256 random bits, and known again by its fingerprint. Pure."""

import hashlib
import logging
import re
import secrets

RANDOM_BYTES = 32
# Also an address that was cut short or mistyped: the secret is whole in it. The pages of /notices/calendar/ have none.
IN_AN_ADDRESS = re.compile(r"(?<!/notices)/calendar/[^\"']+", re.IGNORECASE)
HIDDEN = "/calendar/(private)"


def new_secret() -> str:
    """A secret that nobody guesses, fit for an address."""
    return secrets.token_urlsafe(RANDOM_BYTES)


def fingerprint_of(secret: str) -> str:
    """SHA-256 of a secret: the only thing that is kept of it. With 256 random bits it needs no salt."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def without_secret(text: str) -> str:
    """A text with the secret of every calendar address in it hidden."""
    return IN_AN_ADDRESS.sub(HIDDEN, text)


class HideCalendarSecrets(logging.Filter):
    """Hides the secret of a calendar address in whatever is logged: a request that failed is logged with its path."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record where it tells an address; nothing is held back."""
        said = record.getMessage()
        if IN_AN_ADDRESS.search(said):
            record.msg, record.args = without_secret(said), ()
        return True
