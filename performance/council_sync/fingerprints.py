"""A fingerprint of what a telling says, without its time: equal for equal content, however it was spelt."""

import hashlib

import msgspec

ENCODER = msgspec.json.Encoder()
TOMBSTONE = hashlib.sha256(b"deleted").hexdigest()


def fingerprint_of(*content: object) -> str:
    """SHA-256 of the codes, texts and days of a case, in hexadecimal."""
    return hashlib.sha256(ENCODER.encode(content)).hexdigest()
