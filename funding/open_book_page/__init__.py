"""The page of the open book, gathered."""
