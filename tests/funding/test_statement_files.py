"""The annual statement as a workbook: the figures of the page, as numbers, and no formula."""

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from contracts.models import Role
from funding.models import AnnualStatement
from tests.kent import Kent
from tests.money import paid
from tests.statements import STATEMENT, YEAR, explained, figures, prepare
from tests.visiting import visitor

pytestmark = pytest.mark.django_db


def book_of(kent: Kent, query: str = ""):
    answer = visitor(kent, Role.AUDITOR).get(f"{STATEMENT}xlsx/{query}")
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.content))


def lines_of(book) -> dict[str, tuple[object, ...]]:
    rows = list(book["Statement"].iter_rows(values_only=True))
    start = next(place for place, row in enumerate(rows) if row[0] == "Element") + 1
    return {str(row[0]): row[1:7] for row in rows[start : start + 5]}


def test_the_workbook_holds_the_figures_as_numbers(loaded: Kent) -> None:
    paid(loaded, YEAR, ())
    prepare(loaded)
    draft, lines = figures(loaded), lines_of(book_of(loaded))
    for one in draft.lines:
        expected = [one.due, one.deducted, one.added, one.paid, one.spent, one.variance]
        assert [Decimal(str(value)) for value in lines[one.name]] == expected
    assert [Decimal(str(value)) for value in lines["Total"]] == [
        draft.due,
        draft.deducted,
        draft.added,
        draft.paid,
        draft.spent,
        draft.variance,
    ]


def test_the_workbook_holds_categories_months_and_the_certificate(loaded: Kent) -> None:
    paid(loaded, YEAR, ())
    prepare(loaded)
    book = book_of(loaded)
    assert book.sheetnames == ["Statement", "By cost category", "Months", "Certificate"]
    *_, last = book["By cost category"].iter_rows(values_only=True)
    assert Decimal(str(last[-1])) == Decimal("1986216.45")
    months = list(book["Months"].iter_rows(min_row=2, values_only=True))
    assert len(months) == 12
    assert months[0][2:] == ("Payment 1", months[0][3], "Paid", "KCC-000001", "Version 1")
    assert months[1][2] == "None"
    assert str(book["Certificate"]["A1"].value).startswith("I certify for NHS West Kent CCG")


def test_text_is_no_formula(loaded: Kent) -> None:
    said = explained(loaded)
    formula = '=HYPERLINK("https://example.org")'
    prepare(loaded, replace(said, explanations=dict.fromkeys(said.explanations, formula)))
    texts = [cell for row in book_of(loaded)["Statement"].iter_rows() for cell in row if cell.column_letter == "H"]
    assert all(cell.data_type != "f" for cell in texts)
    assert sum(str(cell.value).startswith("'=HYPERLINK") for cell in texts) == len(said.explanations)


def test_an_earlier_version_can_be_had(loaded: Kent) -> None:
    prepare(loaded)
    paid(loaded, YEAR, ())
    prepare(loaded, explained(loaded, why="April was paid"))
    assert AnnualStatement.objects.count() == 2
    assert lines_of(book_of(loaded, "?version=1"))["Total"][3] == 0
    assert lines_of(book_of(loaded))["Total"][3] != 0
