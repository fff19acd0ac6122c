"""Variations: what may be changed, how a change is held against what is agreed, and how it comes into force."""
