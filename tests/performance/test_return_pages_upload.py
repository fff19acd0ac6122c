"""Taking a file in on the web: what becomes a version, what is refused, and what is said."""

from datetime import date
from http import HTTPStatus

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from contracts.models import Role
from performance.actions.days import open_the_day
from performance.models import Line, Outcome, State, Upload, Version
from tests.hostile_files.build import csv_with, loaded, saved, valid_content, workbook_with
from tests.kent import DEMO_MOMENT, Kent, take_in
from tests.signing import DECLARED
from tests.visiting import RETURNS, address, hand_in, text_of, visitor

JULY, AUGUST, SEPTEMBER, OCTOBER = (date(2019, month, 1) for month in (7, 8, 9, 10))
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def editor(kent: Kent) -> Client:
    """The provider's editor."""
    open_the_day(kent.agreement, at=DEMO_MOMENT)
    return visitor(kent, Role.PROVIDER_EDITOR)


def test_a_good_file_becomes_a_draft_and_leads_to_its_page(editor: Client):
    answer = hand_in(editor, valid_content(), "nelft-return-2019-08.xlsx")
    version = Version.objects.get()
    assert answer.redirect_chain == [(address(version), HTTPStatus.FOUND)]
    assert version.state == State.DRAFT
    assert version.upload.uploaded_by_name == "Sam Ellis"
    assert timezone.localtime(version.upload.uploaded_at).date() == date(2019, 10, 17)
    assert "August 2019, version 1 is ready to be signed off." in text_of(answer)
    assert "Only NELFT’s signatory can sign this return off." in text_of(answer)
    assert "There is no earlier month to compare." in text_of(answer)


def test_the_csv_twin_becomes_a_version_too_and_is_handed_out_as_csv(kent: Kent, editor: Client):
    hand_in(editor, csv_with(), "return.csv")
    version = Version.objects.get()
    answer = editor.get(address(version, "file/"))
    assert answer["Content-Type"].startswith("text/csv")
    assert answer["Content-Disposition"] == 'attachment; filename="nelft-return-2019-08-version-1.csv"'
    assert answer.content == csv_with()


def test_a_workbook_is_handed_out_as_it_came_under_the_portals_own_name(kent: Kent, editor: Client):
    hand_in(editor, valid_content(), "../<b>x\u202e.xlsx")
    answer = editor.get(address(Version.objects.get(), "file/"))
    assert answer.content == valid_content()
    assert answer["Content-Disposition"] == 'attachment; filename="nelft-return-2019-08-version-1.xlsx"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_the_same_file_again_changes_nothing_and_says_so(editor: Client):
    hand_in(editor, valid_content())
    answer = hand_in(editor, valid_content(), "another name.xlsx")
    assert "Nothing has changed since version 1" in text_of(answer)
    assert (Version.objects.count(), Upload.objects.count()) == (1, 1)


def test_another_file_for_the_month_takes_the_place_of_the_draft(editor: Client):
    hand_in(editor, valid_content())
    hand_in(editor, workbook_with({("Activity", "H2"): "Checked"}))
    assert list(Version.objects.order_by("number").values_list("number", "state")) == [(1, "withdrawn"), (2, "draft")]


def test_a_file_with_errors_leads_to_every_finding_by_sheet_and_cell(editor: Client):
    faults = {("Activity", "F2"): 192, ("Workforce", "D5"): "0,6", ("Open book", "C2"): "n/a"}
    answer = hand_in(editor, workbook_with(faults, month=SEPTEMBER), "september.xlsx")
    upload = Upload.objects.get()
    assert answer.redirect_chain == [(f"{RETURNS}uploads/{upload.pk}/", HTTPStatus.FOUND)]
    assert (upload.outcome, Version.objects.count(), Line.objects.count()) == (Outcome.REJECTED, 0, 0)
    page, said = answer.content.decode(), text_of(answer)
    for number in range(1, len(upload.findings) + 1):
        assert page.count(f'href="#finding-{number}"') == 1
        assert page.count(f'id="finding-{number}"') == 1
    for finding in upload.findings:
        assert " ".join(finding["found"].split()) in said
        assert finding["remedy"] in said
    assert "september.xlsx" in said
    assert "The return is 3 Operational Days late" in said
    assert "Nothing has been sent to West Kent CCG or KCC." in said


def test_findings_stand_down_each_sheet_in_the_workbooks_order(editor: Client):
    faults = {("Workforce", "D5"): "x", ("Activity", "F11"): 1, ("Activity", "F3"): 1}
    page = hand_in(editor, workbook_with(faults)).content.decode()
    places = [page.index(f'finding__cell">{cell}<') for cell in ("F3", "F11", "D5")]
    assert places == sorted(places)


def test_more_than_a_hundred_findings_show_twenty_of_each_sheet_and_how_many_more(editor: Client):
    faults = {("Activity", f"{column}{row}"): "x" for column in "DEF" for row in range(2, 21)}
    faults |= {("Equality", f"D{row}"): "x" for row in range(2, 18)}
    faults |= {("Workforce", f"{column}{row}"): "x" for column in "CDE" for row in range(2, 12)}
    answer = hand_in(editor, workbook_with(faults))
    shown = answer.content.decode().count('<article class="finding')
    found = len(Upload.objects.get().findings)
    assert found > 100
    assert shown == 20 + 20 + 16
    assert "more on this sheet" in text_of(answer)


def test_a_file_that_cannot_be_read_is_one_plain_sentence_and_the_form(editor: Client):
    answer = hand_in(editor, b"month,children\n2019-08,191\n", "return.xlsx")
    said = text_of(answer)
    assert "The file is not a return that can be read" in said
    assert "Traceback" not in said
    assert "Upload another file" in said
    assert 'type="file"' in answer.content.decode()
    assert "1. Upload" not in said


def test_a_file_of_another_agreement_is_refused_without_a_word_about_it(editor: Client):
    hand_in(editor, workbook_with({("Return", "B2"): "SURREY-CYPMHS-S75"}))
    upload = Upload.objects.get()
    assert upload.outcome == Outcome.REJECTED
    assert Version.objects.count() == 0


def test_a_month_that_has_not_ended_is_refused(editor: Client):
    hand_in(editor, workbook_with(month=OCTOBER))
    assert Upload.objects.get().outcome == Outcome.REJECTED


def test_no_file_and_an_empty_file_are_errors_of_the_form(editor: Client):
    answer = editor.post(f"{RETURNS}upload/", {"why": ""})
    assert answer.status_code == HTTPStatus.OK
    assert "Error: Upload a return" in text_of(answer)
    assert answer.content.decode().count("Choose a file") == 2
    assert 'href="#id_file"' in answer.content.decode()
    assert "The file is empty" in text_of(hand_in(editor, b""))
    assert Upload.objects.count() == 0


def test_a_file_sent_as_text_is_an_error_of_the_form(editor: Client):
    assert "Choose a file" in text_of(editor.post(f"{RETURNS}upload/", {"file": "return.xlsx"}))


def test_a_file_above_the_limit_is_an_error_of_the_form_and_kept_nowhere(editor: Client):
    answer = hand_in(editor, b"PK\x03\x04" + b"x" * settings.UPLOAD_LIMIT_BYTES)
    assert "The file is larger than 10 MB" in text_of(answer)
    assert Upload.objects.count() == 0


@pytest.mark.parametrize(
    "name", [f"{SCRIPT}.xlsx", "\u202egnp.xlsx", "x" * 300 + ".xlsx", "../../etc/passwd.xlsx", "'><img>.xlsx"]
)
def test_hostile_names_are_shown_as_text(editor: Client, name):
    answer = hand_in(editor, workbook_with({("Activity", "F2"): 1}), name)
    page, held = answer.content.decode(), Upload.objects.get().file_name
    assert SCRIPT not in page
    assert "<img>" not in page
    assert "\u202e" not in page
    assert len(held) <= 120
    assert "/" not in held


def test_hostile_cells_are_shown_as_text(editor: Client):
    hostile = f"{SCRIPT}{{{{ 7|add:7 }}}}{{% now %}}"
    workbook = loaded(AUGUST, {("Workforce", "D5"): hostile, ("Activity", "F2"): hostile})
    page = hand_in(editor, saved(workbook)).content.decode()
    assert SCRIPT not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_hostile_comments_of_a_version_are_shown_as_text(editor: Client):
    answer = hand_in(editor, workbook_with({("Activity", "H2"): SCRIPT, ("Return", "B6"): SCRIPT}))
    assert Version.objects.count() == 1
    assert SCRIPT not in answer.content.decode()


def test_a_correction_says_why(kent: Kent, editor: Client):
    take_in(kent, [JULY, AUGUST])
    corrected = workbook_with({("Activity", "H2"): "Counted again"})
    answer = hand_in(editor, corrected)
    assert "Say why you correct the return for August 2019" in text_of(answer)
    assert 'href="#id_why"' in answer.content.decode()
    assert Version.objects.filter(of_return__month=AUGUST).count() == 1
    answer = hand_in(editor, corrected, why=f"Counted again {SCRIPT}")
    assert Version.objects.get(number=2).why == f"Counted again {SCRIPT}"
    assert SCRIPT not in answer.content.decode()
    assert "Version 1" in text_of(answer)


def test_an_accepted_file_again_asks_for_no_reason(kent: Kent, editor: Client):
    take_in(kent, [AUGUST])
    assert "Nothing has changed since version 1" in text_of(hand_in(editor, valid_content()))


def test_a_month_in_review_takes_no_other_file(kent: Kent, editor: Client):
    hand_in(editor, valid_content())
    visitor(kent, Role.PROVIDER_SIGNATORY).post(address(Version.objects.get(), "sign-off/"), DECLARED)
    answer = hand_in(editor, workbook_with({("Activity", "H2"): "Changed"}))
    assert "A version of this month is waiting for acceptance" in text_of(answer)
    assert Version.objects.count() == 1


def test_looking_changes_nothing(kent: Kent, editor: Client):
    take_in(kent, [AUGUST])
    hand_in(editor, workbook_with({("Activity", "F2"): 1}, month=SEPTEMBER))
    rejected = Upload.objects.get(outcome=Outcome.REJECTED)
    before = (Upload.objects.count(), Version.objects.count(), kent.agreement.events.count())
    for page in ("", "upload/", "2019-09/", "2019-08/versions/1/", f"uploads/{rejected.pk}/"):
        assert editor.get(f"{RETURNS}{page}").status_code == HTTPStatus.OK
    assert (Upload.objects.count(), Version.objects.count(), kent.agreement.events.count()) == before


@pytest.mark.parametrize(
    "odd", ["\x00", "\x0b", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "\ufeff"]
)
def test_characters_that_a_database_may_not_hold_never_break_the_page(editor: Client, odd):
    content = csv_with().replace(b"191", f"19{odd}1".encode(), 1)
    assert hand_in(editor, content, "return.csv").status_code == HTTPStatus.OK


def test_a_name_of_odd_characters_never_breaks_the_page(editor: Client):
    assert hand_in(editor, b"x", "\x00\x01.xlsx").status_code == HTTPStatus.OK
