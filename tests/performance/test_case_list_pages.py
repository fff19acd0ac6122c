"""A case list on the web and at the console: handed in, told of, and handed back to the provider alone."""

import csv
import io
import json
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from contracts.models import Role
from performance.case_list import limits
from performance.case_list.written import written
from performance.models import CaseList, ListedCase, Outcome, Upload, Version
from tests.hostile_files.build import valid_content
from tests.kent import Kent, take_in
from tests.performance.case_lists import HEADINGS, SAMPLE, changed_row, content_of, list_of, sample_rows
from tests.visiting import RETURNS, address, hand_in, text_of, visitor

pytestmark = pytest.mark.django_db
JULY, AUGUST = date(2019, 7, 1), date(2019, 8, 1)
LIST = SAMPLE.read_bytes()
EDITOR, SIGNATORY = Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY
WHO_READS = [role for role in Role if role is not Role.ADMINISTRATOR]
OTHERS = [role for role in WHO_READS if role not in (EDITOR, SIGNATORY)]
SAID = "Case list: 191 open cases (108 East Kent, 83 West Kent), SHA-256"


def list_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode())))


# ---- on the web


def test_a_return_and_its_list_become_a_draft_without_warnings(kent: Kent):
    answer = hand_in(visitor(kent, EDITOR), valid_content(), cases=LIST)
    version = Version.objects.get()
    assert answer.redirect_chain == [(address(version), HTTPStatus.FOUND)]
    assert "August 2019, version 1 is ready to be signed off." in text_of(answer)
    assert SAID in text_of(answer)
    assert version.case_list.sha256 in text_of(answer)


def test_a_return_alone_is_taken_with_a_warning(kent: Kent):
    said = text_of(hand_in(visitor(kent, EDITOR), valid_content(), cases=None))
    assert "with 1 warning to give a reason for" in said
    assert "No case list came with it" in said
    assert "open case" not in said


def test_findings_of_both_files_stand_on_one_page_by_sheet(kent: Kent):
    rows = sample_rows()
    rows[4][2], rows[9][4] = "Surrey", "07/04/2019"
    answer = hand_in(visitor(kent, EDITOR), valid_content(), cases=content_of(rows))
    said = text_of(answer)
    assert Upload.objects.get().outcome == Outcome.REJECTED
    assert "Case list C5: The area is not known" in said
    assert "Case list E10: A date cannot be read" in said
    assert "<h3>Case list</h3>" in answer.content.decode()
    assert not CaseList.objects.exists()


def test_what_is_no_list_is_said_beside_the_return(kent: Kent):
    said = text_of(hand_in(visitor(kent, EDITOR), valid_content(), cases=b"<html>"))
    assert "A web page or XML file named .csv" in said
    assert "The file is empty" not in said


def test_an_empty_list_is_a_fault_of_the_form(kent: Kent):
    said = text_of(hand_in(visitor(kent, EDITOR), valid_content(), cases=b""))
    assert "The case list is empty: choose one with your cases in it, or none" in said
    assert not Upload.objects.exists()


@pytest.mark.parametrize("role", WHO_READS)
def test_who_sees_returns_reads_how_many_cases_and_no_reference(kent: Kent, role: Role):
    take_in(kent, [AUGUST])
    answer = visitor(kent, role).get(address(Version.objects.get()))
    assert SAID in text_of(answer)
    assert "EH-2018-10092" not in answer.content.decode()
    assert ("Download the case list" in text_of(answer)) is (role in (EDITOR, SIGNATORY))


@pytest.mark.parametrize("role", [EDITOR, SIGNATORY])
def test_the_provider_gets_its_list_back(kent: Kent, role: Role):
    take_in(kent, [AUGUST])
    answer = visitor(kent, role).get(address(Version.objects.get(), "case-list.csv"))
    assert answer["Content-Disposition"] == 'attachment; filename="nelft-case-list-2019-08-version-1.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert list_rows(answer.getvalue()) == sample_rows()


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_does(kent: Kent, role: Role):
    take_in(kent, [AUGUST])
    answer = visitor(kent, role).get(address(Version.objects.get(), "case-list.csv"))
    assert answer.status_code == HTTPStatus.FORBIDDEN


def test_where_no_list_came_there_is_none_to_get(kent: Kent):
    (version,) = take_in(kent, [JULY])
    editor = visitor(kent, EDITOR)
    for path in (address(version, "case-list.csv"), f"{RETURNS}2019-07/versions/9/case-list.csv"):
        assert editor.get(path).status_code == HTTPStatus.NOT_FOUND
    assert "Case list: " not in text_of(editor.get(address(version)))


def test_a_cell_like_a_formula_is_written_as_text():
    rows = [("=1+1", "+2", "-x", "\uff20x", date(2019, 7, 4), None), ("\uff1d1", "\n=1", "-3", "x", None, None)]
    (content,) = written(rows)
    first, second = list_rows(content)[1:]
    assert first == ["'=1+1", "'+2", "'-x", "'\uff20x", "2019-07-04", ""]
    assert second == ["'\uff1d1", "'\n=1", "-3", "x", "", ""]


def test_a_list_of_many_rows_is_handed_out_in_pieces():
    pieces = list(written(("EH", "Early Help", "East Kent", "SPA", JULY, None) for _ in range(1_200)))
    assert len(pieces) == 3
    assert len(list_rows(b"".join(pieces))) == 1_201


# ---- its size


def padded(size: int) -> bytes:
    """The sample list, made as large by blank lines."""
    return LIST + b"\n" * (size - len(LIST))


def test_a_list_larger_than_a_return_may_be_arrives(kent: Kent):
    rows = b"".join(f"EH-2018-{n:05},Early Help,East Kent,SPA,2018-01-01,2018-02-01\n".encode() for n in range(99_999))
    cases = LIST + rows.replace(b"EH-2018-", b"EH-2010-") + rows.replace(b"EH-2018-", b"EH-2011-")
    assert len(cases) > settings.UPLOAD_LIMIT_BYTES
    hand_in(visitor(kent, EDITOR), valid_content(), cases=cases)
    assert ListedCase.objects.count() == 223 + 2 * 99_999


def test_what_arrives_is_what_is_read():
    assert settings.LARGER_UPLOADS["return_upload", "case_list"] == limits.MAX_BYTES


def test_above_its_own_limit_it_does_not_and_the_form_says_so(kent: Kent, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(settings.LARGER_UPLOADS, ("return_upload", "case_list"), 5_000)
    said = text_of(hand_in(visitor(kent, EDITOR), valid_content(), cases=LIST))
    assert "The case list is larger than 64 MB" in said
    assert not Upload.objects.exists()


def test_the_return_itself_keeps_its_limit(kent: Kent):
    large = valid_content() + b"x" * settings.UPLOAD_LIMIT_BYTES
    assert "The file is larger than 10 MB" in text_of(hand_in(visitor(kent, EDITOR), large, cases=LIST))


def test_strangers_and_other_forms_have_the_ordinary_limit(kent: Kent, client):
    large = SimpleUploadedFile("list.csv", padded(settings.UPLOAD_LIMIT_BYTES + 1))
    for browser, path in ((client, f"{RETURNS}upload/"), (visitor(kent, EDITOR), reverse("account_login"))):
        large.seek(0)
        request = browser.post(path, {"case_list": large}).wsgi_request
        assert request.FILES.get("case_list") is None


# ---- at the console


def imported(*arguments: str | Path) -> tuple[dict[str, Any], int]:
    output, code = io.StringIO(), 0
    try:
        call_command("import_return", "--json", *map(str, arguments), stdout=output)
    except SystemExit as stopped:
        code = int(str(stopped.code))
    return json.loads(output.getvalue()), code


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "return.xlsx"
    path.write_bytes(valid_content())
    return path


def test_a_list_is_imported_with_its_return(kent: Kent, workbook: Path):
    record, code = imported(workbook, "--cases", SAMPLE, "--accept")
    assert (record["status"], record["findings"], code) == ("accepted", [], 0)
    assert CaseList.objects.get().cases == 223


def test_check_looks_at_the_list_and_keeps_nothing(kent: Kent, workbook: Path, tmp_path: Path):
    (tmp_path / "list.csv").write_bytes(list_of(changed_row(area="Surrey"), headings=HEADINGS))
    record, code = imported(workbook, "--cases", tmp_path / "list.csv", "--check")
    assert [(f["sheet"], f["cell"], f["code"]) for f in record["findings"]] == [("Case list", "C2", "unknown-area")]
    assert (record["status"], code) == ("checked", 1)
    assert not Upload.objects.exists()


def test_a_list_that_is_not_there_is_one_finding(kent: Kent, workbook: Path, tmp_path: Path):
    for path in (tmp_path / "nowhere.csv", tmp_path):
        record, code = imported(workbook, "--cases", path)
        assert [(f["sheet"], f["code"]) for f in record["findings"]] == [("Case list", "cannot-open")]
        assert (record["status"], code) == ("rejected", 1)
    assert not Upload.objects.exists()


def test_one_list_goes_with_one_return(kent: Kent, workbook: Path):
    with pytest.raises(CommandError, match="give one file with it") as misuse:
        call_command("import_return", str(workbook), str(workbook), "--cases", str(SAMPLE))
    assert misuse.value.returncode == 2
