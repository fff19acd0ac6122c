"""What is done with money, each step one sentence, one transaction and one event."""
