"""The sample returns, taken in through the same door as any upload, on the days they would have come."""

import hashlib
import re
from contextlib import ExitStack
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from contracts.audit import Actor
from contracts.models import Agreement, Role, User
from contracts.periods import add_months
from performance.actions.deciding import accept, sign_off
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import Receipt, receive
from performance.case_list.shapes import CaseListFile
from performance.models import Outcome, State, Version

FOLDER = Path(__file__).parent / "returns"
LONDON = ZoneInfo("Europe/London")
# The portal's own record of the sample: signed off on the 12th, accepted on the 18th.
UPLOADED, SIGNED, ACCEPTED = (12, time(15, 40)), (12, time(16, 5)), (18, time(10, 42))


def load_returns(agreement: Agreement, people: dict[Role, User]) -> int:
    """Take in every sample return that is not there yet; returns how many."""
    return sum(_load(agreement, path, people) for path in sorted(FOLDER.glob("*.xlsx")))


def _load(agreement: Agreement, path: Path, people: dict[Role, User]) -> bool:
    editor, signatory, commissioner = (
        Actor.person(people[role])
        for role in (Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY, Role.COORDINATING_COMMISSIONER)
    )
    month = _month_in(path.name)
    if _is_past(agreement, path, month):
        return False
    receipt = _receive(agreement, path, editor, month)
    if receipt.version is None:
        raise ValueError(f"{path.name} has findings that stop it: {receipt.judged.findings}")
    version = receipt.version
    if version.state == State.DRAFT:
        version = sign_off(version, by=signatory, at=_moment(month, *SIGNED))
    if version.state == State.SUBMITTED:
        accept(version, by=commissioner, at=_moment(month, *ACCEPTED))
    return receipt.outcome is Outcome.VERSION


def _is_past(agreement: Agreement, path: Path, month: date) -> bool:
    """Whether the sample was taken in and decided on: somebody may have corrected the month since."""
    fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()
    taken_in = Version.objects.filter(of_return__agreement=agreement, of_return__month=month)
    return taken_in.filter(upload__sha256=fingerprint).exclude(state__in=[State.DRAFT, State.SUBMITTED]).exists()


def _receive(agreement: Agreement, path: Path, editor: Actor, month: date) -> Receipt:
    at = _moment(month, *UPLOADED)
    with ExitStack() as opened:
        case_list = sample_list(month, opened)
        judged = judge(
            ReceivedFile(path.read_bytes(), path.name), on=at.date(), expected=agreement, case_list=case_list
        )
        return receive(judged, by=editor, at=at, warnings_reason="Sample data: taken as it stands")


def sample_list(month: date, opened: ExitStack) -> CaseListFile | None:
    """The sample case list of a month, open for as long as `opened` is; None where there is none."""
    path = FOLDER / f"nelft-case-list-{month:%Y-%m}.csv"
    return CaseListFile(opened.enter_context(path.open("rb")), path.name) if path.exists() else None


def _month_in(name: str) -> date:
    found = re.search(r"(\d{4})-(\d{2})", name)
    if found is None:
        raise ValueError(f"{name} does not name its month")
    return date(int(found[1]), int(found[2]), 1)


def _moment(month: date, day: int, at: time) -> datetime:
    return datetime.combine(add_months(month, 1).replace(day=day), at, LONDON)
