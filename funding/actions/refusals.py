"""What a payment may be refused for."""


class CannotPay(Exception):
    """The step may not be taken, as things are now or by whom; the message says why in a plain sentence."""
