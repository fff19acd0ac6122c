"""Pages of variations, and what a variation moves: they need agreements, figures and money together."""
