"""What systems may ask of performance: the council's Early Help cases."""
