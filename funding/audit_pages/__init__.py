"""The audit view of money: every payment with what it rests on, and every change of money with its reason."""
