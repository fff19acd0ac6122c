"""What happened to a version, and the versions and uploads of its month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from contracts.access import Standing
from contracts.permissions import Permission
from performance.models import Move, Outcome, Return, State, Upload, Version
from performance.return_files import kind_of
from performance.return_pages.sight import Names, uploads_seen_by, versions_seen_by

COLOURS = {
    State.DRAFT: "yellow",
    State.SUBMITTED: "blue",
    State.ACCEPTED: "green",
    State.SENT_BACK: "orange",
    State.WITHDRAWN: "grey",
    State.REPLACED: "grey",
}
WORDS = {
    State.DRAFT: "Draft: not signed off",
    State.SUBMITTED: "Waiting for acceptance",
    State.ACCEPTED: "Accepted",
    State.SENT_BACK: "Sent back",
    State.WITHDRAWN: "Withdrawn",
    State.REPLACED: "Replaced by a later version",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the timeline."""

    title: str
    text: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in the table of versions; `file` says what can be downloaded, empty where nothing may be."""

    number: int
    is_this: bool
    signed_off_at: datetime | None
    signed_off_by: str
    why: str
    nil_because: str
    state: str
    colour: str
    file: str


def happenings(version: Version, moves: Sequence[Move], names: Names) -> tuple[Happening, ...]:
    """The upload, then every move, in the order they happened."""
    upload = version.upload
    first = Happening(
        "Nil return stated" if version.nil_because else "Uploaded",
        version.why or version.nil_because,
        _who(upload.uploaded_by_name, upload.uploaded_by_id, names.provider),
        upload.uploaded_at,
    )
    return (first, *(_moved(move, names) for move in moves))


def version_rows(of_return: Return, standing: Standing, this: Version) -> tuple[VersionRow, ...]:
    """The versions of the month that the reader may see, newest first."""
    seen = (
        versions_seen_by(standing)
        .filter(of_return=of_return)
        .select_related("upload")
        .defer("upload__content", "upload__findings")
        .prefetch_related("moves")
    )
    may_download = standing.may(Permission.SEE_EXACT_COUNTS)
    return tuple(_version_row(version, this, may_download) for version in reversed(seen))


def rejected_uploads(of_return: Return, standing: Standing) -> tuple[Upload, ...]:
    """Uploads of the month that had errors, newest first, for those who see uploads."""
    held = uploads_seen_by(standing).filter(month=of_return.month, outcome=Outcome.REJECTED)
    return tuple(held.defer("content", "findings").order_by("-uploaded_at"))


def moves_of(version: Version) -> tuple[Move, ...]:
    """The version's moves in the order they were made."""
    return tuple(version.moves.order_by("pk"))


def _moved(move: Move, names: Names) -> Happening:
    titles = {
        State.SUBMITTED: ("Signed off", names.provider),
        State.ACCEPTED: ("Accepted", names.coordinator),
        State.SENT_BACK: ("Sent back", names.coordinator),
        State.WITHDRAWN: ("Withdrawn", names.provider),
        State.REPLACED: ("Replaced", names.coordinator),
        State.DRAFT: ("Uploaded", names.provider),
    }
    title, organisation = titles[State(move.to_state)]
    said = f"Late because: {move.late_because}" if move.late_because else move.reason
    return Happening(title, said, _who(move.by_name, move.by_id, organisation), move.at)


def _who(name: str, user: int | None, organisation: str) -> str:
    """A person with their organisation; the console has none."""
    return f"{name}, {organisation}" if user else name


def _version_row(version: Version, this: Version, may_download: bool) -> VersionRow:
    signed = _signed(version.moves.all())
    state = State(version.state)
    first = f"First return for {version.of_return.month:%B %Y}" if version.number == 1 else "No reason given"
    return VersionRow(
        number=version.number,
        is_this=version.pk == this.pk,
        signed_off_at=version.submitted_at,
        signed_off_by=signed.by_name if signed else "",
        why=version.why or first,
        nil_because=version.nil_because,
        state=WORDS[state],
        colour=COLOURS[state],
        file=file_in_words(version.upload) if may_download else "",
    )


def _signed(moves: Iterable[Move]) -> Move | None:
    return next((move for move in moves if move.to_state == State.SUBMITTED), None)


def file_in_words(upload: Upload) -> str:
    """The kind and size of a file: "XLSX, 11 KB"."""
    return f"{kind_of(upload.file_name).ending.upper()}, {max(1, round(upload.size / 1024)):,} KB"
