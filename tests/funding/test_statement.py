"""The annual statement: its figures, who prepares and who certifies it, and what is refused."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from contracts.audit import CONSOLE, Actor
from contracts.models import Event, PartyRole, Role
from contracts.periods import financial_year_months
from funding.actions.reversing import reverse
from funding.actions.statements import CannotState, Preparation, mark_of, prepare_statement
from funding.models import AnnualStatement, StatementCertificate
from performance.actions.deciding import accept, sign_off
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from tests.kent import DEMO_MOMENT, LONDON, RETURNS, Kent
from tests.money import approved, certified, finance, kcc, left, moment_after, paid
from tests.statements import YEAR, certify, explained, figures, prepare

pytestmark = pytest.mark.django_db
MONTHS = financial_year_months(YEAR)
# Support to Early Help, KHNES, LAC and HSB: the sum of their open books in the sample returns of 2018/19.
SPENT = {"ehu": "691069.64", "khnes": "116930.75", "lac": "982727.81", "hsb": "195488.25"}
ALL_SPENT = Decimal("1986216.45")


def correct_march(kent: Kent) -> None:
    """Accept another version of March 2019 in which Pay of KHNES is £1 more."""
    path = RETURNS / "nelft-return-2019-03.xlsx"
    book = load_workbook(path)
    rows = book["Open book"].iter_rows(min_row=2)
    row = next(row for row in rows if str(row[0].value).startswith("Kent Health"))
    row[2].value = float(str(row[2].value)) + 1
    book.save(target := BytesIO())
    judged = judge(ReceivedFile(target.getvalue(), path.name), on=DEMO_MOMENT.date(), expected=kent.agreement)
    version = receive(judged, by=CONSOLE, at=DEMO_MOMENT, why="Counted again", warnings_reason="Checked").version
    assert version is not None, judged.findings
    later = DEMO_MOMENT + timedelta(minutes=5)
    accept(sign_off(version, by=CONSOLE, at=later), by=CONSOLE, at=later)


def open_book_of(month: date) -> Iterator[tuple[str, str, Decimal]]:
    """Element, category and pounds of a sample return, read by openpyxl alone."""
    sheet = load_workbook(RETURNS / f"nelft-return-{month:%Y-%m}.xlsx")["Open book"]
    for element, category, amount, *_ in sheet.iter_rows(min_row=2, values_only=True):
        if element:
            yield str(element), str(category), Decimal(str(amount))


def test_the_statement_is_the_sum_of_its_returns(loaded: Kent) -> None:
    draft = figures(loaded)
    own = {name: Decimal(SPENT[code]) for code, name in loaded.agreement.elements.values_list("code", "name")}
    assert {line.name: line.spent for line in draft.lines} == own
    assert draft.spent == ALL_SPENT
    books = [entry for month in MONTHS for entry in open_book_of(month)]
    for line in draft.lines:
        for category, spent in line.by_category:
            assert spent == sum(amount for name, held, amount in books if (name, held) == (line.name, category))
    assert sum(amount for _, _, amount in books) == ALL_SPENT
    assert [one.version.number for one in draft.months if one.version] == [1] * 12
    assert draft.gaps == ()


def test_a_whole_year_is_due(loaded: Kent) -> None:
    lines = loaded.agreement.funding_lines.filter(funder=kcc(), element__isnull=False, in_force_from__lte=YEAR)
    assert figures(loaded).due == sum(line.annual_amount for line in lines)


def test_a_month_without_a_return_is_named(loaded: Kent) -> None:
    draft = figures(loaded, year=date(2019, 4, 1))
    assert draft.spent is None
    assert len(draft.gaps) == len(SPENT)
    assert all("September 2019" in gap and "August 2019" not in gap for gap in draft.gaps)
    assert draft.months[0].version is not None


def test_only_what_left_is_paid(loaded: Kent) -> None:
    first, second, third = MONTHS[:3]
    in_ledger = paid(loaded, first, ())
    approved(loaded, certified(loaded, second, ()))
    draft = figures(loaded)
    assert draft.paid == in_ledger.to_pay
    said = " ".join(draft.unpaid)
    assert "April 2018" not in said
    assert "May 2018 (approved, to be sent)" in said
    assert "June 2018 to March 2019 (nothing certified)" in said
    assert third == date(2018, 6, 1)
    before = moment_after(first, 24)
    assert figures(loaded, before).paid == 0


def test_what_was_reversed_cancels_out(loaded: Kent) -> None:
    payment = paid(loaded, YEAR, ())
    back = reverse(payment, reason="Paid twice", by=Actor.person(finance(loaded)), at=moment_after(YEAR, 26))
    assert figures(loaded).paid == payment.to_pay, "the counter-entry is not in the ledger yet"
    left(loaded, approved(loaded, back))
    draft = figures(loaded)
    assert draft.paid == 0
    assert [one.left for one in draft.months[0].payments] == [True, True]
    assert draft.months[0].is_unpaid


def test_a_variance_without_its_explanation_is_refused(loaded: Kent) -> None:
    with pytest.raises(CannotState, match="Explain the difference") as refused:
        prepare(loaded, Preparation({}, Decimal(0)))
    assert figures(loaded).lines[0].name in str(refused.value)
    assert not AnnualStatement.objects.exists()


def test_a_statement_is_prepared_with_one_event(loaded: Kent) -> None:
    before = Event.objects.count()
    statement = prepare(loaded)
    assert (statement.number, statement.recipient.short_name) == (1, "West Kent CCG")
    assert sum(line.spent or 0 for line in statement.lines.all()) == ALL_SPENT
    assert Event.objects.count() == before + 1
    event = Event.objects.latest("id")
    assert event.after is not None
    assert (event.action, event.after["spent"]) == ("annual statement prepared", str(ALL_SPENT))
    assert event.after["versions"]["2018-04"] == 1


def test_a_second_version_says_why(loaded: Kent) -> None:
    prepare(loaded)
    with pytest.raises(CannotState, match="say why another replaces it"):
        prepare(loaded)
    assert prepare(loaded, explained(loaded, why="The ledger was read again")).number == 2


def test_who_did_not_see_the_other_s_version_is_refused(loaded: Kent) -> None:
    seen = mark_of(figures(loaded), None)
    prepare(loaded, explained(loaded, seen=seen))
    with pytest.raises(CannotState, match="before you"):
        prepare(loaded, explained(loaded, seen=seen, why="Again"))


def test_a_year_is_over_before_it_is_stated(loaded: Kent) -> None:
    with pytest.raises(CannotState, match="The year ends on 31 March 2019"):
        prepare(loaded, at=datetime(2019, 3, 31, 12, tzinfo=LONDON))
    prepare(loaded, at=datetime(2019, 4, 1, 12, tzinfo=LONDON))


def test_only_the_payer_s_finance_officers_prepare(loaded: Kent) -> None:
    for role in set(Role) - {Role.COUNCIL_FINANCE}:
        with pytest.raises(CannotState, match="finance officers"):
            prepare(loaded, by=loaded.people[role])
    with pytest.raises(CannotState, match="finance officers"):
        prepare_statement(loaded.agreement, kcc(), YEAR, explained(loaded), by=CONSOLE, at=DEMO_MOMENT)


def test_the_recipient_certifies_once(loaded: Kent) -> None:
    paid(loaded, YEAR, ())
    statement = prepare(loaded)
    before = Event.objects.count()
    certificate = certify(loaded, statement)
    assert (certificate.by_name, certificate.office) == ("Helen Marsh", "Chief Finance Officer")
    assert Event.objects.count() == before + 1
    with pytest.raises(CannotState, match="certified already"):
        certify(loaded, statement)


def test_nobody_else_certifies(loaded: Kent) -> None:
    statement = prepare(loaded)
    for role in set(Role) - {Role.COORDINATING_COMMISSIONER}:
        with pytest.raises(CannotState, match="West Kent CCG’s officer"):
            certify(loaded, statement, loaded.people[role])
    assert not StatementCertificate.objects.exists()


def test_who_prepared_does_not_certify(loaded: Kent) -> None:
    person, ccg = finance(loaded), loaded.agreement.parties.get(role=PartyRole.COORDINATING_COMMISSIONER).organisation
    person.memberships.create(organisation=ccg, role=Role.COORDINATING_COMMISSIONER)
    statement = prepare(loaded)
    with pytest.raises(CannotState, match="You prepared this statement"):
        certify(loaded, statement, person)


def test_the_ledger_agrees_to_the_penny(loaded: Kent) -> None:
    total = paid(loaded, YEAR, ()).to_pay
    statement = prepare(loaded, explained(loaded, total + Decimal("0.01")))
    with pytest.raises(CannotState, match=r"a difference of £0\.01"):
        certify(loaded, statement)


def test_an_earlier_version_is_not_certified(loaded: Kent) -> None:
    first = prepare(loaded)
    second = prepare(loaded, explained(loaded, why="Again"))
    with pytest.raises(CannotState, match="was replaced"):
        certify(loaded, first)
    certify(loaded, second)


def test_an_incomplete_open_book_is_not_certified(loaded: Kent) -> None:
    year, by = date(2017, 4, 1), Actor.person(finance(loaded))
    said = Preparation({}, Decimal(0))
    statement = prepare_statement(loaded.agreement, kcc(), year, said, by=by, at=DEMO_MOMENT)
    assert [line.spent for line in statement.lines.all()] == [None] * len(SPENT)
    with pytest.raises(CannotState, match=r"The open book is incomplete\..*September 2017.*March 2018"):
        certify(loaded, statement)


def test_figures_that_moved_are_not_certified(loaded: Kent) -> None:
    statement = prepare(loaded)
    paid(loaded, YEAR, ())
    with pytest.raises(CannotState, match="prepare a new version"):
        certify(loaded, statement)
    later = prepare(loaded, explained(loaded, why="April was paid"), at=DEMO_MOMENT + timedelta(minutes=1))
    certify(loaded, later)


def test_a_corrected_return_moves_the_figures(loaded: Kent) -> None:
    statement = prepare(loaded)
    correct_march(loaded)
    assert figures(loaded).spent == ALL_SPENT + 1
    assert figures(loaded, statement.prepared_at).spent == ALL_SPENT
    with pytest.raises(CannotState, match=r"Kent Health.*, spent: £116,930\.75, now £116,931\.75"):
        certify(loaded, statement)
