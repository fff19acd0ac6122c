"""A record of decision as a paper, in the parts of the council's own form."""

from datetime import datetime

from django.utils.timezone import localdate

from contracts.formatting import day
from contracts.models import DecisionMove, Discussion, RecordOfDecision
from contracts.papers.paper import Block, Definitions, Heading, Items, Paper, Paragraph, paragraphs_of
from cypmhs_portal.decisions.page import DecisionPage, LedTo
from cypmhs_portal.decisions.words import Part

NOTHING = "Nothing is recorded."


def paper_of(page: DecisionPage, council: str, as_at: datetime) -> Paper:
    """The paper of a decision of `council`; `as_at` is the moment of what it tells, so the same record is one file."""
    decision = page.decision
    return Paper(
        title=f"{council} – {page.title}",
        stamp=(f"Decision {decision.number}", f"{decision.agreement.name}", f"As recorded by {day(as_at.date())}"),
        blocks=(
            Definitions(page.heads),
            *_parts(page.parts),
            *_listed(
                "Cabinet Committee recommendations and other consultation",
                [_discussed(one, as_at) for one in page.discussions],
            ),
            *_parts(page.last_parts),
            *_listed("What it led to", [_led_to(one) for one in page.led_to]),
            *_listed("What happened", [_happened(move) for move in reversed(page.moves)], nothing=_of_before(decision)),
        ),
        written_at=as_at,
        author=council,
        running=f"Decision {decision.number}",
    )


def _parts(parts: tuple[Part, ...]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for part in parts:
        blocks += [Heading(part.heading), *(paragraphs_of(part.text) or (Paragraph(NOTHING),))]
    return tuple(blocks)


def _listed(heading: str, texts: list[str], nothing: str = NOTHING) -> tuple[Block, ...]:
    return (Heading(heading), Items(tuple(texts)) if texts else Paragraph(nothing))


def _discussed(one: Discussion, as_at: datetime) -> str:
    """A body that discusses the decision, and that it was still to come when the record was last added to."""
    is_to_come = one.held_on > localdate(as_at)
    return f"{day(one.held_on)}: {one.body}{' (still to come then)' if is_to_come else ''}{_said(one.outcome)}"


def _led_to(one: LedTo) -> str:
    return f"{one.text} ({one.detail.lower()})" if one.detail else one.text


def _happened(move: DecisionMove) -> str:
    return f"{move.get_to_status_display()} on {day(move.on)}, recorded by {move.by_name}{_said(move.reason)}"


def _said(text: str) -> str:
    return f". {text}" if text else ""


def _of_before(decision: RecordOfDecision) -> str:
    return f"This record stands as the papers have it{f' ({decision.source})' if decision.source else ''}."
