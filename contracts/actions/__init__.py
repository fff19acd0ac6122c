"""What people do to what was agreed: each action a sentence, in one transaction, with one audit event."""
