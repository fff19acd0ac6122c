"""An agreement that is only half entered, or that fails, harms no other: no figures, findings, and no crash."""

from datetime import date, datetime

import pytest

from contracts.models import Agreement, Area, Indicator, Organisation
from performance import sources
from performance.actions.days import open_the_day
from performance.actions.judging import ReceivedFile, judge
from performance.models import Definition, RecomputeNeed, Term
from performance.needs import state_need
from performance.recompute import work_off
from performance.sources import Answer, Scope
from performance.tasks import sweep_recomputes
from tests.hostile_files.build import workbook_with
from tests.kent import DEMO_DAY, DEMO_MOMENT, LONDON, Kent

FROM, UNTIL = date(2019, 8, 1), date(2019, 9, 1)
FAILS = "a source that fails"


@pytest.fixture
def half_entered(db: None, on_the_demo_day: date) -> Agreement:
    """An agreement as an administrator leaves it after the first page: no areas, parties or measures."""
    return Agreement.objects.create(
        reference="MED-CYPMHS-S75",
        name="Medway",
        short_name="Medway",
        power="s75",
        starts_on=date(2019, 4, 1),
        ends_on=date(2022, 4, 1),
        returns_from=date(2019, 4, 1),
    )


def waits(agreement: Agreement) -> bool:
    return RecomputeNeed.objects.filter(agreement=agreement, done_at=None).exists()


def with_caseload(agreement: Agreement, source: str) -> Indicator:
    """An indicator over one source, defined from the agreement's start."""
    indicator = Indicator.objects.create(
        agreement=agreement, code="caseload", name="Caseload", unit="children", polarity="higher"
    )
    definition = Definition.objects.create(
        indicator=indicator, aggregation="month end", in_force_from=agreement.starts_on
    )
    Term.objects.create(
        definition=definition, part="numerator", source=source, sheet="Activity", label="Caseload at month end"
    )
    return indicator


def test_no_figures_are_worked_out_without_areas(half_entered: Agreement) -> None:
    with_caseload(half_entered, "return")
    open_the_day(half_entered, at=DEMO_MOMENT)
    assert work_off(half_entered) == 1
    assert not half_entered.figures.exists()


def test_figures_without_a_provider_are_not_available(half_entered: Agreement) -> None:
    with_caseload(half_entered, "return")
    Area.objects.create(agreement=half_entered, code="medway", name="Medway")
    open_the_day(half_entered, at=DEMO_MOMENT)
    work_off(half_entered)
    figure = half_entered.figures.get(month=FROM)
    assert (figure.value, figure.verdict) == (None, "not_available")


@pytest.mark.parametrize("is_expected", [True, False])
def test_a_file_of_it_ends_in_one_plain_finding(half_entered: Agreement, is_expected: bool) -> None:
    content = workbook_with({("Return", "B3"): half_entered.reference})
    expected = half_entered if is_expected else None
    judged = judge(ReceivedFile(content, "return.xlsx"), on=DEMO_DAY, expected=expected)
    assert judged.agreement == half_entered
    (finding,) = [one for one in judged.findings if one.level == "error"]
    assert finding.code == "half-entered"
    assert half_entered.reference in finding.found


def test_a_provider_alone_makes_no_form(half_entered: Agreement) -> None:
    organisation = Organisation.objects.create(name="Trust", short_name="Trust", ods_code="RXX")
    half_entered.parties.create(organisation=organisation, role="provider")
    content = workbook_with({("Return", "B3"): half_entered.reference})
    judged = judge(ReceivedFile(content, "return.xlsx"), on=DEMO_DAY)
    assert "half-entered" in {finding.code for finding in judged.findings}


def test_the_sweep_goes_on_after_an_agreement_that_fails(
    half_entered: Agreement, kent: Kent, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = datetime(2019, 10, 17, 9, 30, tzinfo=LONDON)
    Area.objects.create(agreement=half_entered, code="medway", name="Medway")
    failing, later = sorted((half_entered, kent.agreement), key=lambda one: one.pk)
    with_caseload(failing, FAILS)
    for agreement in (failing, later):
        state_need(agreement, FROM, UNTIL, reason="A test", at=at)
    monkeypatch.setitem(sources._sources, FAILS, sources.Source(FAILS, "Fails", _fails))
    sweep_recomputes()
    assert not waits(later)
    assert waits(failing)
    (logged,) = [one for one in caplog.records if one.levelname == "ERROR"]
    assert failing.reference in logged.getMessage()


def _fails(_scope: Scope) -> Answer:
    raise RuntimeError("This source fails.")
