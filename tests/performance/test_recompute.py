"""Figures follow what they rest on: returns, corrections, terms, money, definitions, and the order things came in."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command

from contracts.audit import CONSOLE
from contracts.changes import TermsChange, terms_changed
from contracts.models import Event
from performance.actions.deciding import accept, sign_off
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from performance.models import Figure, RecomputeNeed, Version
from performance.needs import state_need
from performance.queries import waiting_recomputes
from performance.recompute import work_off
from tests.hostile_files.build import Changes, loaded, workbook_with
from tests.kent import DEMO_MOMENT, Kent, take_in

MAY, JUNE, JULY, AUGUST = (date(2019, month, 1) for month in (5, 6, 7, 8))
SEPTEMBER = date(2019, 9, 1)
# Kent's liaisons of August 2019 are 205 in the sample return.
FEWER_LIAISONS: Changes = {("Activity", "D4"): 100, ("Activity", "F4"): 191}


def figures(kent: Kent, indicator: str, **of: object) -> list[Figure]:
    """Every row there is of an indicator over the whole of Kent, the oldest knowledge first."""
    held = Figure.objects.filter(agreement=kent.agreement, indicator__code=indicator, area__code="kent", **of)
    return list(held.order_by("known_from"))


def current(kent: Kent, indicator: str, month: date = AUGUST, element: str | None = None) -> Figure:
    """The figure as known now."""
    of = {"element__code": element} if element else {}
    (figure,) = figures(kent, indicator, month=month, known_until=None, **of)
    return figure


def ratio(figure: Figure) -> list[Decimal | None]:
    """The numerator over the denominator."""
    return [figure.numerator, figure.denominator]


def rows(kent: Kent) -> list[tuple[object, ...]]:
    """Every figure that was ever known, as it stands in the database."""
    return list(Figure.objects.filter(agreement=kent.agreement).order_by("pk").values_list())


def correct(kent: Kent, changes: Changes, at: datetime, month: date = AUGUST) -> Version:
    """A later version of a month's return, accepted."""
    file = ReceivedFile(workbook_with(changes, month), "correction.xlsx")
    judged = judge(file, on=at.date(), expected=kent.agreement)
    receipt = receive(judged, by=CONSOLE, at=at, why="Counted again", warnings_reason="Checked")
    assert receipt.version is not None, receipt.judged.findings
    return accept(sign_off(receipt.version, by=CONSOLE, at=at), by=CONSOLE, at=at)


def change_terms(kent: Kent, from_day: date, at: datetime = DEMO_MOMENT) -> None:
    """Say that terms changed, as the admin site does in the transaction of the change, and work it off."""
    terms_changed(TermsChange(kent.agreement, from_day, "Terms were varied", CONSOLE, at))
    work_off(kent.agreement)


def test_working_out_again_changes_nothing(kent: Kent) -> None:
    take_in(kent, [AUGUST])
    assert work_off(kent.agreement) == 1
    before = rows(kent)
    assert before
    call_command("recompute", "--agreement", kent.agreement.reference, "--month", "2019-08")
    assert rows(kent) == before
    assert work_off(kent.agreement) == 0


def test_each_need_worked_off_leaves_one_event(kent: Kent) -> None:
    (version,) = take_in(kent, [AUGUST])
    work_off(kent.agreement)
    event = Event.objects.get(agreement=kent.agreement, action="figures worked out")
    assert (event.subject, event.actor, event.actor_name) == (f"{version} was accepted", None, "the portal")
    assert event.after == {"from": "2019-08-01", "until": "2019-09-01", "changed": len(rows(kent)), "reconciled": 3}


def test_a_correction_replaces_what_it_changes_and_nothing_else(kent: Kent) -> None:
    (first,) = take_in(kent, [AUGUST])
    work_off(kent.agreement)
    untouched = current(kent, "spend-share-of-contract", element="ehu")
    second = correct(kent, FEWER_LIAISONS, DEMO_MOMENT)
    work_off(kent.agreement)
    first.refresh_from_db()
    assert (first.state, first.replaced_at, second.number) == ("replaced", DEMO_MOMENT, 2)
    old, new = figures(kent, "early-help-liaisons", month=AUGUST)
    assert [old.value, new.value] == [205, 191]
    assert old.known_until == new.known_from == DEMO_MOMENT
    assert new.known_until is None
    assert [source["version"] for source in new.sources] == [2]
    assert current(kent, "spend-share-of-contract", element="ehu").pk == untouched.pk


def test_the_same_values_in_a_later_version_point_to_its_cells(kent: Kent) -> None:
    take_in(kent, [AUGUST])
    work_off(kent.agreement)
    correct(kent, FEWER_LIAISONS, DEMO_MOMENT)
    work_off(kent.agreement)
    caseload = current(kent, "early-help-caseload")
    assert caseload.value == 191
    assert caseload.sources[0]["version"] == 2


def test_what_was_known_then_can_still_be_read(kent: Kent) -> None:
    take_in(kent, [AUGUST])
    work_off(kent.agreement)
    correct(kent, FEWER_LIAISONS, DEMO_MOMENT)
    work_off(kent.agreement)
    before = DEMO_MOMENT - timedelta(seconds=1)
    known = Figure.objects.filter(known_from__lte=before).exclude(known_until__lte=before)
    assert known.get(indicator__code="early-help-liaisons", area__code="kent", month=AUGUST).value == 205


def test_a_correction_of_july_moves_the_rolling_year_of_august(kent: Kent) -> None:
    months = [date(2018, 9, 1), *(date(2018, m, 1) for m in (10, 11, 12)), *(date(2019, m, 1) for m in range(1, 9))]
    take_in(kent, months)
    RecomputeNeed.objects.update(done_at=DEMO_MOMENT)
    call_command("recompute", "--agreement", kent.agreement.reference, "--month", "2019-08")
    before = current(kent, "early-help-goals-met")
    assert ratio(before) == [248, 402]
    # July's goals met, East Kent and Kent: five fewer.
    july = workbook_values(JULY, "D8", "F8")
    correct(kent, {("Activity", "D8"): july["D8"] - 5, ("Activity", "F8"): july["F8"] - 5}, DEMO_MOMENT, JULY)
    work_off(kent.agreement)
    after = current(kent, "early-help-goals-met")
    assert ratio(after) == [243, 402]


def test_money_changed_from_june_moves_shares_from_june_only(kent: Kent) -> None:
    take_in(kent, [MAY, JUNE])
    work_off(kent.agreement)
    line = kent.agreement.funding_lines.get(element__code="ehu")
    line.in_force_until = JUNE
    line.save()
    line.pk, line.in_force_from, line.in_force_until, line.annual_amount = None, JUNE, None, Decimal(600_000)
    line.save(force_insert=True)
    change_terms(kent, JUNE)
    may, june = (current(kent, "spend-share-of-contract", month, "ehu") for month in (MAY, JUNE))
    assert ratio(may) == [1_200_000, 16_457_000]
    assert ratio(june) == [600_000, 15_857_000]
    assert len(figures(kent, "spend-share-of-contract", month=MAY, element__code="ehu")) == 1
    # A twelfth of each amount, less what the open book says was spent.
    spent = [current(kent, "funded-not-spent", month, "ehu").sources[0]["value"] for month in (MAY, JUNE)]
    assert spent == ["100000", "50000"]


def test_a_target_of_one_area_comes_before_that_of_all(kent: Kent) -> None:
    take_in(kent, [AUGUST])
    indicator = kent.agreement.indicators.get(code="lac-in-standard")
    east = kent.agreement.areas.get(code="east-kent")
    indicator.targets.create(area=east, value=Decimal(101), in_force_from=JULY)
    change_terms(kent, JULY)
    held = Figure.objects.filter(indicator=indicator, month=AUGUST, known_until=None)
    assert dict(held.values_list("area__code", "verdict")) == {
        "kent": "green",
        "east-kent": "red",
        "west-kent": "green",
    }


def test_an_element_that_ended_has_no_figures_from_then_on(kent: Kent) -> None:
    take_in(kent, [JULY, AUGUST])
    work_off(kent.agreement)
    assert len(figures(kent, "staff-in-post", element__code="hsb", known_until=None)) == 2
    kent.agreement.elements.filter(code="hsb").update(in_force_until=date(2019, 8, 20))
    change_terms(kent, AUGUST)
    for indicator in ("staff-in-post", "hsb-caseload"):
        july, august = figures(kent, indicator, element__code="hsb")
        assert (july.month, july.known_until) == (JULY, None)
        assert (august.month, august.known_until) == (AUGUST, DEMO_MOMENT)
    # The others stay as they were.
    assert len(figures(kent, "staff-in-post", month=AUGUST, known_until=None)) == 3


def test_a_definition_changed_from_august_holds_from_august_only(kent: Kent) -> None:
    take_in(kent, [JULY, AUGUST])
    work_off(kent.agreement)
    consultations = kent.agreement.indicators.get(code="early-help-consultations")
    old = consultations.definitions.get()
    term = old.terms.get()
    old.in_force_until = AUGUST
    old.save()
    new = consultations.definitions.create(aggregation=old.aggregation, in_force_from=AUGUST)
    for label in ("Consultations", "Liaisons"):
        term.pk, term.definition, term.label = None, new, label
        term.save(force_insert=True)
    change_terms(kent, AUGUST)
    assert current(kent, "early-help-consultations").value == 107 + 205
    assert current(kent, "early-help-consultations").definition == new
    assert current(kent, "early-help-consultations", JULY).definition == old


def test_a_month_from_before_returns_were_required_has_no_value(kent: Kent) -> None:
    state_need(kent.agreement, date(2018, 3, 1), date(2018, 4, 1), reason="Asked for", at=DEMO_MOMENT)
    work_off(kent.agreement)
    caseload = current(kent, "early-help-caseload", date(2018, 3, 1))
    assert (caseload.value, caseload.verdict) == (None, "not_available")
    assert caseload.reason == "No return was required for March 2018."
    # What does not rest on returns is worked out all the same.
    assert current(kent, "spend-share-of-contract", date(2018, 3, 1), "ehu").value is not None


@pytest.mark.parametrize(("first", "until"), [(date(2019, 10, 1), None), (date(2022, 9, 1), None), (MAY, MAY)])
def test_months_that_have_not_ended_need_nothing(kent: Kent, first: date, until: date | None) -> None:
    state_need(kent.agreement, first, until, reason="Too early", at=DEMO_MOMENT)
    assert not RecomputeNeed.objects.exists()


def test_figures_that_wait_say_so(kent: Kent) -> None:
    take_in(kent, [AUGUST])
    waiting = waiting_recomputes(kent.agreement)
    assert (waiting.concerns(JULY), waiting.concerns(AUGUST), waiting.concerns(SEPTEMBER)) == (False, True, False)
    work_off(kent.agreement)
    assert not waiting_recomputes(kent.agreement).concerns(AUGUST)


def workbook_values(month: date, *cells: str) -> dict[str, int]:
    """Whole numbers of sheet Activity as the sample return of a month has them."""
    sheet = loaded(month)["Activity"]
    return {cell: int(str(sheet[cell].value)) for cell in cells}
