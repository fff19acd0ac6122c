"""The admin site's pages of this app: formulas, levers, what returns are asked for and what was received."""

from performance.admin import definitions, figures, lever_signals, measures, reminders, returns, sync

__all__ = ["definitions", "figures", "lever_signals", "measures", "reminders", "returns", "sync"]
