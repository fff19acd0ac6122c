"""What becomes of an agreed figure when another is signed: of a month's signed figures only the last holds."""

from collections.abc import Sequence

from contracts.formatting import day, whole
from performance.models import Explanation, ExplanationAnswer

Answered = tuple[Explanation, ExplanationAnswer | None]


def figure_notes(explanations: Sequence[Answered]) -> dict[int, str]:
    """What stands beside the figure of an explanation, by its key: what replaced it, or what it would replace."""
    signed = [
        (answer.answered_at, one.pk, one.agreed_figure)
        for one, answer in explanations
        if answer is not None and answer.is_signed and one.agreed_figure is not None
    ]
    if not signed:
        return {}
    signed_at, holds, figure = max(signed)
    other = f"{whole(figure)}, signed on {day(signed_at)}"
    notes = {key: f"Replaced by {other}" for _, key, _ in signed if key != holds}
    waiting = {one.pk for one, answer in explanations if answer is None and one.agreed_figure is not None}
    return notes | dict.fromkeys(waiting, f"Once signed, it takes the place of {other}")
