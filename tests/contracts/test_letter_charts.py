"""The months of each quoted figure in the letter of service: a chart with its words, and its numbers in a table."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contracts.letters.letter_paper import paper_of
from contracts.levers.ladder import NoticeStage
from contracts.levers.quoted import QuotedFigure
from contracts.models import Letter
from contracts.papers.pdf import to_pdf
from contracts.papers.word import to_word
from tests.kent import DEMO_MOMENT, Kent
from tests.notices import moved, served_notice
from tests.papers import opened, uncompressed

pytestmark = pytest.mark.django_db
CASELOAD = QuotedFigure(
    as_at=DEMO_MOMENT,
    indicator_code="early-help-caseload",
    indicator_name="Early Help caseload",
    area_code="kent",
    area_name="Kent",
    month=date(2019, 8, 1),
    unit="children",
    value=Decimal(191),
    agreed=Decimal(300),
    series=(
        {"month": "2019-06", "value": "205", "target": "300", "verdict": "red"},
        {"month": "2019-07", "value": None, "target": None, "verdict": "not-available"},
        {"month": "2019-08", "value": "191", "target": "300", "verdict": "red"},
    ),
)
WORDS = (
    "Early Help caseload, Kent. Line chart: 2 months from 205 to 191; lowest 191, highest 205; 1 month without a "
    "value; target 300"
)


def letter_with(kent: Kent, *figures: QuotedFigure) -> Letter:
    """The letter of a notice that was served with these figures."""
    return Letter.objects.get(notice=served_notice(kent, evidence=figures), occasion="served")


def pictures_in(document: Any) -> list[str]:
    """The words of each picture in a Word document."""
    return [shape._inline.docPr.get("descr") for shape in document.inline_shapes]


def test_the_word_document_has_the_chart_and_its_numbers(kent: Kent) -> None:
    document = opened(to_word(paper_of(letter_with(kent, CASELOAD))))
    assert pictures_in(document) == [WORDS]
    _, months = document.tables
    assert [[cell.text for cell in row.cells] for row in months.rows] == [
        ["Month", "Value", "Target"],
        ["June 2019", "205 children", "300"],
        ["July 2019", "Not available", "None"],
        ["August 2019", "191 children", "300"],
    ]
    texts = [row.text for row in document.paragraphs]
    assert "Early Help caseload, Kent, month by month" in texts
    assert "In children. The dashes are the target." in texts


def test_the_pdf_has_the_chart_with_its_words_and_is_the_same_each_time(kent: Kent) -> None:
    letter = letter_with(kent, CASELOAD)
    first, second = to_pdf(paper_of(letter)), to_pdf(paper_of(letter))
    assert first == second
    inside = uncompressed(first)
    assert b"/StructTreeRoot" in inside
    assert b"/Figure" in inside
    assert WORDS.encode() in inside or WORDS.encode("utf-16-be") in inside


def test_each_figure_has_its_own_chart(kent: Kent) -> None:
    staff = replace(CASELOAD, indicator_code="staff", indicator_name="Staff in post", unit="percent", agreed=None)
    words = pictures_in(opened(to_word(paper_of(letter_with(kent, CASELOAD, staff)))))
    assert [one.partition(".")[0] for one in words] == ["Early Help caseload, Kent", "Staff in post, Kent"]


def test_months_without_any_value_are_a_table_alone(kent: Kent) -> None:
    empty = tuple(month | {"value": None} for month in CASELOAD.series)
    never = replace(CASELOAD, value=None, why_not_available="Never reported.", series=empty)
    document = opened(to_word(paper_of(letter_with(kent, never))))
    assert pictures_in(document) == []
    assert [row.cells[1].text for row in document.tables[1].rows] == ["Value"] + ["Not available"] * 3


def test_a_later_letter_has_no_chart(kent: Kent) -> None:
    letter = letter_with(kent, CASELOAD)
    moved(kent, letter.notice, NoticeStage.WITHDRAWN)
    withdrawn = Letter.objects.get(notice=letter.notice, occasion="withdrawn")
    assert pictures_in(opened(to_word(paper_of(withdrawn)))) == []
