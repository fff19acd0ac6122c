"""The admin site's pages of this app: formulas, what returns are asked for, and what was received."""

from performance.admin import definitions, figures, measures, reminders, returns, sync

__all__ = ["definitions", "figures", "measures", "reminders", "returns", "sync"]
