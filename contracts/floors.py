"""Where the floor under a target may lie. Pure."""

from decimal import Decimal

from contracts.formatting import plain


def floor_fault(target: Decimal, floor: Decimal | None, polarity: str) -> str:
    """Why the floor does not suit the target, as a sentence; empty where it does.

    Red begins beyond the floor, so it is no better than the target; where closest is best it is a distance from it.
    """
    if floor is None:
        return ""
    at_target = plain(target)
    if polarity == "higher" and floor > target:
        return f"More is better, so the floor is at most the target of {at_target}: give {at_target} or less"
    if polarity == "lower" and floor < target:
        return f"Less is better, so the floor is at least the target of {at_target}: give {at_target} or more"
    return ""
