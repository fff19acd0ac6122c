"""The exit of an element: what is left to return, to pay, to settle and to hand over until it ends."""
