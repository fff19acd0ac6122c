"""Views of an earlier moment stay to the letter when a variation with a day that is past is signed after it."""

import io
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

from contracts.actions.variations import propose_variation, sign_variation
from contracts.audit import Actor
from contracts.models import Recomputation, Role, Variation
from cypmhs_portal.reports.published import compare_figures
from funding.models import ShortfallBasis, ShortfallRate
from funding.queries.deducted import charges
from funding.queries.funding_lines import funding_lines
from funding.sources import add_own_sources
from performance.indicators import FormulaTerm
from performance.recompute import work_off
from performance.sources import Scope, all_sources
from tests.councils import medway
from tests.kent import DEMO_MOMENT, LONDON, Kent
from tests.money import kcc, paid
from tests.statements import YEAR, figures
from tests.variations import CCG, KCC, actor, colleague, drafted, funding_key, target_key, with_part
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
HERE = "/agreements/KCC-CYPMHS-S76/"
THEN = "as-at=2019-10-17"
BEFORE = datetime(2019, 10, 17, 23, 59, tzinfo=LONDON)
SIGNED_AT = DEMO_MOMENT + timedelta(days=1)
MAY, JUNE, AUGUST = date(2019, 5, 1), date(2019, 6, 1), date(2019, 8, 1)
JUNE_2 = date(2019, 6, 2)
PAGES = (
    "",
    "elements/ehu/",
    "elements/khnes/",
    "figures/early-help-caseload/ehu/kent/2019-08/",
    "figures/spend-share-of-contract/khnes/kent/2019-08/",
    "money/",
    "money/csv/",
    "money/shares/",
    "money/open-book/",
)


@pytest.fixture(autouse=True)
def two_days_later(settings: Settings) -> None:
    """The demo's day itself is past."""
    settings.PORTAL_TODAY = date(2019, 10, 19)


def sign(kent: Kent, draft: Variation, at: datetime = SIGNED_AT) -> Variation:
    """Propose a draft and sign it for the other parties, and work out what follows."""
    proposed = propose_variation(draft, by=actor(kent), at=at)
    if proposed.signatories.filter(organisation__short_name="Medway").exists():
        sign_variation(proposed, by=Actor.person(colleague("Medway", KCC)), at=at)
    signed = sign_variation(proposed, by=actor(kent, CCG), at=at)
    work_off(kent.agreement)
    return signed


def cut(kent: Kent, pounds: str = "40000", on: date = JUNE_2, at: datetime = SIGNED_AT) -> Variation:
    """KCC's money for KHNES, cut to so much a year from a day that is past."""
    draft = drafted(kent, in_force_from=on)
    return sign(kent, with_part(kent, draft, "funding", funding_key(kent, "khnes"), {"annual_amount": pounds}), at)


def cut_and_end(kent: Kent) -> Variation:
    """KHNES cut, Early Help ended and its target lowered, all from 2 June 2019."""
    draft = drafted(kent, in_force_from=JUNE_2)
    with_part(kent, draft, "funding", funding_key(kent, "khnes"), {"annual_amount": "40000"})
    with_part(kent, draft, "element", str(kent.agreement.elements.get(code="ehu").pk), None)
    with_part(kent, draft, "target", target_key(), {"value": "180", "floor": None})
    return sign(kent, draft)


def shown(kent: Kent, asked: str) -> dict[str, str]:
    """The text of every page that looks back, of two months, as `asked` for."""
    client = visitor(kent, Role.COUNCIL_FINANCE)
    return {
        f"{page} {month}": _text(client, f"{HERE}{page}?month={month}&{asked}")
        for page in PAGES
        for month in ("2019-06", "2019-08")
    }


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    # A figure of an element that has ended is there no more.
    assert answer.status_code in (200, 404)
    return answer.content.decode() if "csv" in address else text_of(answer)


def said(command: str, month: str, *options: str) -> str:
    """What a command says of a month."""
    output = io.StringIO()
    call_command(command, "--agreement", "KCC-CYPMHS-S76", "--month", month, "--json", *options, stdout=output)
    return output.getvalue()


def due(kent: Kent, as_at: datetime | None = None) -> dict[str, Decimal]:
    """June's instalments by element."""
    return {one.element.code: one.due for one in charges(kent.agreement, [JUNE], as_at).charges}


def test_whole_pages_of_then_stay_and_those_of_now_move(loaded: Kent) -> None:
    paid(loaded, MAY)
    then, now = shown(loaded, THEN), shown(loaded, "")
    assert all("As known on 17 October 2019" in text for page, text in then.items() if "csv" not in page)
    cut_and_end(loaded)
    after = shown(loaded, THEN)
    assert {page for page in then if after[page] != then[page]} == set()
    moved = shown(loaded, "")
    assert {page for page in now if moved[page] != now[page]} == set(now)


@pytest.mark.parametrize("command", ["shares", "figures"])
def test_what_commands_say_of_then_stays(loaded: Kent, command: str) -> None:
    months = ("2019-06", "2019-08")
    then = [said(command, month, "--as-at", "2019-10-17") for month in months]
    cut_and_end(loaded)
    assert [said(command, month, "--as-at", "2019-10-17") for month in months] == then
    assert [said(command, month) for month in months] != then


def test_the_charges_of_then_are_whole_and_those_of_now_cut(loaded: Kent) -> None:
    assert due(loaded, BEFORE)["khnes"] == Decimal("20000.00")
    cut(loaded)
    assert due(loaded, BEFORE)["khnes"] == Decimal("20000.00")
    # 20,000.00 for 1 of 30 days and 3,333.33 for 29: 3,333.33 less its first day, 111.11, and 666.66.
    assert due(loaded)["khnes"] == Decimal("3888.88")
    assert due(loaded, SIGNED_AT)["khnes"] == Decimal("3888.88")
    assert due(loaded, SIGNED_AT - timedelta(microseconds=1))["khnes"] == Decimal("20000.00")


def test_each_of_several_variations_counts_from_its_own_signature(loaded: Kent) -> None:
    moments = [SIGNED_AT + timedelta(hours=number) for number in range(4)]
    cut(loaded, "120000", date(2019, 6, 16), moments[0])
    # Within the days of the first, then before it: the original line ends earlier still.
    cut(loaded, "60000", date(2019, 6, 21), moments[1])
    cut(loaded, "180000", date(2019, 6, 11), moments[2])
    lines = {at: lines_of(loaded, at) for at in (BEFORE, *moments)}
    ((_, begun, _),) = lines[BEFORE]
    assert lines[BEFORE] == [("240000", begun, None)]
    assert lines[moments[0]] == [("240000", begun, "2019-06-16"), ("120000", "2019-06-16", None)]
    assert lines[moments[1]] == [
        ("240000", begun, "2019-06-16"), ("120000", "2019-06-16", "2019-06-21"), ("60000", "2019-06-21", None),
    ]  # fmt: skip
    assert lines[moments[2]] == lines[moments[3]] == lines_of(loaded, None)
    assert lines[moments[2]] == [
        ("240000", begun, "2019-06-11"), ("180000", "2019-06-11", "2019-06-16"),
        ("120000", "2019-06-16", "2019-06-21"), ("60000", "2019-06-21", None),
    ]  # fmt: skip


def lines_of(kent: Kent, as_at: datetime | None) -> list[tuple[str, str, str | None]]:
    """KCC's lines for KHNES as agreed at a moment: pounds a year, first day and first day without."""
    return [
        (f"{one.annual_amount:.0f}", f"{one.in_force_from}", f"{one.in_force_until}" if one.in_force_until else None)
        for one in funding_lines(kent.agreement, as_at)
        if one.element and one.element.code == "khnes"
    ]


def test_a_line_that_ends_is_whole_then(loaded: Kent) -> None:
    draft = with_part(loaded, drafted(loaded, in_force_from=JUNE_2), "funding", funding_key(loaded, "khnes"), None)
    sign(loaded, draft)
    assert due(loaded)["khnes"] == Decimal("666.66")
    assert due(loaded, BEFORE)["khnes"] == Decimal("20000.00")


def test_money_that_began_where_none_was_is_not_there_then(loaded: Kent) -> None:
    other = medway(loaded, "120000")
    thing = f"{other.pk}-{loaded.agreement.elements.get(code='lac').pk}"
    sign(loaded, with_part(loaded, drafted(loaded, in_force_from=JUNE_2), "funding", thing, {"annual_amount": "12"}))
    assert _pay_for_lac(loaded, None) == {kcc().pk, other.pk}
    assert _pay_for_lac(loaded, BEFORE) == {kcc().pk}


def test_an_element_first_paid_for_since_is_not_among_those_paid_for_then(loaded: Kent) -> None:
    loaded.agreement.funding_lines.filter(element__code="hsb").delete()
    client = visitor(loaded, Role.COUNCIL_FINANCE)
    address = f"{HERE}money/?month=2019-06&{THEN}"
    then = _text(client, address)
    assert "Harmful Sexual Behaviour" not in then
    draft = drafted(loaded, in_force_from=JUNE_2)
    sign(loaded, with_part(loaded, draft, "funding", funding_key(loaded, "hsb"), {"annual_amount": "217000"}))
    assert _text(client, address) == then
    assert "Harmful Sexual Behaviour" in _text(client, f"{HERE}money/?month=2019-06")


def _pay_for_lac(kent: Kent, as_at: datetime | None) -> set[int]:
    held = funding_lines(kent.agreement, as_at)
    return {one.funder_id for one in held if one.element and one.element.code == "lac"}


def test_a_rate_in_pounds_is_borne_as_it_was_then(loaded: Kent) -> None:
    medway(loaded, "120000")
    ShortfallRate.objects.update(basis=ShortfallBasis.RATE, pounds_per_wte=12_000)
    then = [one.reasons for one in charges(loaded.agreement, [JUNE], BEFORE).charges]
    assert any(then)
    cut(loaded)
    assert [one.reasons for one in charges(loaded.agreement, [JUNE], BEFORE).charges] == then
    assert [one.reasons for one in charges(loaded.agreement, [JUNE]).charges] != then


def test_a_statements_instalments_are_those_agreed_when_it_was_prepared(loaded: Kent) -> None:
    then = figures(loaded, BEFORE)
    cut(loaded, on=date(2019, 3, 2))
    assert figures(loaded, BEFORE) == then
    assert [one.due for one in figures(loaded).months] != [one.due for one in then.months]
    assert then.year_start == YEAR


def test_what_papers_say_of_money_is_held_against_what_was_agreed_then(loaded: Kent) -> None:
    rows = loaded.agreement.published_figures.filter(recomputation=Recomputation.FUNDING)

    def held(as_at: datetime | None) -> list[Decimal | None]:
        return [one.recomputed for one in compare_figures(loaded.agreement, rows, as_at)]

    then = held(BEFORE)
    assert Decimal(240_000) in then
    cut(loaded)
    assert held(BEFORE) == then
    assert held(None) != then


def test_figures_known_at_a_moment_read_the_money_agreed_then(loaded: Kent) -> None:
    add_own_sources()
    cut(loaded)

    def read(source: str, at: datetime) -> Decimal | None:
        answer = all_sources()[source].read(Scope(loaded.agreement, JUNE, JUNE, at))
        return answer(FormulaTerm(source, element="khnes"), "", JUNE).value

    assert read("funding of element", BEFORE) == Decimal(240_000)
    assert read("funding of element", SIGNED_AT) == Decimal(40_000)
    assert read("instalment", BEFORE) == Decimal("20000.00")
    assert read("instalment", SIGNED_AT) == Decimal("3888.88")
