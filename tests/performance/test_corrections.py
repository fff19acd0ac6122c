"""Files that are there already, and going back to an earlier one."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from contracts.audit import Actor
from contracts.models import Role
from performance.actions.deciding import accept, send_back, withdraw
from performance.actions.judging import Judged, ReceivedFile, judge
from performance.actions.receiving import Receipt, receive
from performance.corrections import is_correction
from performance.models import Outcome, Version
from tests.hostile_files.build import Changes, workbook_with
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent, take_in
from tests.signing import signed_off

AUGUST = date(2019, 8, 1)
FEWER_LIAISONS: Changes = {("Activity", "D4"): 100, ("Activity", "F4"): 191}
EDITOR, SIGNATORY, COMMISSIONER = (Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY, Role.COORDINATING_COMMISSIONER)


def file_of(version: Version) -> ReceivedFile:
    assert version.upload.content is not None
    return ReceivedFile(bytes(version.upload.content), version.upload.file_name)


def judged_of(kent: Kent, file: ReceivedFile) -> Judged:
    return judge(file, on=DEMO_DAY, expected=kent.agreement)


def uploaded(kent: Kent, file: ReceivedFile, why: str = "Counted again", days: int = 0) -> Receipt:
    by = Actor.person(kent.people[EDITOR])
    at = DEMO_MOMENT + timedelta(days=days)
    return receive(judged_of(kent, file), by=by, at=at, why=why, warnings_reason="Checked")


def signed(kent: Kent, version: Version, days: int = 0) -> Version:
    return signed_off(version, Actor.person(kent.people[SIGNATORY]), DEMO_MOMENT + timedelta(days=days))


def accepted(kent: Kent, version: Version, days: int = 0) -> Version:
    at = DEMO_MOMENT + timedelta(days=days)
    return accept(signed(kent, version, days), by=Actor.person(kent.people[COMMISSIONER]), at=at)


def corrected(kent: Kent) -> tuple[Version, Version]:
    """August's first version, replaced, and the correction that is accepted."""
    (first,) = take_in(kent, [AUGUST])
    second = uploaded(kent, ReceivedFile(workbook_with(FEWER_LIAISONS), "correction.xlsx")).version
    assert second is not None
    return first, accepted(kent, second)


def test_going_back_to_a_replaced_file_is_a_correction(kent: Kent) -> None:
    first, second = corrected(kent)
    assert is_correction(judged_of(kent, file_of(first)))
    receipt = uploaded(kent, file_of(first), days=1)
    assert receipt.outcome is Outcome.VERSION
    assert receipt.version is not None
    third = accepted(kent, receipt.version, days=1)
    second.refresh_from_db()
    assert (third.number, third.state, second.state) == (3, "accepted", "replaced")
    assert third.lines.get(measure__label="Liaisons", area__code="kent").value == 205


def test_the_accepted_file_again_changes_nothing(kent: Kent) -> None:
    _, second = corrected(kent)
    assert not is_correction(judged_of(kent, file_of(second)))
    receipt = uploaded(kent, file_of(second))
    assert (receipt.outcome, receipt.version) == (Outcome.UNCHANGED, second)


@pytest.mark.parametrize("is_signed", [False, True])
def test_the_file_in_progress_again_changes_nothing(kent: Kent, is_signed: bool) -> None:
    version = uploaded(kent, ReceivedFile(workbook_with(), "return.xlsx")).version
    assert version is not None
    if is_signed:
        signed(kent, version)
    receipt = uploaded(kent, file_of(version))
    assert (receipt.outcome, receipt.version) == (Outcome.UNCHANGED, version)


@pytest.mark.parametrize("step", [withdraw, send_back])
def test_a_file_that_was_given_up_may_come_again(kent: Kent, step: Callable[..., Version]) -> None:
    version = uploaded(kent, ReceivedFile(workbook_with(), "return.xlsx")).version
    assert version is not None
    signed(kent, version)
    step(version, by=Actor.person(kent.people[COMMISSIONER]), at=DEMO_MOMENT, reason="Look again")
    receipt = uploaded(kent, file_of(version))
    assert receipt.outcome is Outcome.VERSION
    assert receipt.version is not None
    assert receipt.version.number == 2
