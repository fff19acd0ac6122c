"""What an action on what was agreed may be refused for."""


class Refused(Exception):
    """The step may not be taken, as things are now or by whom; the message says why in plain sentences."""
