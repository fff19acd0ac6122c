"""What the pages about returns show: the list, a version's sheets against earlier months, and their cost."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from contracts import audit
from contracts.access import Standing, standing_of
from contracts.models import Role
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from performance.findings import warning
from performance.form import Sheet
from performance.lateness import ReturnState
from performance.models import Version
from performance.return_pages.calendar import ReturnsPage, returns_page
from performance.return_pages.findings import counts_by_sheet, stored_findings
from performance.return_pages.month_rows import Correction
from performance.return_pages.shapes import Row, SheetTable
from performance.return_pages.version import VersionPage, version_for, version_page
from performance.return_pages.wording import as_reported, change_between
from tests.hostile_files.build import workbook_with
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.signing import signed_off
from tests.visiting import RETURNS, address, hand_in, text_of, visitor

pytestmark = pytest.mark.django_db
APRIL, AUGUST, SEPTEMBER = date(2018, 4, 1), date(2019, 8, 1), date(2019, 9, 1)
COUNCIL, COORDINATOR, SIGNATORY = (
    Role.COUNCIL_COMMISSIONER,
    Role.COORDINATING_COMMISSIONER,
    Role.PROVIDER_SIGNATORY,
)


def standing(kent: Kent, role: Role) -> Standing:
    """What the demo's person of `role` may do in the agreement."""
    return standing_of(kent.people[role], kent.agreement)


def listed(kent: Kent, role: Role) -> ReturnsPage:
    """The list of returns as `role` sees it."""
    return returns_page(standing(kent, role), on=DEMO_DAY)


def page_of(
    kent: Kent, role: Role, sheet: Sheet = Sheet.ACTIVITY, month: date = AUGUST, number: int = 1
) -> VersionPage:
    """The page of a version as `role` sees it."""
    reader = standing(kent, role)
    return version_page(version_for(reader, month, number), reader, sheet=sheet)


def row_of(table: SheetTable, group: str, label: str) -> Row:
    """A row by its group and label."""
    rows = next(one.rows for one in table.groups if one.name == group)
    return next(row for row in rows if row.measure.label == label)


def texts(row: Row) -> list[str]:
    """The numbers of a row, earlier ones last."""
    return [cell.text for cell in (*row.cells, *row.before)]


# ---- the list


def test_the_list_says_how_things_stand_and_leaves_out_months_before_returns_are_required(loaded: Kent):
    page = listed(loaded, COUNCIL)
    assert page.how_things_stand == (
        "17 of the 18 returns due so far are accepted. September 2019 is 3 Operational Days late."
    )
    rows = [row for year in page.years for row in year.rows]
    assert rows[0].month == date(2019, 10, 1)
    assert rows[-1].month == APRIL
    assert [year.name for year in page.years] == ["2019/20", "2018/19"]
    states = {row.month: row.state for row in rows}
    assert states[SEPTEMBER] is ReturnState.LATE
    assert states[date(2019, 10, 1)] is ReturnState.NOT_DUE
    assert sum(state is ReturnState.ACCEPTED for state in states.values()) == 17
    assert page.to_come[0].month == date(2019, 11, 1)
    assert (page.tasks, page.may_upload) == ((), False)


def test_a_signed_off_date_is_in_the_portals_time_zone(loaded: Kent):
    row = next(row for year in listed(loaded, COUNCIL).years for row in year.rows if row.month == AUGUST)
    assert (row.due_on, row.note) == (date(2019, 9, 13), "")


def test_each_role_is_told_its_next_step(loaded: Kent):
    editor = visitor(loaded, Role.PROVIDER_EDITOR)
    assert [task.text for task in listed(loaded, Role.PROVIDER_EDITOR).tasks] == [
        "Upload the return for September 2019: 3 Operational Days late"
    ]
    hand_in(editor, workbook_with(month=SEPTEMBER))
    assert [t.text for t in listed(loaded, SIGNATORY).tasks] == ["Sign off September 2019, version 1"]
    assert listed(loaded, Role.PROVIDER_EDITOR).tasks == ()
    signed_off(Version.objects.get(of_return__month=SEPTEMBER), audit.Actor.person(loaded.people[SIGNATORY]))
    assert [t.text for t in listed(loaded, COORDINATOR).tasks] == ["Accept or send back September 2019, version 1"]
    rows = {row.month: row for row in listed(loaded, COUNCIL).years[0].rows}
    assert rows[SEPTEMBER].state is ReturnState.SUBMITTED
    assert rows[SEPTEMBER].note == "signed off 3 Operational Days late"


def test_a_correction_under_way_shows_beside_the_accepted_version(loaded: Kent):
    hand_in(visitor(loaded, Role.PROVIDER_EDITOR), workbook_with({("Activity", "H2"): "Again"}), why="Again")
    rows = {row.month: row for row in listed(loaded, Role.PROVIDER_EDITOR).years[0].rows}
    assert (rows[AUGUST].state, rows[AUGUST].number) == (ReturnState.ACCEPTED, 1)
    assert rows[AUGUST].correction == Correction(2, ReturnState.DRAFT)
    assert {row.month: row for row in listed(loaded, COUNCIL).years[0].rows}[AUGUST].correction is None


# ---- what a version says


def test_activity_stands_against_the_last_accepted_month(loaded: Kent):
    page = page_of(loaded, COORDINATOR)
    early_help = "Support to Early Help Units"
    assert [area.name for area in page.table.areas] == ["East Kent", "West Kent", "Kent"]
    assert [one.heading for one in page.table.compared] == ["July 2019"]
    caseload = row_of(page.table, early_help, "Caseload at month end")
    assert texts(caseload) == ["108", "83", "191", "189"]
    assert caseload.change == "+2 (+1.1%)"
    assert [flag.text for flag in caseload.flags] == ["Below target of 300", "Outside usual range"]
    assert row_of(page.table, early_help, "Referrals received").change == "−8 (−17.0%)"
    pupils = row_of(page.table, "Kent Health Needs Education Service", "Pupils supported")
    assert (texts(pupils), pupils.change) == (["13", "9", "22", "38"], "−16 (−42.1%)")
    assert [(flag.text, flag.has_reason) for flag in pupils.flags] == [("Changed over 25%", True)]


def test_what_was_not_reported_is_a_reason_and_never_a_number(loaded: Kent):
    row = row_of(
        page_of(loaded, COUNCIL).table, "Harmful Sexual Behaviour / Post Sexual Abuse", "Caseload at month end"
    )
    assert row.not_reported_because == "Not recorded separately from the Complex Pathway"
    assert (row.cells, row.change) == ((), "")
    assert [flag.text for flag in row.flags] == ["Not reported"]


def test_numbers_of_an_accepted_version_lead_to_their_figures_where_there_are_some(loaded: Kent):
    table = page_of(loaded, COUNCIL).table
    linked = {
        (row.measure.label, cell.heading): (cell.figure.indicator, cell.figure.element, cell.figure.area)
        for group in table.groups
        for row in group.rows
        for cell in row.cells
        if cell.figure
    }
    assert linked["Consultations", "East Kent"] == ("early-help-consultations", "ehu", "east-kent")
    assert linked["Waiting for treatment at month end", "Kent"] == ("waiting-treatment", "whole", "kent")
    assert ("Cases closed", "Kent") not in linked


def test_every_figure_link_opens(loaded: Kent):
    client = visitor(loaded, COUNCIL)
    page = client.get(f"{RETURNS}2019-08/versions/1/").content.decode()
    links = {part.split('"')[0] for part in page.split('href="') if "/figures/" in part.split('"')[0]}
    assert len(links) >= 20
    assert {client.get(link).status_code for link in links} == {200}


def test_a_version_that_waits_leads_to_no_figure_and_is_held_against_the_target(loaded: Kent):
    hand_in(visitor(loaded, Role.PROVIDER_EDITOR), workbook_with(month=SEPTEMBER))
    table = page_of(loaded, Role.PROVIDER_EDITOR, month=SEPTEMBER).table
    assert not any(cell.figure for group in table.groups for row in group.rows for cell in row.cells)
    row = row_of(table, "Support to Early Help Units", "Caseload at month end")
    assert [flag.text for flag in row.flags] == ["Below target of 300", "Outside usual range"]


def test_a_target_flags_the_months_it_is_in_force_only(loaded: Kent):
    target = loaded.agreement.indicators.get(code="early-help-caseload").targets.get()
    target.in_force_until = AUGUST
    target.save()
    row = row_of(page_of(loaded, COUNCIL).table, "Support to Early Help Units", "Caseload at month end")
    assert [flag.text for flag in row.flags] == ["Outside usual range"]


def test_staff_by_area_add_to_the_whole_and_a_comment_stands_once(loaded: Kent):
    table = page_of(loaded, COUNCIL, Sheet.WORKFORCE).table
    in_post = row_of(table, "Support to Early Help Units", "In-post WTE")
    assert texts(in_post) == ["5.1", "4.3", "9.4", "9.2"]
    health_needs = next(group for group in table.groups if group.name == "Kent Health Needs Education Service")
    assert [row.comment for row in health_needs.rows] == ["Posts held vacant", "", ""]


def test_the_open_book_is_in_pounds_and_pence(loaded: Kent):
    page = page_of(loaded, COUNCIL, Sheet.OPEN_BOOK)
    pay = row_of(page.table, "Support to Early Help Units", "Pay")
    assert texts(pay)[0] == "£47,589.86"
    assert [area.name for area in page.table.areas] == ["Kent"]
    money = next(fact for fact in page.facts if fact.title == "Money in the open book")
    assert (money.value, money.note) == ("£166,244.63", "£2,644.36 more than in July 2019")


def test_the_first_month_has_nothing_to_be_compared_with(loaded: Kent):
    page = page_of(loaded, COUNCIL, month=APRIL)
    assert (page.table.compared, page.table.has_change, page.has_earlier_month) == ((), False, False)
    assert "There is no earlier month to compare." in text_of(
        visitor(loaded, COUNCIL).get(f"{RETURNS}2018-04/versions/1/")
    )


def test_a_later_version_stands_beside_the_one_before(loaded: Kent):
    changes = {("Activity", "D3"): 62, ("Activity", "F3"): 108}
    hand_in(visitor(loaded, Role.PROVIDER_EDITOR), workbook_with(changes), why="One more")
    table = page_of(loaded, Role.PROVIDER_EDITOR, number=2).table
    assert [one.heading for one in table.compared] == ["Version 1", "July 2019"]
    row = row_of(table, "Support to Early Help Units", "Consultations")
    assert texts(row) == ["62", "46", "108", "107", "104"]


def test_the_facts_count_measures_and_flags(loaded: Kent):
    reported, flags, _ = page_of(loaded, COUNCIL).facts
    assert (reported.value, reported.after) == ("63", "of 66")
    assert reported.note == "3 measures not reported: Harmful Sexual Behaviour"
    assert (flags.value, flags.note) == ("8", "7 unusual figures, 1 off target")


# ---- small counts


def test_exact_small_counts_are_for_those_with_the_permission(loaded: Kent):
    for role in (Role.PROVIDER_EDITOR, COORDINATOR, Role.AUDITOR):
        table = page_of(loaded, role, Sheet.EQUALITY).table
        assert texts(row_of(table, "Support to Early Help Units: Sex", "Not stated"))[0] == "4"


@pytest.mark.parametrize("role", [COUNCIL, Role.COUNCIL_FINANCE, Role.ASSOCIATE_COMMISSIONER])
def test_others_see_them_hidden_and_rounded(loaded: Kent, role):
    table = page_of(loaded, role, Sheet.EQUALITY).table
    sex = {row.measure.label: texts(row)[0] for row in table.groups[0].rows}
    assert sex == {"Female": "*", "Male": "100", "Not stated": "*"}
    answer = visitor(loaded, role).get(f"{RETURNS}2019-08/versions/1/?sheet=equality")
    assert ">99<" not in answer.content.decode()
    assert "Counts are rounded to the nearest 5." in text_of(answer)
    shown = {cell for group in table.groups for row in group.rows for cell in texts(row)}
    assert all(cell == "*" or int(cell) % 5 == 0 for cell in shown)


def test_a_warning_about_a_small_count_is_kept_back_from_those_without_the_permission(loaded: Kent):
    found = "3 children (D4), typed as text"
    told = warning("text", "Equality", "D4", title="As text", found=found, expected="A number", remedy="Type it")
    judged = judge(ReceivedFile(workbook_with(month=SEPTEMBER), "r.xlsx"), on=DEMO_DAY, expected=loaded.agreement)
    by = audit.Actor.person(loaded.people[Role.PROVIDER_EDITOR])
    version = receive(replace(judged, findings=(told,)), by=by, at=DEMO_MOMENT).version
    assert version is not None
    signed_off(version, by=by)
    for sheet in ("activity", "equality"):
        council = text_of(visitor(loaded, COUNCIL).get(f"{address(version)}?sheet={sheet}"))
        assert "1 warning on sheet Equality is not shown to you" in council
        assert found not in council
    assert found in text_of(visitor(loaded, Role.PROVIDER_EDITOR).get(address(version)))


# ---- words


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Decimal("191.0000"), "children", "191"),
        (Decimal("0"), "children", "0"),
        (None, "children", "not reported"),
        (Decimal("9.4"), "WTE", "9.4"),
        (Decimal("7.0000"), "WTE", "7.0"),
        (Decimal("0.65"), "WTE", "0.65"),
        (Decimal("47589.8600"), "pounds", "£47,589.86"),
    ],
)
def test_a_number_is_written_with_no_fewer_decimals_than_it_was_reported_with(value, unit, text):
    assert as_reported(value, unit) == text


@pytest.mark.parametrize(
    ("before", "now", "unit", "text"),
    [
        ("189", "191", "children", "+2 (+1.1%)"),
        ("47", "39", "referrals", "−8 (−17.0%)"),
        ("0", "3", "children", "+3"),
        ("3", "3", "children", "0"),
        ("1.0", "0.5", "WTE", "−0.5 (−50.0%)"),
        ("100", "250.5", "pounds", "+£150.50 (+150.5%)"),
        ("250.5", "100", "pounds", "−£150.50 (−60.1%)"),
    ],
)
def test_a_change_has_its_sign_and_its_percentage(before, now, unit, text):
    assert change_between(Decimal(before), Decimal(now), unit) == text


def test_sheets_without_findings_are_counted_together():
    record = {"level": "error", "sheet": "Activity", "cell": "F2", "code": "x"}
    record |= dict.fromkeys(("title", "found", "expected", "remedy"), "x")
    counts = counts_by_sheet(stored_findings([record]))
    assert [(c.sheet, c.errors, c.warnings) for c in counts] == [
        ("Activity", 1, 0),
        ("Return, Caseload by pathway, Workforce, Open book, Equality", 0, 0),
    ]


def test_the_console_has_no_organisation_in_the_timeline(loaded: Kent):
    version = Version.objects.get(of_return__month=AUGUST)
    version.moves.model.objects.create(
        version=version,
        from_state="accepted",
        to_state="replaced",
        by_name=audit.CONSOLE.name,
        at=DEMO_MOMENT,
        reason="",
    )
    assert [one.who for one in page_of(loaded, COUNCIL).timeline] == [
        "Sam Ellis, NELFT",
        "Nina Rao, NELFT",
        "Helen Marsh, West Kent CCG",
        "the operator at the console",
    ]
