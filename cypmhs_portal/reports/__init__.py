"""Papers and checks made of all three apps."""
