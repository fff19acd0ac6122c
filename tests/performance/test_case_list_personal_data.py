"""What points at a child in a case list, in every guise: refused, and in no table, no log and no sentence."""

import io
import logging
import re
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from contracts.models import Role
from performance.models import CaseList, ListedCase, Outcome, Upload, Version
from tests.hostile_files.build import valid_content
from tests.kent import Kent
from tests.performance.case_lists import GOOD, HEADINGS, changed_row, list_of, places, read, said
from tests.visiting import RETURNS, text_of, visitor

# Valid by modulus 11, and nobody's: it is used in published examples.
NHS = "9434765919"
SECRETS = [
    NHS,
    "943 476 5919",
    "943-476-5919",
    "9 4 3 4 7 6 5 9 1 9",
    "".join(chr(0xFEE0 + ord(digit)) for digit in NHS),
    "943\u200b476\u00a05919",
    "ME14 1XX",
    "me141xx",
    "DOB 4/5/2009",
    "born 4 May 2009",
    "d.o.b. 04.05.09",
]
PERSONAL_HEADINGS = [
    "Name", "First name", "forename", "Surname", "child_name", "NHS number", "NHS No.", "nhs_no", "Date of birth",
    "date_of_birth", "D.O.B.", "dob", "Birth date", "Postcode", "Post code", "Home address", "e-mail", "Mobile",
    "Initials",
]  # fmt: skip
AUGUST = date(2019, 8, 1)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("heading", HEADINGS)
def test_it_is_found_in_every_column_and_repeated_nowhere(heading: str, secret: str):
    one = read(list_of(changed_row(**{heading: secret})))
    assert places(one.findings) == [(f"{'ABCDEF'[HEADINGS.index(heading)]}2", "personal-data")]
    assert secret not in said(one.findings)


@pytest.mark.parametrize("heading", PERSONAL_HEADINGS)
def test_a_column_is_refused_by_its_heading_whatever_it_holds(heading: str):
    one = read(list_of([*GOOD, "42"], headings=[*HEADINGS, heading]))
    assert places(one.findings) == [("G1", "personal-data")]
    assert "42" not in said(one.findings)


@given(st.text(st.characters(min_codepoint=0x370, max_codepoint=0x3FF), min_size=3, max_size=30), st.integers(0, 6))
def test_no_text_of_a_list_is_ever_repeated(text: str, place: int):
    """A name looks like any other word, so that none is said again, whichever column it stands in."""
    row = [*GOOD, ""]
    row[place] = text
    for one in (read(list_of(row)), read(list_of(GOOD, headings=[*HEADINGS, text])), read(list_of(headings=row))):
        assert text not in said(one.findings)


def test_names_as_referral_routes_are_too_many_to_be_routes():
    rows = [changed_row(case_ref=f"EH-2019-{10_000 + n}", referral_route=f"Child {chr(65 + n)}") for n in range(26)]
    one = read(list_of(*rows))
    assert [code for _, code in places(one.findings)] == ["too-many-routes"]
    assert "Child" not in said(one.findings)


def test_a_list_without_headings_is_not_quoted():
    one = read(list_of(["Jo", "Bloggs", "East Kent"], headings=["Alex", "Doe", "West Kent"]))
    assert one.findings
    assert not re.search("Jo|Bloggs|Alex|Doe", said(one.findings))


def everything_stored() -> str:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        rows: list[str] = []
        for table in tables:
            cursor.execute(f"SELECT one::text FROM {table} one")
            rows.extend(row for (row,) in cursor.fetchall())
    return "\n".join(rows)


SECRET_LIST = list_of(
    changed_row(referral_route="943 476 5919"),
    changed_row(area="Persephone Quill"),
    changed_row(opened_on="2011-02-29x"),
    changed_row(case_ref="ME14 1XX"),
)
HIDDEN = ("943 476 5919", "Persephone", "Quill", "2011-02-29x", "ME14 1XX", "Tarquin")


@pytest.mark.django_db
def test_on_the_web_it_is_in_no_table_no_log_and_no_sentence(kent: Kent, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    browser = visitor(kent, Role.PROVIDER_EDITOR)
    answer = handed_over(browser, SECRET_LIST, "Tarquin 943 476 5919.csv")
    upload = Upload.objects.get()
    assert (upload.outcome, Version.objects.count(), CaseList.objects.count()) == (Outcome.REJECTED, 0, 0)
    assert bytes(upload.content or b"") == valid_content(), "nothing is wrong with the return itself"
    stored, page = everything_stored(), text_of(answer)
    assert "Case list A5" in page
    for secret in HIDDEN:
        assert secret not in stored
        assert secret not in page
        assert secret not in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("only", [[], ["--check"]])
def test_at_the_console_too(kent: Kent, tmp_path: Path, caplog: pytest.LogCaptureFixture, only: list[str]):
    caplog.set_level(logging.DEBUG)
    paths = {"return.xlsx": valid_content(), "list.csv": SECRET_LIST}
    for name, content in paths.items():
        (tmp_path / name).write_bytes(content)
    output = io.StringIO()
    with pytest.raises(SystemExit):
        call_command(
            "import_return", str(tmp_path / "return.xlsx"), "--cases", str(tmp_path / "list.csv"), *only, stdout=output
        )
    assert "Case list A5" in output.getvalue()
    assert ListedCase.objects.count() == 0
    for secret in HIDDEN:
        assert secret not in everything_stored() + output.getvalue() + caplog.text


def handed_over(browser: Client, cases: bytes, name: str):
    """August's return with a list, as the form sends both."""
    files = {"file": SimpleUploadedFile("return.xlsx", valid_content()), "case_list": SimpleUploadedFile(name, cases)}
    return browser.post(f"{RETURNS}upload/", files, follow=True)
