"""Contract levers with the figures behind them: what the portal suggests, and asking with evidence."""
