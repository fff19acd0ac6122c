"""Returns that are corrected after they were accepted, for tests of what follows from them."""

from datetime import date, timedelta

from contracts.audit import Actor
from contracts.models import Role
from performance.actions.deciding import accept
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from performance.models import Version
from tests.hostile_files.build import Changes, workbook_with
from tests.kent import DEMO_MOMENT, Kent
from tests.signing import signed_off

# KHNES posts of West Kent: 1.2 of 2.5 in post in July 2019, beside 1.3 of 2.5 in East Kent.
IN_POST = ("Workforce", "D5")


def accepted_return(kent: Kent, month: date, changes: Changes, days: int = 0) -> Version:
    """The month's sample return with some cells changed, sent in and accepted some days after the demo's day."""
    at = DEMO_MOMENT + timedelta(days=days)
    file = ReceivedFile(workbook_with(changes, month), f"correction-{days}.xlsx")
    judged = judge(file, on=at.date(), expected=kent.agreement)
    editor = Actor.person(kent.people[Role.PROVIDER_EDITOR])
    receipt = receive(judged, by=editor, at=at, why="Counted again", warnings_reason="Checked")
    assert receipt.version is not None, receipt.judged.findings
    signed = signed_off(receipt.version, Actor.person(kent.people[Role.PROVIDER_SIGNATORY]), at)
    return accept(signed, by=Actor.person(kent.people[Role.COORDINATING_COMMISSIONER]), at=at)
