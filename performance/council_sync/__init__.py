"""What a batch of the council's Early Help cases may say, and which of two tellings of a case holds. Pure."""
