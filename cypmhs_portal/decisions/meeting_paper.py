"""A meeting as a paper: its agenda, and of one that was held the notes and the actions agreed at it."""

from datetime import datetime

from contracts.formatting import count_of, day, weekday
from contracts.models import Meeting
from contracts.papers.paper import Block, Definitions, Heading, Paper, Paragraph, Table, paragraphs_of
from cypmhs_portal.decisions.meeting_page import AgendaPart, MeetingPage, count_in

COLUMNS = ("Item", "How it stands", "Next to act")


def paper_of(page: MeetingPage, as_at: datetime) -> Paper:
    """The paper of a meeting as known at `as_at`."""
    meeting = page.meeting
    return Paper(
        title=meeting.title,
        stamp=(
            f"{meeting.agreement.name}",
            f"{meeting.get_state_display()}: {when_and_where(meeting)}",
            f"Agenda as things stood on {day(as_at.date() if not page.is_held else meeting.meets_on)}",
        ),
        blocks=(
            Heading("Agenda"),
            Paragraph(f"{count_of(count_in(page.agenda), 'item')}, made from what is open."),
            *(block for part in page.agenda for block in _part(part)),
            *(_minutes(page) if page.is_held else ()),
        ),
        written_at=as_at,
        running=f"{meeting.title}, {day(meeting.meets_on)}",
    )


def when_and_where(meeting: Meeting) -> str:
    """ "Thursday 24 October 2019 at 14:30, Sessions House"."""
    hour = f" at {meeting.starts_at:%H:%M}" if meeting.starts_at else ""
    return f"{weekday(meeting.meets_on)}{hour}{f', {meeting.place}' if meeting.place else ''}"


def _part(part: AgendaPart) -> tuple[Block, ...]:
    rows = tuple((line.what, line.detail, line.who) for line in part.lines)
    return (Heading(part.heading, 3), Table(f"{part.heading}: who acts next", COLUMNS, rows))


def _minutes(page: MeetingPage) -> tuple[Block, ...]:
    notes = [block for note in page.notes for block in paragraphs_of(note.text)]
    actions = tuple((one.what, one.owner.short_name, day(one.due_on)) for one in page.actions)
    return (
        Heading("Notes"),
        *(notes or [Paragraph("No notes were kept.")]),
        Heading("Actions agreed"),
        Table("Actions agreed at the meeting", ("Action", "Owner", "Due"), actions)
        if actions
        else Definitions((("Actions", "None was agreed."),)),
    )
