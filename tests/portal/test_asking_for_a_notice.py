"""Asking for a notice with its evidence: filled in from a suggestion, seen as it will be quoted, and asked for."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Notice, Role
from performance.models import Figure, LeverSignalTerm, ListedCase
from tests.kent import DEMO_MOMENT, Kent

pytestmark = pytest.mark.django_db
AUGUST = date(2019, 8, 1)
CASELOAD, STAFF = "early-help-caseload/ehu/kent", "staff-in-post/ehu/kent"


@pytest.fixture
def page(loaded: Kent) -> str:
    return reverse("notice_ask", args=[loaded.agreement.reference])


@pytest.fixture
def commissioner(client: Client, loaded: Kent) -> Client:
    client.force_login(loaded.people[Role.COUNCIL_COMMISSIONER])
    return client


def filled_in(**changes: object) -> dict[str, object]:
    return {
        "kind": "contract-performance-notice",
        "element": "ehu",
        "subject": "Early Help caseload",
        "reason": "Below target for every month reported.",
        "month": "2019-08",
        "figures": [CASELOAD, STAFF],
        **changes,
    }


def seen(commissioner: Client, page: str, data: dict[str, object]) -> str:
    """What tells the portal which figures the preview showed."""
    answer = commissioner.post(page, data | {"step": "preview"})
    assert "preview" in answer.context, answer.context["form"].errors
    return str(answer.context["preview"].seen)


def test_a_suggestion_fills_the_form_in(commissioner: Client, loaded: Kent, page: str) -> None:
    term = LeverSignalTerm.objects.get(indicator__code="early-help-caseload")
    form = commissioner.get(f"{page}?term={term.pk}&month=2019-08").context["form"]
    assert form.initial == {
        "month": "2019-08",
        "kind": "contract-performance-notice",
        "element": "ehu",
        "subject": "Early Help caseload",
        "reason": "191 children in August 2019 against 300: missed in 17 of 17 months since April 2018.",
        "figures": [CASELOAD],
    }


def test_the_figure_of_a_suggestion_is_offered_whatever_it_is(commissioner: Client, page: str) -> None:
    """Stepped up is no headline; it is offered because its term is met."""
    term = LeverSignalTerm.objects.get(indicator__code="early-help-stepped-up")
    stepped_up = "early-help-stepped-up/ehu/kent"
    form = commissioner.get(f"{page}?term={term.pk}&month=2019-08").context["form"]
    assert stepped_up in [one.code for one in form.offered.figures]
    assert stepped_up not in [one.code for one in commissioner.get(page).context["form"].offered.figures]


@pytest.mark.parametrize(
    "query", ["", "?term=0", "?term=x&month=2019-13", "?month=1800-01", "?kind=x&element=x&subject=x"]
)
def test_without_a_suggestion_the_form_is_empty(commissioner: Client, page: str, query: str) -> None:
    answer = commissioner.get(page + query)
    assert answer.status_code == 200
    assert answer.context["form"].initial["month"] == "2019-08"


def test_headlines_and_the_whole_service_are_offered_and_no_small_counts(commissioner: Client, page: str) -> None:
    offered = commissioner.get(page).context["form"].offered.figures
    by_group = {one.group: [each.name for each in offered if each.group == one.group] for one in offered}
    assert by_group["Support to Early Help Units"] == ["Early Help caseload", "Staff in post", "Funded and not spent"]
    assert "Referrals received" in by_group["The whole service"]
    assert list(by_group)[-1] == "The whole service"


def test_the_preview_shows_the_figures_and_asks_for_nothing(commissioner: Client, page: str) -> None:
    answer = commissioner.post(page, filled_in(step="preview"))
    html = " ".join(answer.content.decode().split())
    assert "Check what you ask for" in html
    assert ">191 children</a>" in html
    assert ">−109</td>" in html
    assert "The floor of 240 is illustrative: no paper has it." in html
    assert not Notice.objects.exists()


def test_what_was_seen_is_asked_for_with_its_evidence(commissioner: Client, loaded: Kent, page: str) -> None:
    data = filled_in()
    answer = commissioner.post(page, data | {"step": "ask", "seen": seen(commissioner, page, data)})
    notice = Notice.objects.get()
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("notice_detail", args=[loaded.agreement.reference, notice.pk])
    assert (notice.stage, notice.subject) == ("asked", "Early Help caseload")
    assert notice.asked_by == loaded.people[Role.COUNCIL_COMMISSIONER]
    evidence = [(one.indicator_code, one.value) for one in notice.evidence.order_by("position")]
    assert evidence == [("early-help-caseload", Decimal(191)), ("staff-in-post", Decimal("72.307692"))]


def test_figures_that_changed_meanwhile_are_shown_again_before_anything_is_asked(
    commissioner: Client, loaded: Kent, page: str
) -> None:
    data = filled_in()
    was_seen = seen(commissioner, page, data)
    correct(loaded, 250)
    answer = commissioner.post(page, data | {"step": "ask", "seen": was_seen})
    html = answer.content.decode()
    assert "The figures changed after you looked at them." in html
    assert ">250 children</a>" in html
    assert not Notice.objects.exists()
    commissioner.post(page, data | {"step": "ask", "seen": answer.context["preview"].seen})
    assert Notice.objects.get().evidence.get(indicator_code="early-help-caseload").value == 250


def test_nobody_asks_without_having_seen(commissioner: Client, page: str) -> None:
    assert "The figures changed" in commissioner.post(page, filled_in(step="ask")).content.decode()
    assert not Notice.objects.exists()


def test_a_notice_may_rest_on_no_figure(commissioner: Client, page: str) -> None:
    """A return that is late: there is no figure to quote."""
    data = filled_in(
        kind="information-breach-notice", element="", subject="September 2019 return", figures=[], month=""
    )
    commissioner.post(page, data | {"step": "ask", "seen": seen(commissioner, page, data)})
    notice = Notice.objects.get()
    assert (notice.element, notice.evidence.count()) == (None, 0)


def test_a_figure_that_the_month_does_not_have_is_said(commissioner: Client, loaded: Kent, page: str) -> None:
    Figure.objects.filter(indicator__code="early-help-caseload", month=date(2019, 7, 1)).update(
        known_until=DEMO_MOMENT + timedelta(hours=1)
    )
    answer = commissioner.post(page, filled_in(step="preview", month="2019-07"))
    missing = answer.context["preview"].missing
    assert missing.startswith(
        "One of the figures you chose has not been worked out for July 2019, so it is not quoted."
    )


def test_changing_something_keeps_what_was_typed(commissioner: Client, page: str) -> None:
    answer = commissioner.post(page, filled_in(step="change"))
    html = answer.content.decode()
    assert "Below target for every month reported." in html
    assert "There is a problem" not in html


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": ""}, "Choose which notice you ask for"),
        ({"subject": "  "}, "Write what the notice is about"),
        ({"reason": ""}, "Say why you ask for it"),
        ({"reason": "x" * 2001}, "Say why in 2,000 characters or fewer"),
        ({"subject": "x" * 121}, "Write the subject in 120 characters or fewer"),
        ({"reason": "NHS number 943 476 5919"}, "Take out what could point at a child"),
        ({"month": ""}, "Choose the month of the figures"),
        ({"figures": ["age/ehu/kent"]}, "Choose from the figures listed"),
        ({"kind": "a\x00b"}, "Select a valid choice"),
        ({"element": "elsewhere"}, "Select a valid choice"),
        ({"month": "1800-01"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_asked_for(
    commissioner: Client, page: str, changes: dict[str, object], said: str
) -> None:
    for step in ("preview", "ask"):
        answer = commissioner.post(page, filled_in(step=step, **changes))
        assert answer.status_code == 200
        assert said in answer.content.decode()
    assert not Notice.objects.exists()


def test_a_notice_names_no_case(commissioner: Client, page: str) -> None:
    reference = ListedCase.objects.order_by("pk")[0].reference
    answer = commissioner.post(page, filled_in(step="preview", subject=f"Case {reference}"))
    assert "Take out the reference of the case" in answer.content.decode()


def test_a_character_that_cannot_be_kept_is_no_error_of_the_portal(commissioner: Client, page: str) -> None:
    data = filled_in(reason="Below\x00 target", seen="\x00", step="ask")
    assert commissioner.post(page, data).status_code == 200


@pytest.mark.parametrize("role", [Role.COUNCIL_FINANCE, Role.PROVIDER_SIGNATORY, Role.AUDITOR])
def test_who_may_not_ask_is_refused(client: Client, loaded: Kent, page: str, role: Role) -> None:
    client.force_login(loaded.people[role])
    assert client.get(page).status_code == 403
    assert client.post(page, filled_in(step="preview")).status_code == 403


def test_an_agreement_without_kinds_says_what_to_do(client: Client, loaded: Kent, page: str) -> None:
    LeverSignalTerm.objects.all().delete()
    for kind in loaded.agreement.notice_kinds.all():
        for step in kind.steps.all():
            step.clocks.all().delete()
        kind.steps.all().delete()
        kind.withholding_terms.all().delete()
    loaded.agreement.notice_kinds.all().delete()
    client.force_login(loaded.people[Role.COUNCIL_COMMISSIONER])
    assert "The agreement has no kind of notice yet." in client.get(page).content.decode()


def correct(kent: Kent, caseload: int) -> None:
    """The caseload of August becomes another figure, as after a corrected return."""
    known = Figure.objects.get(indicator__code="early-help-caseload", area__code="kent", month=AUGUST, known_until=None)
    later = DEMO_MOMENT + timedelta(hours=1)
    Figure.objects.filter(pk=known.pk).update(known_until=later)
    known.pk, known.known_from, known.value = None, later, Decimal(caseload)
    known.save(force_insert=True)
