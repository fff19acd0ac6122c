"""Letters: written with the move, as their wording stood, whole in both files, and never changed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from contracts.actions.notice_evidence import write_evidence
from contracts.actions.notices import serve_notice
from contracts.letters.letter_paper import file_name_of, paper_of
from contracts.levers.ladder import NoticeStage
from contracts.levers.quoted import QuotedFigure
from contracts.models import Agreement, Letter, LetterTemplate, Notice, NoticeMove, Occasion, Role, StepClock
from contracts.papers.page import page_of
from contracts.papers.word import to_word
from tests.kent import DEMO_MOMENT, Kent
from tests.notices import IBN, acting, asked_notice, kind_of, moment_of, moved, notice_at, served_notice
from tests.papers import opened

pytestmark = pytest.mark.django_db
S = NoticeStage
AUGUST = date(2019, 8, 1)
CASELOAD = QuotedFigure(
    as_at=DEMO_MOMENT,
    indicator_code="early-help-caseload",
    indicator_name="Early Help caseload",
    area_code="kent",
    area_name="Kent",
    month=AUGUST,
    unit="children",
    value=Decimal(191),
    agreed=Decimal(300),
    verdict="Red",
    sources=({"month": "2019-08", "version": 1, "sheet": "Activity", "cell": "F2", "value": "191"},),
)


def the_letter(notice: Notice) -> Letter:
    return Letter.objects.get(notice=notice)


def wording(kent: Kent, title: str = "{notice}", body: str = "About {subject}.", **more) -> LetterTemplate:
    values = {"occasion": Occasion.SERVED} | more
    return LetterTemplate.objects.create(agreement=kent.agreement, title=title, body=body, **values)


def test_serving_writes_a_letter_in_the_portals_own_words(kent: Kent) -> None:
    letter = the_letter(served_notice(kent))
    assert letter.title == "Contract Performance Notice 2019/01: Early Help caseload"
    for said in (
        "To: North East London NHS Foundation Trust",
        "General Condition 9 of the contract",
        "on 3 September 2019",
        "was asked for by Kent County Council",
        "191 children held against 300 agreed.",
        "What comes next: Contract management meeting. It is due by 17 September 2019.",
        "10 Operational Days",
        "Helen Marsh",
    ):
        assert said in letter.body, said
    assert "{" not in letter.body
    assert (letter.occasion, letter.written_on, letter.at) == ("served", date(2019, 9, 3), moment_of(date(2019, 9, 3)))


def test_a_term_nobody_checked_is_said_to_be_unchecked(kent: Kent) -> None:
    said = "To be checked against your contract: 10 Operational Days for “Contract management meeting”."
    assert said in the_letter(served_notice(kent)).body
    StepClock.objects.update(
        checked_reference="GC9.4", checked_by=kent.people[Role.COORDINATING_COMMISSIONER], checked_on=AUGUST
    )
    assert "To be checked" not in the_letter(served_notice(kent, subject="Again")).body


def test_the_wording_of_the_kind_comes_before_that_of_every_kind(kent: Kent) -> None:
    wording(kent, "For all: {number}")
    assert the_letter(served_notice(kent)).title == "For all: 2019/01"
    wording(kent, "For this kind: {number}", kind=kind_of(kent))
    assert the_letter(served_notice(kent, subject="Again")).title == "For this kind: 2019/02"
    assert the_letter(served_notice(kent, IBN)).title == "For all: 2019/01"


def test_a_letter_keeps_the_wording_it_was_written_with(kent: Kent) -> None:
    template = wording(kent, "Before")
    letter = the_letter(served_notice(kent))
    first = to_word(paper_of(letter))
    LetterTemplate.objects.filter(pk=template.pk).update(title="After", body="After")
    letter.refresh_from_db()
    assert (letter.title, to_word(paper_of(letter))) == ("Before", first)


def test_a_letter_keeps_what_its_agreement_was_called(kent: Kent) -> None:
    letter = the_letter(served_notice(kent))
    first, name = to_word(paper_of(letter)), kent.agreement.short_name
    Agreement.objects.filter(pk=kent.agreement.pk).update(short_name="Something else")
    later = the_letter(letter.notice)
    assert f"{name} (KCC-CYPMHS-S76)" in page_of(paper_of(later))
    assert to_word(paper_of(later)) == first
    assert "Something else (KCC-CYPMHS-S76)" in page_of(paper_of(the_letter(served_notice(kent, subject="Again"))))


def test_the_letter_of_service_stays_when_evidence_is_added_later(kent: Kent) -> None:
    letter = the_letter(served_notice(kent, evidence=[CASELOAD]))
    first = to_word(paper_of(letter))
    for occasion in (Occasion.SERVED, Occasion.ASKED):
        with pytest.raises(IntegrityError, match="no evidence is added after service"), transaction.atomic():
            write_evidence(letter.notice, occasion, [replace(CASELOAD, month=date(2019, 7, 1), value=Decimal(999))])
    assert to_word(paper_of(the_letter(letter.notice))) == first


def test_braces_that_people_type_stay_text(kent: Kent) -> None:
    wording(kent, "{subject}", "{subject} {reason}")
    letter = the_letter(served_notice(kent, subject="{provider} {nothing} {0.__class__} {"))
    assert letter.title == "{provider} {nothing} {0.__class__} {"
    assert letter.body.startswith("{provider} {nothing} {0.__class__} { 191 children")


def test_what_is_missing_is_words(kent: Kent) -> None:
    wording(kent, "x", "Of {element}. It is due by {due_on}. Time for it: {days} from {served_on}. Next: {step}.")
    StepClock.objects.all().delete()
    letter = the_letter(served_notice(kent, element=None))
    assert letter.body == "Of the service as a whole. Next: Contract management meeting."


def test_a_long_title_is_shortened(kent: Kent) -> None:
    wording(kent, "{subject} {subject} {subject}"[:160])
    assert len(the_letter(served_notice(kent, subject="a" * 120)).title) == 240


@pytest.mark.parametrize(
    ("stage", "occasions"),
    [
        (S.TAKEN_BACK, []),
        (S.DECLINED, ["declined"]),
        (S.PLAN, ["served"]),
        (S.EXCEPTION_REPORT, ["served", "exception-report"]),
        (S.WITHHOLDING, ["served", "exception-report", "withholding"]),
        (S.WITHDRAWN, ["served", "withdrawn"]),
        (S.RESOLVED, ["served", "closed"]),
    ],
)
def test_each_move_that_has_one_writes_its_letter(kent: Kent, stage: NoticeStage, occasions: list[str]) -> None:
    notice = notice_at(kent, stage)
    rows = Letter.objects.filter(notice=notice).order_by("pk")
    assert list(rows.values_list("occasion", flat=True)) == occasions
    assert all(row.move.by_name == "Helen Marsh" for row in rows)
    assert NoticeMove.objects.filter(notice=notice).count() > len(occasions)


def test_withholding_says_how_much_and_that_it_is_unchecked(kent: Kent) -> None:
    notice = notice_at(kent, S.WITHHOLDING)
    body = Letter.objects.get(notice=notice, occasion="withholding").body
    assert "2% of the monthly instalment of Support to Early Help Units" in body
    assert "the 2% that may be withheld" in body


def test_declining_writes_to_the_council(kent: Kent) -> None:
    body = the_letter(notice_at(kent, S.DECLINED)).body
    assert body.startswith("To: Kent County Council")
    assert "The figures are in question" in body


def test_the_letter_of_service_lists_what_was_quoted(kent: Kent) -> None:
    letter = the_letter(served_notice(kent, evidence=[CASELOAD]))
    (table,) = opened(to_word(paper_of(letter))).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [
        ["Figure", "Area", "Month", "Value", "Target", "Verdict"],
        ["Early Help caseload", "Kent", "August 2019", "191 children", "300", "Red"],
    ]
    page = page_of(paper_of(letter))
    assert "Figures as they were known on 17 October 2019 at 9:30am" in page
    assert "return for August 2019, version 1, sheet Activity, cell F2 (191)" in page


def test_figures_quoted_at_service_take_the_place_of_those_asked_with(kent: Kent) -> None:
    asked = asked_notice(kent, evidence=[CASELOAD])
    newer = replace(CASELOAD, value=Decimal(187))
    by = acting(kent, Role.COORDINATING_COMMISSIONER)
    served = serve_notice(asked, served_on=date(2019, 9, 3), by=by, at=DEMO_MOMENT, evidence=[newer])
    page = page_of(paper_of(the_letter(served)))
    assert "187 children" in page
    assert "191 children</td>" not in page


def test_a_figure_that_is_not_available_says_why(kent: Kent) -> None:
    figure = replace(CASELOAD, value=None, verdict="", sources=(), why_not_available="HSB was not reported.")
    page = page_of(paper_of(the_letter(served_notice(kent, evidence=[figure]))))
    assert "Not available" in page
    assert "Early Help caseload, Kent, August 2019: HSB was not reported." in page
    assert "Where the figures come from" not in page


def test_a_doubt_about_a_figure_is_said(kent: Kent) -> None:
    doubted = replace(CASELOAD, doubt="The council counts 197.")
    page = page_of(paper_of(the_letter(served_notice(kent, evidence=[doubted]))))
    assert "Early Help caseload, Kent, August 2019: The council counts 197." in page


def test_without_figures_the_letter_says_so_and_a_later_one_lists_none(kent: Kent) -> None:
    notice = served_notice(kent)
    assert "No figures were quoted with this notice." in page_of(paper_of(the_letter(notice)))
    moved(kent, notice, S.WITHDRAWN)
    withdrawn = Letter.objects.get(notice=notice, occasion="withdrawn")
    assert "Figures quoted" not in page_of(paper_of(withdrawn))
    assert file_name_of(withdrawn) == "contract-performance-notice-2019-01-withdrawn"
