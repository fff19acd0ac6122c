"""Handing blank returns out: who gets them, of which months, and that what is handed out can be handed in."""

import io
from datetime import date
from decimal import Decimal
from http import HTTPStatus

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Membership, Organisation, Role, User
from performance.actions.days import open_the_day
from performance.blank_return import NotAsked, blank_return
from performance.form import Sheet
from performance.models import Line, State, Version
from performance.workbook.read import read_return
from tests.barset import REFERENCE, START, load_barset
from tests.hostile_files.build import FILE_NAME, valid_content
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.performance.filling import Key, Said, filled_csv, filled_workbook, said_in
from tests.visiting import RETURNS, hand_in, text_of, visitor

pytestmark = pytest.mark.django_db
JULY, AUGUST, SEPTEMBER = (date(2019, month, 1) for month in (7, 8, 9))
PROVIDER = [Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY]
FILES = {"template.xlsx": filled_workbook, "template.csv": filled_csv}


@pytest.fixture
def editor(loaded: Kent) -> Client:
    return visitor(loaded, Role.PROVIDER_EDITOR)


def said_of(month: date):
    """What the accepted return of a month says."""
    lines = Line.objects.filter(version__of_return__month=month, version__state=State.ACCEPTED)
    held = lines.values_list("measure_id", "area__code", "value", "not_reported_because")
    return {(measure, area): reason if value is None else value for measure, area, value, reason in held}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
@pytest.mark.parametrize("page", [*FILES, "nil/"])
def test_only_who_may_upload_gets_them(loaded: Kent, role: Role, page: str) -> None:
    answer = visitor(loaded, role).get(f"{RETURNS}2019-09/{page}")
    assert answer.status_code == (HTTPStatus.OK if role in PROVIDER else HTTPStatus.FORBIDDEN)


@pytest.mark.parametrize("month", ["2018-03", "2022-09", "2031-01", "2019-13"])
@pytest.mark.parametrize("page", [*FILES, "nil/"])
def test_a_month_that_is_not_asked_for_is_not_found(editor: Client, month: str, page: str) -> None:
    assert editor.get(f"{RETURNS}{month}/{page}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(("page", "content_type"), [("template.xlsx", "application/vnd.openxmlformats-officedocument."
                         "spreadsheetml.sheet"), ("template.csv", "text/csv; charset=utf-8")])  # fmt: skip
def test_it_is_a_download_under_a_name_of_its_month(editor: Client, page: str, content_type: str) -> None:
    answer = editor.get(f"{RETURNS}2019-09/{page}")
    assert answer["Content-Disposition"] == f'attachment; filename="nelft-return-2019-09-{page}"'
    assert answer["Content-Type"] == content_type
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("page", FILES)
def test_filled_in_and_handed_in_it_becomes_a_draft_without_a_finding(loaded: Kent, editor: Client, page: str) -> None:
    said = said_of(AUGUST)
    form = blank_return(loaded.agreement, SEPTEMBER, is_exact=True).form
    content = FILES[page](editor.get(f"{RETURNS}2019-09/{page}").content, form, said)
    hand_in(editor, content, f"nelft-return-2019-09-{page}")
    version = Version.objects.get(of_return__month=SEPTEMBER)
    assert version.state == State.DRAFT
    # August's numbers once more: that is said, as is what was beyond the months before, and nothing else is found.
    assert {finding["code"] for finding in version.upload.findings} == {"nothing-changed", "usual-range"}
    assert said_of_version(version) == said


def said_of_version(version: Version):
    held = version.lines.values_list("measure_id", "area__code", "value", "not_reported_because")
    return {(measure, area): reason if value is None else value for measure, area, value, reason in held}


def test_the_month_before_stands_beside_and_not_the_months_own(editor: Client) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(editor.get(f"{RETURNS}2019-08/template.xlsx").content))
    july = openpyxl.load_workbook(io.BytesIO(valid_content(JULY)))
    assert workbook["Activity"]["K1"].value == "Last accepted, Jul 2019: Kent"
    assert workbook["Activity"]["K2"].value == july["Activity"]["F2"].value
    assert workbook["Equality"]["E2"].value == july["Equality"]["D2"].value


def test_small_counts_stand_beside_only_for_those_who_may_see_them(loaded: Kent) -> None:
    equality = {measure.key for measure in blank_return(loaded.agreement, SEPTEMBER, is_exact=True).form.measures
                if measure.sheet is Sheet.EQUALITY}  # fmt: skip
    exact = blank_return(loaded.agreement, SEPTEMBER, is_exact=True)
    hidden = blank_return(loaded.agreement, SEPTEMBER, is_exact=False)
    assert {key for key, _ in exact.values} & equality == equality
    assert {key for key, _ in hidden.values} & equality == set()
    assert {key for key, _ in hidden.values} == {key for key, _ in exact.values} - equality


def test_the_first_month_has_nothing_beside_it(loaded: Kent) -> None:
    blank = blank_return(loaded.agreement, date(2018, 4, 1), is_exact=True)
    assert (blank.earlier_month, blank.values, blank.unreported) == (None, {}, {})


def test_a_month_or_an_agreement_that_asks_for_nothing_says_so(loaded: Kent) -> None:
    with pytest.raises(NotAsked, match="No return is asked for this month"):
        blank_return(loaded.agreement, date(2018, 3, 1), is_exact=True)


@pytest.mark.parametrize("page", ["", "upload/"])
def test_the_list_and_the_upload_page_lead_to_the_months_still_to_come(editor: Client, page: str) -> None:
    content = editor.get(f"{RETURNS}{page}").content.decode()
    linked = [month for month in ("08", "09", "10", "11") if f"{RETURNS}2019-{month}/template.xlsx" in content]
    assert linked == ["09", "10"]


def test_the_pages_of_a_month_lead_to_its_files_and_to_a_nil_return_once_it_has_ended(editor: Client) -> None:
    for month, may_be_nil in (("2019-10", False), ("2019-09", True), ("2019-08/versions/1", True)):
        content = editor.get(f"{RETURNS}{month}/").content.decode()
        assert f"{RETURNS}{month[:7]}/template.csv" in content
        assert (f"{RETURNS}{month[:7]}/nil/" in content) is may_be_nil


@pytest.mark.parametrize("page", ["", "2019-09/", "2019-08/versions/1/"])
def test_a_reader_is_led_to_none_of_it(loaded: Kent, page: str) -> None:
    content = visitor(loaded, Role.COORDINATING_COMMISSIONER).get(f"{RETURNS}{page}").content.decode()
    assert "template." not in content
    assert "/nil/" not in content


def test_another_kind_of_agreement_gets_its_own(db: None, on_the_demo_day: date) -> None:
    agreement, _ = load_barset()
    open_the_day(agreement, at=DEMO_MOMENT)
    person = User.objects.create_user("ed@bct.example", "a long enough password", name="Ed Ito")
    trust = Organisation.objects.get(short_name="BCT")
    Membership.objects.create(user=person, organisation=trust, role=Role.PROVIDER_EDITOR)
    client = Client()
    client.force_login(person)
    answer = client.get(reverse("blank_workbook", args=[REFERENCE, START]))
    assert 'filename="bct-return-2019-05-template.xlsx"' in answer["Content-Disposition"]
    workbook = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert [cell.value for cell in workbook["Activity"][1]][:6] == [
        "Service element", "Measure", "Unit", "North", "South", "Barset"]  # fmt: skip
    form = blank_return(agreement, START, is_exact=True).form
    said: dict[Key, Said] = {
        (form.measures[0].key, area.code): Decimal(number) for area, number in zip(form.areas, (5, 2, 3), strict=True)
    }
    reading = read_return(filled_workbook(answer.content, form, said), FILE_NAME.replace("2019-08", "2019-05"),
                          lambda _: form, DEMO_DAY)  # fmt: skip
    assert reading.findings == ()
    assert said_in(reading.lines) == said
    assert "Children mentored" in str([cell.value for cell in workbook["Activity"]["B"]])
    assert "May 2019" in text_of(client.get(reverse("nil_return", args=[REFERENCE, START])))
