"""Rows of money read into plain shapes."""
