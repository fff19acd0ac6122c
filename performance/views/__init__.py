"""The pages about returns."""
