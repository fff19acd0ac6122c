"""What `manage.py payments` says of a financial year, with and without payments."""

import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.audit import Actor
from contracts.periods import financial_year_months
from funding.actions.reversing import reverse
from funding.actions.steps import approve
from funding.draft_items import DraftItem
from funding.models import Direction, ItemKind
from funding.queries.year_of_money import year_of_money
from tests.kent import Kent
from tests.money import AUGUST, certified, finance, moment_after, paid, second_finance

pytestmark = pytest.mark.django_db
REFERENCE = "KCC-CYPMHS-S76"
NO_RETURN = "No return for September 2019 has been accepted."
NO_OPEN_BOOK = "No open book for September 2019 has been accepted."


def said(*options: str, year: str = "2019/20", reference: str = REFERENCE) -> str:
    output = io.StringIO()
    call_command("payments", "--agreement", reference, "--year", year, *options, stdout=output)
    return output.getvalue()


def record(year: str = "2019/20") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said("--json", year=year))
    return found


def month_of(found: dict[str, Any], month: str) -> dict[str, Any]:
    return next(one for one in found["months"] if one["month"] == month)


def element(found: dict[str, Any], month: str, code: str) -> dict[str, Any]:
    return next(one for one in month_of(found, month)["elements"] if one["code"] == code)


def test_early_help_in_august_2019(loaded: Kent) -> None:
    early_help = element(record(), "2019-08", "ehu")
    assert (early_help["instalment"], early_help["spent"]) == ("100000.00", "58739.27")
    assert early_help["difference"] == "41260.73"
    assert early_help["share_of_contract_value"]["shown"] == "7.3"
    assert early_help["share_of_caseload"]["shown"] == "1.4"
    assert early_help["is_certified"] is False


def test_the_table_has_both_shares_beside_the_money(loaded: Kent) -> None:
    august = said().split("August 2019")[1]
    early_help = next(line for line in august.splitlines() if line.startswith("ehu"))
    assert early_help.split()[1:9] == [
        "£100,000.00", "£0.00", "£0.00", "£100,000.00", "£58,739.27", "£41,260.73", "7.3", "1.4",
    ]  # fmt: skip


def test_the_instalments_of_a_year_add_to_the_annual_amounts_exactly(loaded: Kent) -> None:
    found = record()
    assert [month["month"] for month in found["months"]] == [
        f"{month:%Y-%m}" for month in financial_year_months(AUGUST)
    ]
    assert found["totals"]["all"]["instalment"] == "2657000.00"
    by_element = {one["code"]: one["instalment"] for one in found["totals"]["elements"]}
    assert by_element == {"ehu": "1200000.00", "khnes": "240000.00", "lac": "1000000.00", "hsb": "217000.00"}
    rows = [one for month in found["months"] for one in month["elements"]]
    assert sum(Decimal(one["instalment"]) for one in rows) == Decimal("2657000.00")


def test_what_is_not_known_is_null_with_its_reason_and_never_0(loaded: Kent) -> None:
    found = record()
    september = element(found, "2019-09", "lac")
    assert (september["spent"], september["spent_reason"]) == (None, NO_OPEN_BOOK)
    assert (september["difference"], september["difference_reason"]) == (None, NO_OPEN_BOOK)
    march = element(found, "2020-03", "ehu")
    assert march["share_of_caseload"]["percent"] is None
    assert march["share_of_caseload"]["reason"] == "There is no figure of March 2020 for it."


def test_totals_are_of_what_is_known_and_say_of_how_much(loaded: Kent) -> None:
    found = record()
    total = next(one for one in found["totals"]["elements"] if one["code"] == "ehu")
    assert (total["spent"], total["difference"]) == ("290239.27", "209760.73")
    assert total["spent_reason"] == "Known for 5 of 12 monthly amounts."
    whole_year = said().split("The year.")[1]
    early_help = next(line for line in whole_year.splitlines() if line.startswith("ehu "))
    assert early_help.split()[1:7] == [
        "£1,200,000.00", "£0.00", "£0.00", "£1,200,000.00", "£290,239.27*", "£209,760.73*",
    ]  # fmt: skip
    nothing_known = month_of(found, "2019-09")["all"]
    assert (nothing_known["spent"], nothing_known["instalment"]) == (None, "221416.66")


def test_a_payment_gives_what_was_certified_and_where_it_stands(loaded: Kent) -> None:
    khnes = loaded.agreement.elements.get(code="khnes")
    item = DraftItem(
        khnes, Direction.DEDUCTION, ItemKind.NOTICE, Decimal("1234.56"), AUGUST, "A notice", notice="CPN-1"
    )
    payment = paid(loaded, AUGUST, [item])
    loaded.agreement.funding_lines.filter(element__code="ehu").update(annual_amount=600_000)
    august = month_of(record(), "2019-08")
    assert august["is_certified"] is True
    assert august["payments"] == [
        {
            "number": payment.number,
            "payer": "KCC",
            "state": "paid",
            "to_pay": "220182.10",
            "ledger_reference": payment.ledger_reference,
        }
    ]
    rows = {one["code"]: one for one in august["elements"]}
    assert rows["ehu"]["instalment"] == "100000.00"
    assert (rows["khnes"]["deducted"], rows["khnes"]["to_pay"]) == ("1234.56", "18765.44")
    assert august["all"]["to_pay"] == "220182.10"
    assert element(record(), "2019-07", "ehu")["instalment"] == "50000.00"
    assert f"payment {payment.number}: paid, ledger reference {payment.ledger_reference}" in said()


def test_a_payment_that_was_reversed_leaves_the_month_as_it_is_today(loaded: Kent) -> None:
    payment = paid(loaded, AUGUST, [])
    by = Actor.person(finance(loaded))
    counter_entry = reverse(payment, reason="Paid twice", by=by, at=moment_after(AUGUST, 26))
    assert month_of(record(), "2019-08")["is_certified"] is True
    approve(counter_entry, by=Actor.person(second_finance(loaded)), at=moment_after(AUGUST, 27))
    august = month_of(record(), "2019-08")
    assert (august["is_certified"], august["payments"]) == (False, [])
    assert august["all"]["to_pay"] == "209016.66"


def test_what_was_certified_for_an_element_that_the_terms_no_longer_fund_is_not_lost(loaded: Kent) -> None:
    payment = certified(loaded, AUGUST, [])
    loaded.agreement.funding_lines.filter(element__code="ehu").delete()
    found = record()
    assert month_of(found, "2019-08")["all"]["to_pay"] == f"{payment.to_pay}"
    assert element(found, "2019-08", "ehu")["instalment"] == "100000.00"
    july = element(found, "2019-07", "ehu")
    assert (july["instalment"], july["is_certified"]) == ("0.00", False)
    assert "ehu" not in [one["code"] for one in month_of(found, "2019-09")["elements"]]


def test_without_a_payment_the_shortfall_of_today_is_taken_off(loaded: Kent) -> None:
    found = record()
    khnes = element(found, "2019-08", "khnes")
    # 3.1 of 5.0 whole-time equivalents are empty: 62 % of £20,000.00
    assert (khnes["deducted"], khnes["to_pay"], khnes["is_certified"]) == ("12400.00", "7600.00", False)
    september = element(found, "2019-09", "khnes")
    assert (september["deducted"], september["to_pay"]) == (None, None)
    assert september["to_pay_reason"] == NO_RETURN
    assert "khnes: deductions not available: No return for September 2019" in said()


def test_an_element_not_yet_or_no_longer_funded_has_a_row_only_for_what_was_spent_on_it(loaded: Kent) -> None:
    lines = loaded.agreement.funding_lines
    lines.filter(element__code="hsb").update(in_force_from="2019-06-16")
    lines.filter(element__code="lac").update(in_force_until="2019-06-01")
    found = record()
    rows = {month["month"]: [one["code"] for one in month["elements"]] for month in found["months"]}
    assert rows["2019-05"] == rows["2019-06"] == ["ehu", "khnes", "lac", "hsb"]
    assert element(found, "2019-05", "hsb")["instalment"] == element(found, "2019-06", "lac")["instalment"] == "0.00"
    assert rows["2019-09"] == ["ehu", "khnes", "hsb"]
    # Half of June, by days
    assert element(found, "2019-06", "hsb")["instalment"] == "9041.67"


def test_a_part_year_has_the_agreement_s_months_only(loaded: Kent) -> None:
    assert [month["month"] for month in record("2022-23")["months"]] == [f"2022-0{month}" for month in range(4, 9)]
    assert record("2017/18")["months"][0]["month"] == "2017-09"
    assert record("2019-20") == record("2019/20")


@pytest.mark.parametrize("year", ["2019", "2019/2020", "2019/21", "2016/17", "2023/24", "19/20", "", "2019 20", "last"])
def test_any_other_year_names_those_there_are(loaded: Kent, year: str) -> None:
    with pytest.raises(CommandError, match="There are: 2017/18, 2018/19, 2019/20, 2020/21, 2021/22, 2022/23"):
        said(year=year)


def test_an_unknown_agreement_is_said_plainly(loaded: Kent) -> None:
    with pytest.raises(CommandError, match="There is no agreement called NOWHERE"):
        said(reference="NOWHERE")


def test_as_many_queries_for_twelve_months_with_payments_as_for_one_without(loaded: Kent) -> None:
    def count(months: tuple[date, ...]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            year_of_money(loaded.agreement, months)
        return len(asked)

    months = financial_year_months(AUGUST)
    certified(loaded, months[0], [])
    few = count(months[:1])
    for month in months[1:5]:
        certified(loaded, month, [])
    assert count(months) == few
