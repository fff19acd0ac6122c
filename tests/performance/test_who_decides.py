"""Rules of a step that hold wherever it is taken from: own work, reasons for warnings and for corrections."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from contracts.audit import CONSOLE, Actor
from contracts.models import Role
from performance.actions.deciding import CannotMove, accept, send_back, sign_off
from performance.actions.judging import ReceivedFile, judge
from performance.actions.reasoning import give_reasons
from performance.actions.receiving import Receipt, receive
from performance.console_import import CORRECTED, NAMED_REASON, OPERATOR_REASON
from performance.models import Outcome, State, Version
from tests.hostile_files.build import Changes, sample_cases, workbook_with
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent, take_in
from tests.signing import signed_off

pytestmark = pytest.mark.django_db
AUGUST = date(2019, 8, 1)
FEWER_LIAISONS: Changes = {("Activity", "D4"): 100, ("Activity", "F4"): 191}
# A number with a thousands separator is read, with a warning.
WITH_A_WARNING: Changes = {("Open book", "C2"): "1,234.50"}
EDITOR, SIGNATORY, COMMISSIONER = (Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY, Role.COORDINATING_COMMISSIONER)


def person(kent: Kent, role: Role) -> Actor:
    return Actor.person(kent.people[role])


def handed_in(kent: Kent, content: bytes, by: Actor, why: str = "", reason: str = "Checked") -> Receipt:
    file = ReceivedFile(content, "return.xlsx")
    judged = judge(file, on=DEMO_DAY, expected=kent.agreement, case_list=sample_cases())
    return receive(judged, by=by, at=DEMO_MOMENT, why=why, warnings_reason=reason)


def draft(kent: Kent, by: Actor, changes: Changes | None = None, reason: str = "Checked") -> Version:
    version = handed_in(kent, workbook_with(changes), by, reason=reason).version
    assert version is not None
    return version


@pytest.mark.parametrize("step", [accept, partial(send_back, reason="Look again")], ids=["accept", "send back"])
@pytest.mark.parametrize(("uploads", "signs"), [(COMMISSIONER, SIGNATORY), (EDITOR, COMMISSIONER)])
def test_nobody_decides_on_their_own_work(kent: Kent, step: Callable[..., Version], uploads: Role, signs: Role) -> None:
    """Somebody with both roles, as in a body that is provider and commissioner at once."""
    version = signed_off(draft(kent, person(kent, uploads)), person(kent, signs))
    own = person(kent, COMMISSIONER)
    with pytest.raises(CannotMove, match="somebody else decides"):
        step(version, by=own, at=DEMO_MOMENT)
    version.refresh_from_db()
    assert version.state == State.SUBMITTED


def test_the_operator_may_decide_on_what_the_console_took_in(kent: Kent) -> None:
    version = sign_off(draft(kent, CONSOLE), by=CONSOLE, at=DEMO_MOMENT)
    assert accept(version, by=CONSOLE, at=DEMO_MOMENT).state == State.ACCEPTED


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_warnings_are_not_signed_off_without_a_reason(kent: Kent, reason: str | None) -> None:
    version = draft(kent, person(kent, EDITOR), WITH_A_WARNING, reason="")
    assert version.upload.findings
    if reason is not None:
        give_reasons(version, {0: reason}, by=person(kent, EDITOR), at=DEMO_MOMENT)
    with pytest.raises(CannotMove, match="has warnings: say why"):
        sign_off(version, by=person(kent, SIGNATORY), at=DEMO_MOMENT, late_because="Late")
    version.refresh_from_db()
    assert (version.state, version.submitted_at) == (State.DRAFT, None)
    assert signed_off(version, person(kent, SIGNATORY)).state == State.SUBMITTED


def test_a_return_without_warnings_needs_no_reason(kent: Kent) -> None:
    version = draft(kent, person(kent, EDITOR), reason="")
    assert version.upload.findings == []
    assert signed_off(version, person(kent, SIGNATORY)).state == State.SUBMITTED


@pytest.mark.parametrize("why", ["", "  "])
def test_a_correction_that_does_not_say_why_becomes_no_version(kent: Kent, why: str) -> None:
    (first,) = take_in(kent, [AUGUST])
    receipt = handed_in(kent, workbook_with(FEWER_LIAISONS), person(kent, EDITOR), why=why)
    assert (receipt.outcome, receipt.version) == (Outcome.REJECTED, None)
    assert receipt.judged.findings[-1].code == "correction-without-reason"
    assert list(Version.objects.all()) == [first]


@pytest.mark.parametrize(
    ("given", "kept"), [([], CORRECTED), (["--why", "A ward was left out"], "A ward was left out")]
)
def test_the_console_says_why_a_file_corrects(kent: Kent, tmp_path: Path, given: list[str], kept: str) -> None:
    take_in(kent, [AUGUST])
    call_command("import_return", str(a_file(tmp_path)), "--accept", *given)
    version = Version.objects.get(number=2)
    assert (version.state, version.why, version.upload.uploaded_by_name) == (State.ACCEPTED, kept, CONSOLE.name)


def test_the_console_corrects_what_waits_for_acceptance_too(kent: Kent, tmp_path: Path) -> None:
    take_in(kent, [AUGUST])
    waiting = handed_in(kent, workbook_with({("Open book", "C2"): 7.5}), person(kent, EDITOR), why="Counted again")
    assert waiting.version is not None
    signed_off(waiting.version, person(kent, SIGNATORY))
    call_command("import_return", str(a_file(tmp_path)), "--accept")
    states = dict(Version.objects.values_list("number", "state"))
    assert states == {1: State.REPLACED, 2: State.WITHDRAWN, 3: State.ACCEPTED}


def test_a_first_return_has_no_reason_for_a_correction(kent: Kent, tmp_path: Path) -> None:
    call_command("import_return", str(a_file(tmp_path)), "--accept")
    version = Version.objects.get()
    assert (version.why, version.warnings_reason) == ("", OPERATOR_REASON)


def test_a_person_named_at_the_console_is_given_no_words_of_the_operators(kent: Kent, tmp_path: Path) -> None:
    signatory = kent.people[SIGNATORY]
    call_command("import_return", str(a_file(tmp_path)), "--as", signatory.email)
    version = Version.objects.get()
    assert (version.state, version.warnings_reason) == (State.SUBMITTED, NAMED_REASON)
    assert "operator" not in NAMED_REASON


def test_a_draft_with_warnings_is_signed_at_the_console_with_its_own_reason(kent: Kent, tmp_path: Path) -> None:
    path = a_file(tmp_path, WITH_A_WARNING)
    version = handed_in(kent, path.read_bytes(), person(kent, EDITOR), reason="").version
    assert version is not None
    call_command("import_return", str(path), "--accept")
    version.refresh_from_db()
    assert version.state == State.ACCEPTED
    assert set(version.warning_reasons.values_list("reason", flat=True)) == {OPERATOR_REASON}


def test_the_reason_at_the_console_points_at_no_child(kent: Kent, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="must not point at a child"):
        call_command("import_return", str(a_file(tmp_path)), "--why", "Case 943 476 5919 was counted twice")
    assert not Version.objects.exists()


def a_file(folder: Path, changes: Changes = FEWER_LIAISONS) -> Path:
    path = folder / "nelft-return-2019-08.xlsx"
    path.write_bytes(workbook_with(changes))
    return path
