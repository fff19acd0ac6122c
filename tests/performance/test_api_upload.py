"""Uploading a return over the API: the same judgement, the same findings and the same limits as on the page."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from contracts.models import Event, Organisation, PartyRole, Role, Scope
from contracts.upload_limit import largest_body
from performance.models import CaseList, Outcome, State, Upload, Version
from tests.api_callers import Caller, caller_for
from tests.hostile_files.build import valid_content, workbook_with
from tests.hostile_files.packages import doctype_in_sheet, external_entity, small_bomb
from tests.kent import Kent
from tests.visiting import CASES, hand_in, text_of, visitor

pytestmark = pytest.mark.django_db
RETURNS = "/api/v1/agreements/KCC-CYPMHS-S76/returns"
AUGUST = date(2019, 8, 1)
COMMENT = ("Activity", "H2")
MEGABYTE = 1024 * 1024


@pytest.fixture
def provider(loaded: Kent, on_the_demo_day: date) -> Caller:
    """The provider's own system."""
    (own,) = Organisation.objects.filter(parties__agreement=loaded.agreement, parties__role=PartyRole.PROVIDER)
    scopes = Scope.FIGURES_READ, Scope.RETURNS_WRITE
    return caller_for(loaded.agreement, *scopes, organisation=own, name="NELFT reporting")


def send(caller: Caller, content: bytes, cases: bytes | None = CASES, name: str = "return.xlsx", **parts: Any) -> Any:
    """Send a return with its case list."""
    files = {"return": SimpleUploadedFile(name, content)}
    if cases is not None:
        files["case_list"] = SimpleUploadedFile("list.csv", cases)
    return caller.http.post(RETURNS, files | parts)


def counts() -> tuple[int, int, int]:
    return Upload.objects.count(), Version.objects.count(), Event.objects.count()


def test_a_good_return_becomes_a_draft_in_the_clients_name(provider):
    answer = send(provider, workbook_with({COMMENT: "Counted again"}), why="A comment was missing")
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["outcome"], told["version"]["state"], told["version"]["number"]) == ("version", "draft", 2)
    assert told["version"]["corrects_because"] == "A comment was missing"
    assert {finding["level"] for finding in told["findings"]} == {"warning"}
    assert provider.get(answer["Location"]).json() == told["version"]
    version = Version.objects.get(of_return__month=AUGUST, number=2)
    assert (version.upload.uploaded_by, version.upload.uploaded_by_name) == (None, "NELFT reporting")
    assert CaseList.objects.filter(version=version).exists()
    event = Event.objects.order_by("-id")[0]
    assert (event.action, event.actor, event.actor_name) == ("return uploaded", None, "NELFT reporting")


def test_the_same_file_again_is_recognised_and_keeps_nothing(provider):
    content = workbook_with({COMMENT: "Once"})
    first = send(provider, content, why="Once")
    before = counts()
    again = send(provider, content, why="Once")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["outcome"] == "unchanged"
    assert again.json()["version"] == first.json()["version"]
    assert again["Location"] == first["Location"]
    assert counts() == before


def test_an_accepted_file_is_recognised_too(provider):
    answer = send(provider, valid_content(), cases=None)
    assert (answer.status_code, answer.json()["version"]["state"]) == (200, "accepted")


def test_a_refused_return_names_every_finding_that_the_page_names(provider, loaded):
    content = workbook_with({("Activity", "D2"): "about 100", ("Activity", "E3"): -4, ("Workforce", "C3"): "x"})
    answer = send(provider, content)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    problem = answer.json()
    assert {"type", "title", "status", "detail", "upload", "findings"} == problem.keys()
    page = text_of(hand_in(visitor(loaded, Role.PROVIDER_EDITOR), content))
    errors = [finding for finding in problem["findings"] if finding["level"] == "error"]
    assert len(errors) >= 3
    for finding in errors:
        assert all(finding[part] for part in ("code", "title", "found", "expected", "remedy"))
        assert finding["title"] in page
        assert finding["remedy"] in page
    upload = Upload.objects.get(pk=problem["upload"])
    assert (upload.outcome, upload.uploaded_by_name) == (Outcome.REJECTED, "NELFT reporting")
    assert Event.objects.filter(action="upload rejected", actor_name="NELFT reporting").count() == 1


def test_personal_data_is_refused_and_not_repeated_or_kept(provider):
    answer = send(provider, workbook_with({COMMENT: "Ask for NHS number 943 476 5919"}), why="x1")
    assert answer.status_code == 422
    assert "943" not in answer.content.decode()
    assert Upload.objects.get(pk=answer.json()["upload"]).content is None


@pytest.mark.parametrize("hostile", [small_bomb, doctype_in_sheet, external_entity], ids=lambda made: made.__name__)
def test_an_unsafe_file_is_refused_unread(provider, hostile):
    answer = send(provider, hostile())
    assert answer.status_code == 422
    assert Upload.objects.get(pk=answer.json()["upload"]).content is None


def test_a_correction_says_why(provider):
    before = counts()
    answer = send(provider, workbook_with({COMMENT: "Another"}))
    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {
            "name": "why",
            "detail": "The return for August 2019 was accepted or sent back before. Say in `why` what this corrects.",
        }
    ]
    assert counts() == before


def test_a_reason_that_points_at_a_child_is_refused_and_not_repeated(provider):
    answer = send(provider, workbook_with({COMMENT: "Another"}), why="NHS number 943 476 5919 was wrong")
    assert (answer.status_code, answer.json()["errors"][0]["name"]) == (400, "why")
    assert "943" not in answer.content.decode()


def test_a_version_in_review_is_not_replaced(provider, loaded):
    draft = send(provider, workbook_with({COMMENT: "Waiting"}), why="Waiting").json()["version"]
    version = Version.objects.get(of_return__month=AUGUST, number=draft["number"])
    Version.objects.filter(pk=version.pk).update(state=State.SUBMITTED, submitted_at=version.upload.uploaded_at)
    answer = send(provider, workbook_with({COMMENT: "Too late"}), why="Too late")
    assert answer.status_code == 422
    assert "in-review" in {finding["code"] for finding in answer.json()["findings"]}


def test_a_return_of_another_agreement_is_refused(provider):
    answer = send(provider, workbook_with({("Return", "B3"): "OTHER-S75"}))
    assert answer.status_code == 422
    assert Version.objects.filter(of_return__month=AUGUST).count() == 1


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"file": SimpleUploadedFile("return.xlsx", b"1")},
        {"return": "a text"},
        {"return": SimpleUploadedFile("return.xlsx", b"1"), "case_list": "a text"},
        {"return": SimpleUploadedFile("return.xlsx", b"1"), "month": "2019-08"},
        {"return": [SimpleUploadedFile("a.xlsx", b"1"), SimpleUploadedFile("b.xlsx", b"1")]},
        {
            "return": SimpleUploadedFile("a", b"1"),
            "case_list": SimpleUploadedFile("b", b"1"),
            "c": SimpleUploadedFile("c", b"1"),
        },
        {"return": SimpleUploadedFile("empty.xlsx", b"")},
    ],
    ids=["nothing", "other name", "text", "list as text", "more", "two returns", "three files", "empty"],
)
def test_other_parts_than_are_asked_for_are_refused_in_a_sentence(provider, parts):
    before = counts()
    answer = provider.http.post(RETURNS, parts)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert counts() == before


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{}", "application/json", 415),
        (b"return=1", "application/x-www-form-urlencoded", 415),
        (b"PK", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 415),
        (b"--x\r\nno end", "multipart/form-data; boundary=x", 400),
        (b"anything", "multipart/form-data", 400),
    ],
)
def test_another_form_is_refused(provider, body, content_type, status):
    answer = provider.http.post(RETURNS, body, content_type=content_type)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_a_return_above_its_limit_is_dropped_while_it_arrives(provider):
    before = counts()
    answer = send(provider, b"x" * (10 * MEGABYTE + 1))
    assert answer.status_code == 413
    assert "10 MB" in answer.json()["detail"]
    assert counts() == before


def test_a_case_list_may_be_larger_than_a_return_as_on_the_page(provider):
    rows = CASES + b"\r\n" * (6 * MEGABYTE)
    assert len(rows) > 10 * MEGABYTE
    answer = send(provider, b"no workbook", cases=rows)
    assert answer.status_code == 422


def test_a_case_list_above_its_limit_is_refused(provider):
    with override_settings(LARGER_UPLOADS={("api_returns", "case_list"): 11 * MEGABYTE}):
        answer = send(provider, b"no workbook", cases=b"x" * (11 * MEGABYTE + 1))
    assert answer.status_code == 413
    assert "case list" in answer.json()["detail"]


def test_a_body_that_cannot_be_within_the_limits_is_not_read(provider):
    class Unread:
        def read(self, *_: Any) -> bytes:
            raise AssertionError("The body was read.")

        readline = read

    length = str(largest_body("api_returns") + 1)
    answer = provider.http.generic(
        "POST",
        RETURNS,
        b"",
        content_type="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": length, "wsgi.input": Unread()},
    )
    assert answer.status_code == 413


def test_a_body_in_pieces_without_a_length_is_refused(provider):
    parts = {"return": SimpleUploadedFile("return.xlsx", valid_content())}
    answer = provider.http.post(RETURNS, parts, headers={"Transfer-Encoding": "chunked"})
    assert answer.status_code == 411
    assert "Content-Length" in answer.json()["detail"]
