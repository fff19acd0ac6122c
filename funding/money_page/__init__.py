"""The page of money, gathered."""
