"""The files with an upload's findings: who may have them, what they are called, and what the pages say of them."""

import csv
import io
from datetime import date
from http import HTTPStatus

import openpyxl
import pytest
from django.test import Client

from contracts.access import ROLE_PERMISSIONS
from contracts.models import Role
from contracts.permissions import Permission
from performance.actions.days import open_the_day
from performance.models import Outcome, Upload, Version
from performance.workbook.marks import FIRST_LINE
from tests.hostile_files.build import csv_with, valid_content, with_part_changed, workbook_with
from tests.hostile_files.many import faulty_rows
from tests.hostile_files.packages import ACTIVITY_PART
from tests.kent import DEMO_MOMENT, Kent, take_in
from tests.visiting import RETURNS, address, hand_in, text_of, visitor

SEPTEMBER = date(2019, 9, 1)
FAULTS = {("Activity", "F2"): "about 190", ("Workforce", "D5"): "=1+1", ("Workforce", "D6"): -4}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def editor(kent: Kent) -> Client:
    """The provider's editor."""
    open_the_day(kent.agreement, at=DEMO_MOMENT)
    return visitor(kent, Role.PROVIDER_EDITOR)


def marked(client: Client, upload: Upload):
    return client.get(f"{RETURNS}uploads/{upload.pk}/annotated.xlsx")


def listed(client: Client, upload: Upload):
    return client.get(f"{RETURNS}uploads/{upload.pk}/findings.csv")


def rows_of(answer) -> list[list[str]]:
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_an_upload_comes_back_marked_and_goes_in_again_corrected(editor: Client):
    page = hand_in(editor, workbook_with(FAULTS, month=SEPTEMBER), "september.xlsx")
    upload = Upload.objects.get()
    assert f'href="{RETURNS}uploads/{upload.pk}/annotated.xlsx"' in page.content.decode()
    assert "Download your workbook with the findings marked" in text_of(page)
    answer = marked(editor, upload)
    assert answer["Content-Type"] == XLSX
    assert answer["Content-Disposition"] == 'attachment; filename="nelft-return-2019-09-with-findings.xlsx"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    hand_in(editor, answer.content, "nelft-return-2019-09-with-findings.xlsx")
    again = Upload.objects.latest("pk")
    assert (again.outcome, again.findings) == (Outcome.REJECTED, upload.findings)
    workbook = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert workbook["Activity"]["F2"].comment.text.startswith(FIRST_LINE)
    workbook["Activity"]["F2"], workbook["Workforce"]["D5"], workbook["Workforce"]["D6"] = 191, 0.6, 4
    corrected = io.BytesIO()
    workbook.save(corrected)
    hand_in(editor, corrected.getvalue(), "nelft-return-2019-09-with-findings.xlsx")
    assert Upload.objects.latest("pk").outcome == Outcome.VERSION


def test_the_list_of_findings_is_csv_with_its_text_neutralised(editor: Client):
    faults = {("Activity", "F2"): "about 190", ("Workforce", "D6"): -4}
    hand_in(editor, workbook_with(faults, month=SEPTEMBER))
    upload = Upload.objects.get()
    answer = listed(editor, upload)
    assert answer["Content-Disposition"] == 'attachment; filename="nelft-return-2019-09-findings.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    head, *rows = rows_of(answer)
    assert head == ["level", "sheet", "cell", "code", "title", "found", "expected", "remedy"]
    assert rows == [[one[name] or "" for name in head] for one in upload.findings]
    assert ["error", "Workforce", "D6"] in [row[:3] for row in rows]


def test_no_cell_of_the_list_starts_a_formula(kent: Kent, editor: Client):
    finding = dict.fromkeys(("code", "found", "expected", "remedy", "title", "sheet"), "=cmd|'/c calc'!A0")
    upload = Upload.objects.create(
        agreement=kent.agreement,
        month=SEPTEMBER,
        file_name="x.xlsx",
        sha256="0" * 64,
        size=1,
        content=valid_content(),
        findings=[finding | {"level": "error", "cell": None}],
        outcome=Outcome.REJECTED,
        uploaded_at=DEMO_MOMENT,
    )
    (row,) = rows_of(listed(editor, upload))[1:]
    assert [text[:2] for text in row if text] == ["er", *["'="] * 6]


def test_a_file_that_was_not_kept_has_no_marked_copy_and_the_page_says_why(editor: Client):
    page = hand_in(editor, workbook_with({("Activity", "H2"): "943 476 5919"}))
    upload = Upload.objects.get()
    assert upload.content is None
    assert "does not keep a file" in text_of(page)
    assert "annotated.xlsx" not in page.content.decode()
    answer = marked(editor, upload)
    assert answer.status_code == HTTPStatus.OK
    assert "There is no marked workbook" in text_of(answer)
    assert "5919" not in answer.content.decode()
    assert rows_of(listed(editor, upload))[1][3] == "personal-data"


def test_a_file_that_cannot_be_read_has_a_list_too(editor: Client):
    page = hand_in(editor, b"no workbook", "return.xlsx")
    assert "does not keep a file" in text_of(page)
    answer = listed(editor, Upload.objects.get())
    assert answer["Content-Disposition"] == 'attachment; filename="nelft-return-findings.csv"'
    assert len(rows_of(answer)) == 2


def test_a_csv_has_the_list_with_its_own_rows(editor: Client):
    page = hand_in(editor, csv_with({("Activity", "F2"): "x"}, month=SEPTEMBER), "return.csv")
    upload = Upload.objects.get()
    assert "Your file is a CSV, which cannot hold colours or notes." in text_of(page)
    assert "annotated.xlsx" not in page.content.decode()
    assert "Your file is a CSV" in text_of(marked(editor, upload))
    (row,) = rows_of(listed(editor, upload))[1:]
    number = next(n for n, line in enumerate(csv_with().splitlines(), start=1) if line.startswith(b"Activity,Support"))
    assert row[1:3] == ["Activity", f"G{number}"]


def test_a_workbook_that_cannot_be_marked_says_so(editor: Client):
    content = with_part_changed(workbook_with({("Workforce", "D5"): "x"}), ACTIVITY_PART, b"<v>191</v>", b"<v>NaN</v>")
    hand_in(editor, content)
    said = text_of(marked(editor, Upload.objects.get()))
    assert "NaN" not in said
    assert "because it holds something that only the program which wrote it understands" in said


def test_warnings_of_a_version_come_back_marked_too(kent: Kent, editor: Client):
    take_in(kent, [date(2019, 7, 1)])
    hand_in(editor, valid_content())
    version = Version.objects.get(of_return__month=date(2019, 8, 1))
    assert version.upload.findings
    page = editor.get(address(version))
    assert "Download the workbook with the warnings marked" in text_of(page)
    answer = marked(editor, version.upload)
    workbook = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert {row[0] for row in workbook["Findings"].iter_rows(min_row=2, values_only=True)} == {"Warning"}
    for finding in version.upload.findings:
        sheet = finding["sheet"].lower().replace(" ", "-")
        assert f'href="?sheet={sheet}#cell-{finding["cell"]}"' in page.content.decode()
        table = editor.get(f"{address(version)}?sheet={sheet}").content.decode()
        assert table.count(f'id="cell-{finding["cell"]}"') == 1


def test_commissioners_who_see_the_warnings_have_no_file(kent: Kent, editor: Client):
    take_in(kent, [date(2019, 7, 1), date(2019, 8, 1)])
    version = Version.objects.get(of_return__month=date(2019, 8, 1))
    for role in (Role.COUNCIL_COMMISSIONER, Role.COORDINATING_COMMISSIONER):
        page = visitor(kent, role).get(address(version))
        assert "annotated.xlsx" not in page.content.decode()
        assert marked(visitor(kent, role), version.upload).status_code == HTTPStatus.FORBIDDEN
        assert listed(visitor(kent, role), version.upload).status_code == HTTPStatus.FORBIDDEN


def test_whoever_sees_uploads_sees_exact_counts() -> None:
    """The files hold what was uploaded, small counts included."""
    assert all(
        Permission.SEE_EXACT_COUNTS in held for held in ROLE_PERMISSIONS.values() if Permission.SEE_UPLOADS in held
    )


def test_the_page_of_thousands_of_findings_stays_short(editor: Client):
    page = hand_in(editor, faulty_rows())
    text = page.content.decode()
    assert text.count('<article class="finding') == 20
    assert text.count('<li><a href="#finding-') == 20
    errors = len(Upload.objects.get().findings)
    assert errors > 4_999
    assert f"{errors:,} errors to put right" in text_of(page)
    assert f"And {errors - 20:,} more errors" in text_of(page)
    assert len(text) < 100_000
