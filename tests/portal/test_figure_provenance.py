"""From a number to its formula, its inputs, its cell, its file, and who said so when."""

import hashlib
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from contracts.audit import CONSOLE
from contracts.models import Indicator, Role
from cypmhs_portal.dashboards.formula_words import formula_in_words
from cypmhs_portal.dashboards.paper_words import papers_in_words
from performance.actions.deciding import accept, sign_off
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from performance.indicators import Part
from performance.models import Definition, Figure, Term
from performance.recompute import work_off
from tests.hostile_files.build import workbook_with
from tests.kent import DEMO_MOMENT, RETURNS, Kent
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
FIGURES = "/agreements/KCC-CYPMHS-S76/figures/"
CASELOAD = f"{FIGURES}early-help-caseload/ehu/kent/2019-08/"
SHARE = f"{FIGURES}early-help-caseload-share/ehu/kent/2019-08/"
GOALS = f"{FIGURES}early-help-goals-met/ehu/kent/2019-08/"
FILE = "/agreements/KCC-CYPMHS-S76/returns/2019-08/versions/1/file/"
TITLES = {"003": "Children’s mental health", "004": "Contract monitoring"}


@pytest.fixture
def council(loaded: Kent) -> Client:
    return visitor(loaded, Role.COUNCIL_COMMISSIONER)


def test_who_uploaded_signed_and_accepted_and_the_files_fingerprint(loaded: Kent, council: Client) -> None:
    said = text_of(council.get(CASELOAD))
    assert "Uploaded by Sam Ellis, 12 September 2019 at 3:40pm" in said
    assert "Signed off by Nina Rao, 12 September 2019 at 3:40pm" in said
    assert "Accepted by Helen Marsh, 18 September 2019 at 3:40pm" in said
    sha256 = hashlib.sha256((RETURNS / "nelft-return-2019-08.xlsx").read_bytes()).hexdigest()
    assert f"File fingerprint (SHA-256) {sha256}" in said


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.COUNCIL_COMMISSIONER, False), (Role.COORDINATING_COMMISSIONER, True), (Role.AUDITOR, True)],
)
def test_the_file_is_offered_to_those_who_may_have_it(loaded: Kent, role: Role, may: bool) -> None:
    reader = visitor(loaded, role)
    page = reader.get(CASELOAD).content.decode()
    assert (f'href="{FILE}"' in page) is may
    assert reader.get(FILE).status_code == (200 if may else 403)
    every = reader.get(GOALS).content.decode()
    assert every.count("/file/") == (13 if may else 0)


def test_every_return_it_rests_on_with_who_and_fingerprint(loaded: Kent, council: Client) -> None:
    said = text_of(council.get(GOALS)).partition("Every return it rests on")[2]
    assert said.count("Nina Rao,") == said.count("Helen Marsh,") == 12
    assert len(re.findall(r"\b[0-9a-f]{64}\b", said)) == 12


def test_the_formula_with_its_version_and_both_its_parts(loaded: Kent, council: Client) -> None:
    said = text_of(council.get(SHARE))
    assert "Version 1 of the formula, in force since 1 September 2017." in said
    assert "Numerator 191 Caseload" in said
    assert "Denominator 13,783 Caseload" in said


def test_sums_stand_in_brackets_and_the_second_formula_is_version_two(loaded: Kent) -> None:
    indicator = Indicator.objects.get(code="early-help-caseload")
    first = Definition.objects.get(indicator=indicator)
    Definition.objects.filter(pk=first.pk).update(in_force_until="2020-01-01")
    second = Definition.objects.create(indicator=indicator, aggregation=first.aggregation, in_force_from="2020-01-01")
    parts = [("A", Part.NUMERATOR, False), ("B", Part.NUMERATOR, True), ("C", Part.DENOMINATOR, False)]
    for label, part, is_subtracted in parts:
        Term.objects.create(
            definition=second, part=part, is_subtracted=is_subtracted, source="return", sheet="Activity", label=label
        )
    words = formula_in_words(second)
    top = "A of the whole service less B of the whole service"
    assert words.sentence == f"({top}) ÷ C of the whole service. Month end."
    assert (words.numerator, words.denominator, words.version) == (top, "C of the whole service", 2)
    assert formula_in_words(first).version == 1


def test_the_versions_of_a_figure_lead_to_how_it_was_shown_then(loaded: Kent, council: Client) -> None:
    at = DEMO_MOMENT + timedelta(microseconds=7)
    content = workbook_with({("Activity", "D4"): 130, ("Activity", "F4"): 221})
    judged = judge(ReceivedFile(content, "correction.xlsx"), on=at.date(), expected=loaded.agreement)
    version = receive(judged, by=CONSOLE, at=at, why="Counted again", warnings_reason="Checked").version
    assert version is not None
    accept(sign_off(version, by=CONSOLE, at=at), by=CONSOLE, at=at)
    work_off(loaded.agreement)
    page = council.get(f"{FIGURES}early-help-liaisons/ehu/kent/2019-08/")
    assert "221 contacts Version 2" in text_of(page)
    assert "205 contacts Version 1" in text_of(page)
    then = re.findall(r'href="(\?as-at=[^"]+)"', page.content.decode())
    assert then == ["?as-at=2019-10-17T09%3A30%3A00%2B01%3A00"]


def test_a_figure_that_rests_on_small_counts_is_hidden_with_its_cells(loaded: Kent, council: Client) -> None:
    """No formula reads sheet Equality today; should one, its page gives nothing away."""
    known = Figure.objects.get(
        indicator__code="early-help-consultations", area__code="kent", month="2019-08-01", known_until=None
    )
    source = {**known.sources[0], "sheet": "Equality", "cell": "D4", "value": "4", "label": "Not stated"}
    Figure.objects.filter(pk=known.pk).update(known_until=DEMO_MOMENT + timedelta(seconds=1))
    known.pk, known.value, known.numerator, known.sources = None, Decimal(4), Decimal(4), [source]
    known.known_from = DEMO_MOMENT + timedelta(seconds=1)
    known.save(force_insert=True)
    address = f"{FIGURES}early-help-consultations/ehu/kent/2019-08/"
    said = council.get(address).content.decode()
    assert '<h1 class="govuk-heading-xl">*</h1>' in said
    assert "small counts" in said
    assert "D4" not in said
    assert "107" not in said
    assert "4 contacts" in text_of(visitor(loaded, Role.AUDITOR).get(address))


def test_papers_are_named_by_their_titles(loaded: Kent, council: Client) -> None:
    titles = dict(loaded.agreement.documents.values_list("reference", "title"))
    said = text_of(council.get(SHARE))
    assert f"Agreed in {titles['004']} (004), paragraph 2.7" in said
    funding = text_of(council.get(f"{FIGURES}spend-share-of-contract/ehu/kent/2019-08/"))
    assert f"Funding lines: {titles['004']} (004), paragraph 1.8 a term of the agreement 1,200,000" in funding


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("003 §3.2", ["Children’s mental health (003), paragraph 3.2"]),
        ("004 §2.1; §2.2", ["Contract monitoring (004), paragraph 2.1", "Contract monitoring (004), paragraph 2.2"]),
        ("003 §5.4; 000", ["Children’s mental health (003), paragraph 5.4", "000"]),
        ("003", ["Children’s mental health (003)"]),
        ("GC9", ["GC9"]),
        ("due 14 October 2019", ["due 14 October 2019"]),
        ("§3.2", ["§3.2"]),
        ("; ;", []),
        ("", []),
    ],
)
def test_a_reference_in_words(source: str, words: list[str]) -> None:
    assert list(papers_in_words(source, TITLES)) == words
