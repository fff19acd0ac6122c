"""Pages made of all three apps."""
