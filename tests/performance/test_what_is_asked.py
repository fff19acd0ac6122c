"""A return is asked for what is in force in its month: elements and measures that ended may be left out."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from contracts.audit import CONSOLE
from contracts.models import Area, ServiceElement
from performance.actions.deciding import accept, sign_off
from performance.actions.judging import Judged, ReceivedFile, judge
from performance.actions.receiving import receive
from performance.form import Sheet, months_asked
from performance.models import Figure, Measure
from performance.recompute import work_off
from tests.hostile_files.build import AUGUST, loaded, saved
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent

pytestmark = pytest.mark.django_db
HSB, SPRING, JULY = "hsb", date(2019, 4, 1), date(2019, 7, 1)
# The rows of the sample workbook that name an element in their first column.
ELEMENT_SHEETS = ("Activity", "Workforce", "Open book", "Equality")


def without(element: str, month: date = AUGUST) -> bytes:
    """A month's workbook without the rows of an element, by the name in their first column."""
    workbook = loaded(month)
    for name in ELEMENT_SHEETS:
        sheet = workbook[name]
        for row in reversed(range(2, sheet.max_row + 1)):
            if sheet.cell(row, 1).value == element:
                sheet.delete_rows(row)
    return saved(workbook)


def judged(kent: Kent, content: bytes) -> Judged:
    return judge(ReceivedFile(content, "return.xlsx"), on=DEMO_DAY, expected=kent.agreement)


def errors(kent: Kent, content: bytes) -> set[str]:
    return {finding.code for finding in judged(kent, content).findings if finding.level == "error"}


def accepted(kent: Kent, content: bytes) -> None:
    """The file taken in and accepted, and the figures worked out."""
    found = judged(kent, content)
    version = receive(found, by=CONSOLE, at=DEMO_MOMENT, warnings_reason="A test").version
    assert version is not None, found.findings
    accept(sign_off(version, by=CONSOLE, at=DEMO_MOMENT), by=CONSOLE, at=DEMO_MOMENT)
    work_off(kent.agreement)


def element(kent: Kent, code: str = HSB) -> ServiceElement:
    return kent.agreement.elements.get(code=code)


def ended(kent: Kent, until: date, code: str = HSB) -> str:
    """The name of an element that is in force until a day."""
    kent.agreement.elements.filter(code=code).update(in_force_until=until)
    return element(kent, code).name


def test_an_element_in_force_is_asked_for(kent: Kent) -> None:
    assert errors(kent, without(element(kent).name)) == {"missing-row"}


@pytest.mark.parametrize("until", [date(2019, 8, 1), date(2019, 7, 17)])
def test_an_element_that_ended_before_the_month_is_not(kent: Kent, until: date) -> None:
    assert errors(kent, without(ended(kent, until))) == set()


def test_an_element_that_ends_within_the_month_still_is(kent: Kent) -> None:
    assert errors(kent, without(ended(kent, date(2019, 8, 2)))) == {"missing-row"}


def test_an_earlier_month_of_an_element_that_ended_is_asked_for_as_before(kent: Kent) -> None:
    name = ended(kent, JULY)
    assert errors(kent, without(name, date(2019, 6, 1))) == {"missing-row"}


def test_an_element_that_begins_later_is_not_asked_for(kent: Kent) -> None:
    kent.agreement.elements.filter(code=HSB).update(in_force_from=date(2019, 9, 1))
    assert errors(kent, without(element(kent).name)) == set()


def test_what_is_not_asked_for_may_be_there_and_is_read(kent: Kent) -> None:
    ended(kent, JULY, "khnes")
    found = judged(kent, saved(loaded()))
    assert not found.has_errors
    keys = set(kent.agreement.measures.filter(element__code="khnes").values_list("pk", flat=True))
    assert keys & {line.measure for line in found.reading.lines}


def test_a_measure_that_ended_may_be_left_out(kent: Kent) -> None:
    workbook = loaded()
    workbook["Activity"].delete_rows(4)
    content = saved(workbook)
    label = openpyxl.load_workbook(io.BytesIO(saved(loaded())))["Activity"]["B4"].value
    assert errors(kent, content) == {"missing-row"}
    measure = Measure.objects.get(sheet=Sheet.ACTIVITY, element__code="ehu", label=label)
    Measure.objects.filter(pk=measure.pk).update(in_force_until=AUGUST)
    assert errors(kent, content) == set()


def test_a_column_that_nothing_is_asked_for_in_may_be_left_out(kent: Kent) -> None:
    workbook = loaded()
    workbook["Workforce"].delete_cols(5)
    content = saved(workbook)
    assert "missing-heading" in errors(kent, content)
    Measure.objects.filter(sheet=Sheet.WORKFORCE, label="Temporary WTE").update(in_force_until=AUGUST)
    assert errors(kent, content) == set()
    assert errors(kent, saved(loaded())) == set()


def test_a_figure_of_what_was_not_asked_for_says_so(kent: Kent) -> None:
    Measure.objects.filter(sheet=Sheet.ACTIVITY, element__code="ehu", label="Liaisons").update(in_force_until=AUGUST)
    workbook = loaded()
    workbook["Activity"].delete_rows(4)
    accepted(kent, saved(workbook))
    liaisons = Figure.objects.get(
        indicator__code="early-help-liaisons", area__code="kent", month=AUGUST, known_until=None
    )
    assert liaisons.value is None
    assert liaisons.reason == "The return for August 2019 was not asked for Liaisons."


def test_areas_within_areas_are_added_from_the_leaves(kent: Kent) -> None:
    """Workforce is reported by the areas without areas under them, however deep those lie."""
    east = kent.agreement.areas.get(code="east-kent")
    for place in ("thanet", "swale"):
        Area.objects.create(agreement=kent.agreement, code=place, name=place.capitalize(), parent=east)
    workbook = loaded()
    _split(workbook["Workforce"], "East Kent", ["Thanet", "Swale"])
    for name in ("Activity", "Caseload by pathway"):
        _with_columns(workbook[name], "East Kent", ["Thanet", "Swale"])
    accepted(kent, saved(workbook))
    staff = {
        figure.area.code: figure.numerator or Decimal(0)
        for figure in Figure.objects.filter(
            indicator__purpose="staff", element__code="ehu", month=AUGUST, known_until=None
        ).select_related("area")
    }
    assert staff["thanet"] > 0
    assert staff["east-kent"] == staff["thanet"] + staff["swale"] == 2 * staff["thanet"]
    assert staff["kent"] == staff["east-kent"] + staff["west-kent"]


def _split(sheet, area: str, places: list[str]) -> None:
    """Replace each row of an area by one for each of its places, with the same numbers."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    sheet.delete_rows(2, sheet.max_row)
    for row in rows:
        for name in places if row[1] == area else [row[1]]:
            sheet.append([row[0], name, *row[2:]])


def _with_columns(sheet, area: str, places: list[str]) -> None:
    """Add a column for each place: all of the area's number in the first, nothing in the others."""
    headings = {cell.value: cell.column for cell in sheet[1]}
    for number, place in enumerate(places):
        column = sheet.max_column + 1
        sheet.cell(1, column).value = place
        for row in range(2, sheet.max_row + 1):
            value = sheet.cell(row, headings[area]).value
            sheet.cell(row, column).value = None if value is None else value if number == 0 else 0


@pytest.mark.parametrize(
    ("ranges", "asked"),
    [
        ([], (date.min, None)),
        ([(None, None), (None, None)], (date.min, None)),
        ([(date(2019, 4, 15), None)], (SPRING, None)),
        ([(date(2019, 4, 15), date(2019, 6, 15)), (SPRING, date(2019, 7, 2))], (SPRING, JULY)),
        ([(None, JULY), (SPRING, None)], (SPRING, JULY)),
    ],
)
def test_a_measure_is_asked_for_while_every_range_has_a_day(
    ranges: list[tuple[date | None, date | None]], asked: tuple[date, date | None]
) -> None:
    assert months_asked(*ranges) == asked
