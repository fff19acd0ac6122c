"""What may be done with returns: each a sentence, atomic, with one audit event."""
