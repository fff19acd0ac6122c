"""`manage.py import_return`: each outcome of a file, its exit code, and two consoles at once."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from contracts.models import Role
from performance.models import Figure, Line, RecomputeNeed, Return, State, Upload, Version
from tests.hostile_files.build import RETURNS, Changes, valid_content, workbook_with
from tests.kent import DEMO_MOMENT, Kent

pytestmark = pytest.mark.django_db
AUGUST, SEPTEMBER, OCTOBER = date(2019, 8, 1), date(2019, 9, 1), date(2019, 10, 1)
FIELDS = ["file", "sha256", "agreement", "month", "version", "status", "findings"]
FINDING_FIELDS = {"level", "sheet", "cell", "code", "found", "expected", "remedy"}
# The parts of Kent's caseload do not add up to it.
LIST = RETURNS / "nelft-case-list-2019-08.csv"
WRONG: Changes = {("Activity", "F2"): 200}

Record = dict[str, Any]


def imported(*arguments: str | Path) -> tuple[list[Record], int]:
    """The records that the command prints, and its exit code."""
    output, code = io.StringIO(), 0
    try:
        call_command("import_return", "--json", *map(str, arguments), stdout=output)
    except SystemExit as stopped:
        code = int(str(stopped.code))
    return [json.loads(line) for line in output.getvalue().splitlines()], code


def one(*arguments: str | Path) -> Record:
    """The record of the only file."""
    (record,), _ = imported(*arguments)
    return record


def file_of(folder: Path, content: bytes, name: str = "return.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.fixture
def august(tmp_path: Path) -> Path:
    return file_of(tmp_path, valid_content(AUGUST), "nelft-return-2019-08.xlsx")


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    return file_of(tmp_path, workbook_with(WRONG), "wrong.xlsx")


def codes(record: Record) -> list[str]:
    return [finding["code"] for finding in record["findings"]]


def kept() -> dict[str, int]:
    """How many rows an import may leave."""
    return {model.__name__: model.objects.count() for model in (Upload, Return, Version, Line, RecomputeNeed, Figure)}


def test_accepted_with_its_figures_fresh(kent: Kent, august: Path) -> None:
    (record,), code = imported(august, "--cases", LIST, "--accept")
    assert list(record) == FIELDS
    assert record == {
        "file": str(august),
        "sha256": Upload.objects.get().sha256,
        "agreement": "KCC-CYPMHS-S76",
        "month": "2019-08",
        "version": 1,
        "status": "accepted",
        "findings": [],
    }
    assert code == 0
    assert not RecomputeNeed.objects.filter(done_at=None).exists()
    figure = Figure.objects.get(indicator__code="early-help-caseload", area__code="kent", month=AUGUST)
    assert figure.value == 191


def test_submitted_by_the_operator_and_accepted_later(kent: Kent, august: Path) -> None:
    assert one(august)["status"] == "submitted"
    version = Version.objects.get()
    assert (version.state, version.submitted_at is not None) == (State.SUBMITTED, True)
    assert version.upload.uploaded_by_name == "the operator at the console"
    assert not Figure.objects.exists()
    assert one(august, "--accept")["status"] == "accepted"
    assert Version.objects.get().state == State.ACCEPTED


def test_unchanged_when_it_is_there_already(kent: Kent, august: Path) -> None:
    imported(august, "--cases", LIST, "--accept")
    before = kept()
    for again in ([august], [august, "--accept"], [august, "--cases", LIST], [august, "--cases", LIST, "--accept"]):
        (record,), code = imported(*again)
        assert (record["status"], record["version"], record["findings"], code) == ("unchanged", 1, [], 0)
    assert kept() == before


@pytest.mark.parametrize(("name", "code"), [("august", 0), ("wrong", 1)])
def test_checked_and_nothing_kept(kent: Kent, request: pytest.FixtureRequest, name: str, code: int) -> None:
    before = kept()
    (record,), exit_code = imported(request.getfixturevalue(name), "--check")
    assert (record["status"], record["version"], exit_code) == ("checked", None, code)
    assert {one["code"] for one in record["findings"] if one["level"] == "warning"} == {"no-case-list"}
    assert any(one["level"] == "error" for one in record["findings"]) == bool(code)
    assert kept() == before


def test_a_rejected_file_leaves_no_trace_in_figures(kent: Kent, august: Path, wrong: Path) -> None:
    imported(august, "--accept")
    before = kept()
    (record,), code = imported(wrong, "--accept")
    assert (record["status"], record["version"], code) == ("rejected", None, 1)
    finding = record["findings"][0]
    assert finding.keys() >= FINDING_FIELDS
    assert (finding["level"], finding["sheet"], finding["cell"]) == ("error", "Activity", "F2")
    assert kept() == before | {"Upload": 2}
    assert Upload.objects.get(outcome="rejected").content is not None


def test_a_month_that_was_not_given_imports_and_shows(kent: Kent, tmp_path: Path) -> None:
    changes: Changes = {("Activity", "D2"): 110, ("Activity", "F2"): 193} | {
        ("Caseload by pathway", "B5"): 110,
        ("Caseload by pathway", "D5"): 193,
        ("Equality", "D2"): 90,
        ("Equality", "D6"): 61,
        ("Equality", "D9"): 157,
        ("Equality", "D15"): 34,
        ("Return", "B7"): DEMO_MOMENT.replace(tzinfo=None),
    }
    (record,), code = imported(file_of(tmp_path, workbook_with(changes, SEPTEMBER)), "--accept")
    assert (record["month"], record["status"], code) == ("2019-09", "accepted", 0), record["findings"]
    output = io.StringIO()
    call_command("figures", "--agreement", "KCC-CYPMHS-S76", "--month", "2019-09", "--json", stdout=output)
    shown = {(row["indicator"], row["area"]): row["shown"] for row in json.loads(output.getvalue())}
    assert shown["early-help-caseload", "kent"] == "193"
    assert shown["total-caseload", "kent"] == "13,785"


def test_a_month_that_has_not_ended_is_refused(kent: Kent, tmp_path: Path) -> None:
    before = kept()
    (record,), code = imported(file_of(tmp_path, workbook_with(month=OCTOBER)), "--accept")
    assert (record["status"], code) == ("rejected", 1)
    assert "October 2019" in " ".join(finding["found"] for finding in record["findings"])
    assert kept() == before | {"Upload": 1}


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "empty.xlsx"), (b"Not a workbook", "words.xlsx"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "old.xls")],
    ids=["empty", "words", "old"],
)
def test_an_unreadable_file_is_one_finding(kent: Kent, tmp_path: Path, content: bytes, name: str) -> None:
    (record,), code = imported(file_of(tmp_path, content, name), "--accept")
    assert (record["status"], code, len(record["findings"])) == ("rejected", 1, 1)
    assert all(record["findings"][0][field] for field in ("code", "found", "expected", "remedy"))
    assert Upload.objects.get().content is None


def test_a_file_that_is_not_there_is_one_finding(kent: Kent, tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.xlsx", tmp_path):
        (record,), code = imported(path)
        assert (record["status"], code, codes(record)) == ("rejected", 1, ["cannot-open"])


def test_one_refused_file_does_not_stop_the_next(kent: Kent, august: Path, wrong: Path) -> None:
    records, code = imported(wrong, august, "--accept")
    assert [record["status"] for record in records] == ["rejected", "accepted"]
    assert code == 1


def test_a_commissioner_may_not_upload(kent: Kent, august: Path) -> None:
    commissioner = kent.people[Role.COORDINATING_COMMISSIONER]
    (record,), code = imported(august, "--cases", LIST, "--as", commissioner.email, "--accept")
    assert (record["status"], code, codes(record)) == ("rejected", 1, ["not-permitted"])
    assert commissioner.email in record["findings"][0]["found"]
    assert not Version.objects.exists()


@pytest.mark.parametrize(
    ("role", "state"), [(Role.PROVIDER_EDITOR, State.DRAFT), (Role.PROVIDER_SIGNATORY, State.SUBMITTED)]
)
def test_the_providers_people_submit_as_far_as_they_may(kent: Kent, august: Path, role: Role, state: State) -> None:
    person = kent.people[role]
    assert one(august, "--as", person.email.upper())["status"] == "submitted"
    version = Version.objects.get()
    assert (version.state, version.upload.uploaded_by) == (state, person)
    assert one(august, "--accept")["status"] == "accepted"


def test_a_correction_replaces_the_version_before(kent: Kent, august: Path, tmp_path: Path) -> None:
    imported(august, "--accept")
    corrected = file_of(tmp_path, workbook_with({("Activity", "D4"): 100, ("Activity", "F4"): 191}), "again.xlsx")
    record = one(corrected, "--accept")
    assert (record["version"], record["status"]) == (2, "accepted")
    assert list(Version.objects.order_by("number").values_list("state", flat=True)) == ["replaced", "accepted"]


def test_warnings_do_not_stop_the_console(kent: Kent, august: Path, tmp_path: Path) -> None:
    july = file_of(tmp_path, valid_content(date(2019, 7, 1)), "july.xlsx")
    assert one(july, "--accept")["status"] == "accepted"
    many = workbook_with({("Activity", "D11"): 40, ("Activity", "F11"): 46})
    (record,), code = imported(file_of(tmp_path, many), "--accept")
    assert {finding["level"] for finding in record["findings"]} == {"warning"}
    assert (record["status"], code) == ("accepted", 0)
    assert "operator" in Version.objects.get(of_return__month=AUGUST).warnings_reason


def test_in_words_it_says_what_to_put_right(kent: Kent, wrong: Path) -> None:
    output = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("import_return", str(wrong), stdout=output)
    said = output.getvalue()
    assert said.startswith(f"{wrong}: rejected\n  error, Activity F2: ")
    assert "Found: " in said
    assert "Expected: " in said


@pytest.mark.parametrize("arguments", [["--check", "--accept"], ["--as", "nobody@nowhere.example"]])
def test_misuse(kent: Kent, august: Path, arguments: list[str]) -> None:
    with pytest.raises(CommandError) as misuse:
        call_command("import_return", str(august), *arguments)
    assert misuse.value.returncode == 2
    assert not Upload.objects.exists()


def test_somebody_who_left_may_not_upload(kent: Kent, august: Path) -> None:
    editor = kent.people[Role.PROVIDER_EDITOR]
    editor.is_active = False
    editor.save()
    with pytest.raises(CommandError, match="Nobody signs in as"):
        call_command("import_return", str(august), "--as", editor.email)
