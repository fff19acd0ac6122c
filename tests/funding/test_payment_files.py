"""The ledger's files, read back, say what the page says, to the penny."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from contracts.models import Role
from funding.payment_moves import PaymentState
from tests.funding.payment_visits import PAYMENTS, daniel, take_step
from tests.kent import Kent
from tests.money import AUGUST, certified, paid
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
JULY, JUNE, MARCH = date(2019, 7, 1), date(2019, 6, 1), date(2019, 3, 1)


@pytest.fixture
def with_payments(loaded: Kent) -> Kent:
    """A paid March, June and July of which July is taken back, and an August that was cancelled."""
    paid(loaded, MARCH)
    paid(loaded, JUNE)
    july = paid(loaded, JULY)
    take_step(loaded, july, "reversal", reason="=HYPERLINK(1)")
    take_step(loaded, certified(loaded), "cancellation", reason="Certified too early")
    return loaded


def csv_rows(client, query: str = "") -> list[dict[str, str]]:
    content = client.get(f"{PAYMENTS}csv/{query}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


def xlsx_rows(client, query: str = "") -> list[dict[str, object]]:
    sheet = load_workbook(io.BytesIO(client.get(f"{PAYMENTS}xlsx/{query}").content))["Payments"]
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, headings), row, strict=True)) for row in rows]


@pytest.mark.parametrize("query", ["", "?year=2019-20", "?year=2018-19"])
def test_both_files_add_to_what_the_page_shows(with_payments, query):
    client = visitor(with_payments, Role.AUDITOR)
    shown = client.get(PAYMENTS + query).context["page"].counted.to_pay
    assert shown
    from_csv = sum(Decimal(row["Amount (£)"]) for row in csv_rows(client, query) if row["In totals"] == "Yes")
    amounts = (Decimal(str(row["Amount (£)"])) for row in xlsx_rows(client, query) if row["In totals"] == "Yes")
    from_xlsx = sum(amounts, Decimal(0))
    assert from_csv == shown
    assert from_xlsx.quantize(Decimal("0.01")) == shown


def test_the_rows_of_each_payment_add_to_what_it_pays_in_both_files(with_payments):
    client = visitor(with_payments, Role.COUNCIL_COMMISSIONER)
    kept = {str(one.number): one.to_pay for one in with_payments.agreement.payments.all()}
    for rows in (csv_rows(client), xlsx_rows(client)):
        held: dict[str, Decimal] = {}
        for row in rows:
            amount = Decimal(str(row["Amount (£)"])).quantize(Decimal("0.01"))
            held[str(row["Payment"])] = held.get(str(row["Payment"]), Decimal(0)) + amount
        assert held == kept


def test_the_workbook_holds_numbers_and_dates_under_headings_that_stay(with_payments):
    client = visitor(with_payments, Role.AUDITOR)
    sheet = load_workbook(io.BytesIO(client.get(f"{PAYMENTS}xlsx/").content))["Payments"]
    row = xlsx_rows(client)[0]
    assert isinstance(row["Amount (£)"], int | float)
    assert isinstance(row["Month"], datetime)
    assert isinstance(row["Certified on"], datetime)
    assert sheet.freeze_panes == "A2"
    assert [table.ref.split(":")[0] for table in sheet.tables.values()] == ["A1"]


def test_a_cancelled_payment_is_in_the_files_and_in_no_total(with_payments):
    rows = csv_rows(visitor(with_payments, Role.AUDITOR))
    august = [row for row in rows if row["Month"] == "2019-08"]
    assert august
    assert {row["In totals"] for row in august} == {"No"}


def test_a_text_that_starts_a_formula_is_neutralised(loaded):
    payment = certified(loaded, AUGUST, [])
    payment.payer.short_name = "=KCC"
    payment.payer.save()
    client = visitor(loaded, Role.AUDITOR)
    assert {row["From"] for row in csv_rows(client)} == {"'=KCC"}
    assert {row["From"] for row in xlsx_rows(client)} == {"'=KCC"}


def test_an_unknown_year_is_no_page_and_no_file(with_payments):
    client = visitor(with_payments, Role.AUDITOR)
    for address in ("", "csv/", "xlsx/"):
        assert client.get(f"{PAYMENTS}{address}?year=1999-00").status_code == 404


def test_the_list_shows_what_was_stopped_and_the_counter_entry(with_payments):
    client = daniel(with_payments)
    said = text_of(client.get(PAYMENTS))
    assert PaymentState.CANCELLED.label in said
    assert "Counter-entry" in said
    assert client.get(PAYMENTS).context["page"].years[0].name == "2019/20"
