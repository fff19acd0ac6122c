"""Which contract levers the portal suggests in the demo's months, and what an open notice covers."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.levers.ladder import NoticeStage
from contracts.models import Agreement, Role
from cypmhs_portal.levers.suggested import Suggestion, Suggestions, suggestions_for
from performance.models import LeverSignalTerm, Return, Signal
from performance.returns_held import ReturnsHeld, returns_held
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.notices import AQN, CPN, IBN, asked_notice, notice_at
from tests.performance.two_caseloads import held_against_each_other
from tests.portal.test_disputed_figures import signed

pytestmark = pytest.mark.django_db
AUGUST = date(2019, 8, 1)


def suggested(kent: Kent, on: date = DEMO_DAY) -> Suggestions:
    return suggestions_for(kent.agreement, on)


def about(kent: Kent, subject: str) -> Suggestion:
    (one,) = [one for one in suggested(kent).every if one.met.subject == subject]
    return one


def test_the_terms_that_are_met_in_august(loaded: Kent) -> None:
    found = {(one.kind.code, one.met.subject): one.met.found for one in suggested(loaded).new}
    assert found == {
        (AQN, "Early Help cases stepped up to a specialist pathway"): (
            "17.9% (72 of 402) in August 2019 against 15%: missed in 6 of 6 months since March 2019."
        ),
        (CPN, "Early Help caseload"): (
            "191 children in August 2019 against 300: missed in 17 of 17 months since April 2018."
        ),
        (CPN, "Staff in post, KHNES"): (
            "1.9 of 5.0 WTE in post in August 2019, 38.0%: below 80% in 17 of 17 months since April 2018."
        ),
        (CPN, "Staff in post, Early Help"): (
            "9.4 of 13.0 WTE in post in August 2019, 72.3%: below 80% in 17 of 17 months since April 2018."
        ),
        (IBN, "Harmful Sexual Behaviour / Post Sexual Abuse caseload not reported"): (
            "No figure in 17 of 17 months since April 2018. "
            "Not reported by NELFT: Not recorded separately from the Complex Pathway."
        ),
        (IBN, "September 2019 return"): (
            "The return was due on Monday 14 October 2019 and is not received: 3 Operational Days late."
        ),
    }


def test_what_is_met_is_not_suggested_of_a_target_that_is_reached(loaded: Kent) -> None:
    """LAC assessments reach their target of 90 %: the term is looked at and not met."""
    read = suggested(loaded)
    assert "LAC priority assessments completed within standard misses its target for 3 months running or more" in [
        one.words for one in read.terms
    ]
    assert not [one for one in read.every if "LAC" in one.met.subject]


def test_the_doubts_stand_with_what_was_found(loaded: Kent) -> None:
    stepped_up = about(loaded, "Early Help cases stepped up to a specialist pathway")
    assert stepped_up.met.doubts == ("That target is illustrative: no paper has it.",)
    assert about(loaded, "Early Help caseload").doubts == ("When to ask is to be checked against your contract.",)
    held_against_each_other(loaded, AUGUST)
    assert about(loaded, "Early Help caseload").met.doubts == ("That figure is disputed.",)


def test_the_figure_that_both_sides_signed_stands_with_what_the_return_says(loaded: Kent) -> None:
    signed(loaded, held_against_each_other(loaded, AUGUST, at=DEMO_MOMENT - timedelta(days=1)), 194)
    caseload = about(loaded, "Early Help caseload").met
    assert caseload.found.startswith("191 children in August 2019 against 300")
    assert caseload.doubts == ("KCC and NELFT signed 194 in its place.",)


def test_a_return_that_was_sent_back_is_late_until_another_comes(loaded: Kent) -> None:
    """What was sent back does not put the lever off."""
    september = date(2019, 9, 1)

    def found(**versions: Any) -> list[str]:
        held = returns_held(loaded.agreement).returns
        returns = ReturnsHeld(tuple(replace(one, **versions) if one.month == september else one for one in held))
        read = suggestions_for(loaded.agreement, DEMO_DAY, returns).every
        return [one.met.found for one in read if one.met.subject == "September 2019 return"]

    assert found(sent_back=1) == [
        "The return was due on Monday 14 October 2019; its version 1 was sent back, with none after it: "
        "3 Operational Days late."
    ]
    assert found(sent_back=1, waiting=2) == found(sent_back=1, accepted=2) == []


def test_a_term_that_was_checked_is_no_doubt(loaded: Kent) -> None:
    LeverSignalTerm.objects.filter(signal=Signal.RETURN_LATE).update(
        checked_reference="SC28.2", checked_by=loaded.people[Role.ADMINISTRATOR], checked_on=DEMO_DAY
    )
    assert about(loaded, "September 2019 return").doubts == ()


def test_on_the_day_it_is_due_a_return_is_not_late(loaded: Kent) -> None:
    due = Return.objects.get(agreement=loaded.agreement, month=date(2019, 9, 1)).due_on
    subjects = [one.met.subject for one in suggested(loaded, due).every]
    assert "September 2019 return" not in subjects
    assert "September 2019 return" in [one.met.subject for one in suggested(loaded, due + timedelta(days=1)).every]


def test_a_term_holds_for_its_days_only(loaded: Kent) -> None:
    LeverSignalTerm.objects.filter(signal=Signal.NOT_REPORTED).update(in_force_until=DEMO_DAY)
    assert not [one for one in suggested(loaded).every if "not reported" in one.met.subject]
    assert [one for one in suggested(loaded, DEMO_DAY - timedelta(days=1)).every if "not reported" in one.met.subject]


@pytest.mark.parametrize("stage", [NoticeStage.ASKED, NoticeStage.MEETING, NoticeStage.BREACHED])
def test_an_open_notice_of_the_same_kind_and_element_covers_it(loaded: Kent, stage: NoticeStage) -> None:
    notice = notice_at(loaded, stage)
    read = suggested(loaded)
    covered = {one.met.subject: one.covered_by for one in read.covered}
    assert covered == {"Early Help caseload": (notice,), "Staff in post, Early Help": (notice,)}
    assert "Early Help caseload" not in [one.met.subject for one in read.new]


@pytest.mark.parametrize("stage", [NoticeStage.DECLINED, NoticeStage.TAKEN_BACK, NoticeStage.WITHDRAWN])
def test_a_closed_notice_covers_nothing(loaded: Kent, stage: NoticeStage) -> None:
    notice_at(loaded, stage)
    assert suggested(loaded).covered == ()


def test_a_notice_about_another_element_covers_nothing(loaded: Kent) -> None:
    asked_notice(loaded, CPN, element="lac")
    assert suggested(loaded).covered == ()


def test_no_terms_suggest_nothing(loaded: Kent) -> None:
    LeverSignalTerm.objects.all().delete()
    assert suggested(loaded) == Suggestions(DEMO_DAY, (), (), ())


# ---- the page


@pytest.fixture
def page(loaded: Kent) -> str:
    return reverse("notices_suggested", args=[loaded.agreement.reference])


def read(client: Client, kent: Kent, role: Role, page: str) -> str:
    client.force_login(kent.people[role])
    answer = client.get(page)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_page_shows_each_with_its_figure_and_leads_to_asking(client: Client, loaded: Kent, page: str) -> None:
    html = read(client, loaded, Role.COUNCIL_COMMISSIONER, page)
    assert "6 notices are suggested" in html
    assert "191 children in August 2019 against 300: missed in 17 of 17 months since April 2018." in html
    assert "/figures/early-help-caseload/ehu/kent/2019-08/" in html
    term = about(loaded, "Early Help caseload").met.term
    assert f"/notices/ask/?term={term.pk}&amp;month=2019-08" in html
    assert "A person decides" in html


def test_what_is_covered_stands_apart_with_its_notice(client: Client, loaded: Kent, page: str) -> None:
    asked_notice(loaded, CPN)
    html = read(client, loaded, Role.COORDINATING_COMMISSIONER, page)
    apart = html.index("Already asked for, or covered by an open notice")
    assert (
        html.index("Staff in post, KHNES") < apart < html.index("Contract Performance Notice: Early Help caseload</h3>")
    )
    assert "Asked for by Alex Morgan on 2 September 2019" in html


def test_nothing_met_says_so_with_the_terms(client: Client, loaded: Kent, page: str) -> None:
    LeverSignalTerm.objects.exclude(indicator__code="lac-in-standard").delete()
    html = read(client, loaded, Role.AUDITOR, page)
    assert "No term that suggests a notice is met" in html
    assert "LAC priority assessments completed within standard misses its target for 3 months running or more" in html
    assert "Ask for" not in html


@pytest.mark.parametrize("role", [Role.PROVIDER_SIGNATORY, Role.ASSOCIATE_COMMISSIONER])
def test_who_may_not_see_requests_does_not_see_what_is_suggested(
    client: Client, loaded: Kent, page: str, role: Role
) -> None:
    client.force_login(loaded.people[role])
    assert client.get(page).status_code == 403


@pytest.mark.parametrize("address", ["notices_suggested", "notice_ask"])
def test_as_many_queries_for_many_months_and_notices_as_for_few(client: Client, loaded: Kent, address: str) -> None:
    path = reverse(address, args=[loaded.agreement.reference])
    client.force_login(loaded.people[Role.COUNCIL_COMMISSIONER])
    client.get(path)
    asked_notice(loaded, CPN)
    few = asked_of_the_database(client, path)
    for subject in ("Another", "A third"):
        asked_notice(loaded, IBN, subject=subject, element="hsb")
    assert asked_of_the_database(client, path) == few
    Agreement.objects.filter(pk=loaded.agreement.pk).update(returns_from=date(2019, 4, 1))
    assert asked_of_the_database(client, path) == few
    assert few <= 16


def asked_of_the_database(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked.captured_queries)
