"""The Equality sheet month by month: what its page, its charts and its file show, each from the same counts."""
