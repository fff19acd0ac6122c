"""The Kent agreement as the public papers state it, with sample returns and made-up people.

Amounts, dates, targets and decisions are published facts; thresholds marked illustrative, and every name, are not.
"""
