"""Reading a provider's return from the file it was sent in."""
