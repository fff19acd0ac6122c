"""Pages of decisions, of what was weighed for them, of meetings and of the actions agreed at them."""
