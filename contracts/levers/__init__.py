"""Contract levers: the ladder a notice climbs, and the clocks that run on it."""
