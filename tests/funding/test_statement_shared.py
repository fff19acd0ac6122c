"""Annual statements where two councils pay, where nobody can certify, and where a return was nil or asked for less."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from contracts.audit import Actor
from contracts.models import PartyRole, Role
from funding.actions.statements import CannotState, Preparation, prepare_statement
from funding.models import AnnualStatement
from funding.queries.statement import statement_of
from performance.models import Measure
from tests.councils import medway
from tests.kent import DEMO_MOMENT, Kent
from tests.money import finance, kcc, paid
from tests.statements import STATEMENT, STATEMENTS, WHY, YEAR, certify, explained, figures, prepare
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
SPENT_ON_KHNES = Decimal("116930.75")


def of_khnes(draft):
    return next(line for line in draft.lines if line.name.startswith("Kent Health"))


def test_what_two_councils_share_is_split_by_their_instalments(loaded: Kent) -> None:
    other = medway(loaded, "120000")
    own, its = of_khnes(figures(loaded)), of_khnes(statement_of(loaded.agreement, other, YEAR))
    assert own.spent + its.spent == SPENT_ON_KHNES
    assert abs(own.spent - SPENT_ON_KHNES * 2 / 3) < Decimal("0.50")
    assert sum(amount for _, amount in own.by_category) == own.spent
    assert [line.name for line in statement_of(loaded.agreement, other, YEAR).lines] == [own.name]


def test_page_and_files_say_how_it_is_split(loaded: Kent) -> None:
    medway(loaded, "120000")
    prepare(loaded)
    client = visitor(loaded, Role.AUDITOR)
    split = "split by their instalments of the year. KCC’s were £240,000.00 of £360,000.00."
    assert split in text_of(client.get(STATEMENT))
    book = load_workbook(BytesIO(client.get(f"{STATEMENT}xlsx/").content))
    assert any(split in str(row[1]) for row in book["Statement"].iter_rows(values_only=True))


def test_an_element_paid_by_one_council_is_not_split(loaded: Kent) -> None:
    assert figures(loaded).shared == ()
    assert of_khnes(figures(loaded)).spent == SPENT_ON_KHNES


@pytest.mark.parametrize(("power", "words"), [("s75", "Regulations 2000"), ("s256", "section 256")])
def test_the_certificate_is_of_the_agreement_s_power(loaded: Kent, power: str, words: str) -> None:
    type(loaded.agreement).objects.update(power=power)
    client = visitor(loaded, Role.AUDITOR)
    certificate = text_of(client.get(STATEMENT)).split("I certify")[1]
    assert words in certificate
    assert "section 76" not in certificate.split("Prepared")[0]
    assert "section 76" not in text_of(client.get(STATEMENTS)).split("Annual statements")[-1]


def test_without_a_coordinating_commissioner_nobody_certifies(loaded: Kent) -> None:
    loaded.agreement.parties.filter(role=PartyRole.COORDINATING_COMMISSIONER).delete()
    client = visitor(loaded, Role.COUNCIL_FINANCE)
    assert "Nobody can certify the statement" in text_of(client.get(STATEMENT))
    statement = prepare(loaded)
    assert "the agreement names none. NELFT receives the money." in text_of(client.get(STATEMENT))
    with pytest.raises(CannotState, match="Nobody can certify"):
        certify(loaded, statement)


def test_a_return_that_asks_for_no_open_book_is_said_and_never_nothing(loaded: Kent) -> None:
    Measure.objects.filter(sheet="Open book", element__code="khnes").update(in_force_until=date(2018, 6, 1))
    line = of_khnes(figures(loaded, year=date(2019, 4, 1)))
    assert "The return asks for no open book of it" in " ".join(line.gaps) or "asked for no" in " ".join(line.gaps)
    assert line.spent is None


def test_an_explanation_is_there_for_the_next_version(loaded: Kent) -> None:
    prepare(loaded)
    page = visitor(loaded, Role.COUNCIL_FINANCE).get(STATEMENT)
    assert page.content.decode().count(f"{WHY}</textarea>") == len(explained(loaded).explanations)


def test_a_statement_that_does_not_agree_with_the_ledger_says_so(loaded: Kent) -> None:
    paid(loaded, YEAR, ())
    draft = figures(loaded)
    words = {f"explanation-{line.element}": WHY for line in draft.lines if line.needs_explanation}
    client = visitor(loaded, Role.COUNCIL_FINANCE)
    sent = {**words, "ledger_total": str(draft.paid + 1), "seen": client.get(STATEMENT).context["page"].mark}
    said = text_of(client.post(f"{STATEMENT}preparation/", sent, follow=True))
    assert "nobody can certify it" in said
    assert "a difference of £1.00" in said
    for path in (STATEMENT, STATEMENTS):
        shown = text_of(client.get(path))
        assert "Does not agree with the ledger" in shown
        assert "Prepared, to be certified" not in shown


def test_a_certified_statement_is_replaced_only_where_figures_changed(loaded: Kent) -> None:
    certify(loaded, prepare(loaded))
    with pytest.raises(CannotState, match="there is no new version to prepare"):
        prepare(loaded, explained(loaded, why="Again"))
    client = visitor(loaded, Role.COUNCIL_FINANCE)
    assert "there is no new version to prepare" in text_of(client.get(STATEMENT))
    paid(loaded, YEAR, ())
    prepare(loaded, explained(loaded, why="April was paid"), at=DEMO_MOMENT + timedelta(minutes=1))
    assert AnnualStatement.objects.count() == 2


def test_a_year_without_its_open_book_is_prepared_with_a_warning(loaded: Kent) -> None:
    client = visitor(loaded, Role.COUNCIL_FINANCE)
    path = f"{STATEMENTS}2017-18/"
    said = text_of(client.get(path))
    assert "nobody can certify a statement prepared now" in said
    assert "Not paid: September 2017 to March 2018 (nothing certified)." in said
    by = Actor.person(finance(loaded))
    prepare_statement(loaded.agreement, kcc(), date(2017, 4, 1), Preparation({}, Decimal(0)), by=by, at=DEMO_MOMENT)
    assert "nobody can certify a statement prepared now" not in text_of(client.get(STATEMENT))
