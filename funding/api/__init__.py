"""The API of what was paid: funding lines, payments, and a year of money."""
