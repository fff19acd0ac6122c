"""A column whose heading points at children is personal data, wherever in a return it stands."""

import pytest

from contracts.audit import Actor
from contracts.models import Role
from contracts.personal_data import points_at_a_child
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from performance.findings import Level
from performance.form import Reading
from performance.models import Outcome
from performance.workbook.read import read_return
from tests.hostile_files.build import CSV_NAME, FILE_NAME, csv_with, loaded, saved, workbook_with
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.performance.kent_form import TODAY, kent_form_for

POINTING = ["Name", "Child’s name", "NHS number", "nhs_no", "Date of birth", "D.O.B.", "Post\u00a0code", "Home address",
            "E\u2011mail", "Mobile", "Initials", "\u200bSurname"]  # fmt: skip


def read(content: bytes, file_name: str = FILE_NAME) -> Reading:
    return read_return(content, file_name, kent_form_for, TODAY)


def with_sheet(*rows: list[object], name: str = "Cases") -> bytes:
    """A return with a sheet of its own beside the portal's."""
    workbook = loaded()
    sheet = workbook.create_sheet(name)
    for row in rows:
        sheet.append(row)
    return saved(workbook)


@pytest.mark.parametrize("heading", POINTING)
def test_a_heading_points_at_a_child_however_it_is_spelled(heading: str) -> None:
    assert points_at_a_child(heading)


@pytest.mark.parametrize("heading", ["Area", "Cost category", "Notes", "Caseload at month end", "Named", "Dobson", ""])
def test_a_heading_of_counts_points_at_nobody(heading: str) -> None:
    assert not points_at_a_child(heading)


@pytest.mark.parametrize("heading", POINTING)
def test_an_extra_sheet_about_children_is_personal_data(heading: str) -> None:
    reading = read(with_sheet(["Ref", heading], ["1", "Anybody"]))
    assert [(one.code, one.sheet, one.cell, one.level) for one in reading.findings] == [
        ("personal-data", "Cases", "B1", Level.ERROR)
    ]
    assert "Anybody" not in repr(reading.findings)


def test_headings_under_a_title_are_looked_at() -> None:
    reading = read(with_sheet(["NHS Kent, August"], [], ["Ref", "Name", "Postcode"], ["1", "Anybody", ""]))
    assert [(one.code, one.cell) for one in reading.findings] == [("personal-data", "B3"), ("personal-data", "C3")]


def test_an_extra_sheet_of_counts_is_only_said() -> None:
    reading = read(with_sheet(["NHS Kent workings"], ["Area", "Count"], ["East Kent", 12]))
    assert [one.code for one in reading.findings] == ["unknown-sheet"]


def test_such_a_column_on_a_sheet_of_the_return_is_personal_data() -> None:
    reading = read(workbook_with({("Activity", "I1"): "Child’s name"}))
    assert [(one.code, one.sheet, one.cell) for one in reading.findings] == [("personal-data", "Activity", "I1")]


def test_such_a_column_in_a_csv_is_personal_data() -> None:
    reading = read(csv_with() + b"Cases,Ref,Date of birth\r\nCases,1,\r\n", CSV_NAME)
    assert [one.code for one in reading.findings] == ["personal-data"]


@pytest.mark.django_db
def test_a_file_with_such_a_sheet_is_not_kept(kent: Kent) -> None:
    file = ReceivedFile(with_sheet(["Ref", "Name"], ["1", "Anybody"]), FILE_NAME)
    judged = judge(file, on=DEMO_DAY, expected=kent.agreement)
    receipt = receive(judged, by=Actor.person(kent.people[Role.PROVIDER_EDITOR]), at=DEMO_MOMENT)
    assert receipt.outcome is Outcome.REJECTED
    assert receipt.upload is not None
    assert receipt.upload.content is None
