"""The page of an options appraisal, and how it is written in the admin site."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from contracts.actions.decisions import withdraw_decision
from contracts.models import AppraisedOption, Criterion, OptionsAppraisal, OptionScore, RecordOfDecision, Role
from cypmhs_portal.decisions.appraisal_page import appraisal_page
from cypmhs_portal.decisions.sensitivity import Run, TriedWeight, reading_of
from tests.admin_pages import change_address, errors_of, sent, signed_in
from tests.decisions import alex
from tests.kent import DEMO_MOMENT, Kent
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
HERE = "/agreements/KCC-CYPMHS-S76/appraisals/"
NAMES = {1: "Option 1 (Stay)", 2: "Option 2 (Go)"}


def the_appraisal() -> OptionsAppraisal:
    return OptionsAppraisal.objects.get()


def test_the_page_shows_scores_ranks_and_what_each_option_leaves(agreed: Kent) -> None:
    page = appraisal_page(the_appraisal())
    assert [column.rank for column in page.columns] == [4, 2, 1, 3]
    assert page.recommended is page.columns[2]
    # Of £2.657m, the split retains £1.257m (000).
    assert dict(page.funding_totals) == {1: 2_657_000, 2: 0, 3: 1_257_000, 4: 2_657_000}
    said = text_of(
        visitor(agreed, Role.PROVIDER_EDITOR).get(f"/agreements/KCC-CYPMHS-S76/appraisals/{the_appraisal().pk}/")
    )
    assert "No paper has these weights and scores: they are made up." in said
    assert "£1,257,000" in said
    assert "would come first if “Oversight of KCC’s money” counted for more than" in said


def test_a_weighted_score_by_hand(agreed: Kent) -> None:
    split = appraisal_page(the_appraisal()).columns[2]
    # 30 × 7 + 20 × 8 + 20 × 7 + 20 × 7 + 10 × 6, of 100.
    assert split.total == Decimal("7.1")


def test_a_missing_score_leaves_no_ranking_and_says_so(agreed: Kent) -> None:
    Criterion.objects.create(appraisal=the_appraisal(), name="Cost", weight=Decimal(5), position=6)
    page = appraisal_page(the_appraisal())
    assert (page.missing, page.chart, page.tried) == (4, None, ())
    assert all(column.total is None and column.rank == 0 for column in page.columns)


def test_an_appraisal_without_anything_is_a_page(agreed: Kent) -> None:
    bare = OptionsAppraisal.objects.create(agreement=agreed.agreement, title="Bare", made_on=date(2019, 1, 1))
    answer = visitor(agreed, Role.AUDITOR).get(f"{HERE}{bare.pk}/")
    assert "No option is recommended yet." in text_of(answer)


def tried(*runs: tuple[int, int, tuple[int, ...]]) -> TriedWeight:
    made = tuple(Run(Decimal(a), Decimal(b), one, " and ".join(NAMES[o] for o in one)) for a, b, one in runs)
    return TriedWeight("Cost", Decimal(40), made, len(runs) - 1)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (tried((0, 80, (1,))), "would whichever single weight were anything from nothing to double"),
        (tried((0, 50, (1,)), (50, 80, (2,))), "Option 2 (Go) would come first if “Cost” counted for more than 50.0%"),
        (tried((0, 30, (2,)), (30, 80, (1,))), "Option 2 (Go) would come first if “Cost” counted for less than 30.0%"),
    ],
)
def test_the_sentence_names_the_nearest_change(one: TriedWeight, said: str) -> None:
    assert said in reading_of([one], ((1,), (2,)), NAMES)


@pytest.fixture
def admin(agreed: Kent, client: Client) -> Client:
    return signed_in(client, agreed.people[Role.ADMINISTRATOR])


def test_the_admin_site_refuses_two_recommended_options(agreed: Kent, admin: Client) -> None:
    answer = sent(admin, change_address(the_appraisal()), {"options-0-is_recommended": "on"})
    assert any("Found 2 recommended options. Expected one" in one for one in errors_of(answer))


def test_the_admin_site_refuses_a_score_off_the_scale(agreed: Kent, admin: Client) -> None:
    option = AppraisedOption.objects.get(number=3)
    answer = sent(admin, change_address(option), {"scores-0-score": "11"})
    assert errors_of(answer)
    assert OptionScore.objects.filter(score__gt=10).count() == 0


def test_a_score_is_changed_in_the_admin_site_until_the_decision_is_settled(agreed: Kent, admin: Client) -> None:
    option = AppraisedOption.objects.get(number=3)
    assert sent(admin, change_address(option), {"scores-0-score": "9"}).status_code == 302
    assert option.scores.filter(score=9).exists()
    settle(agreed)
    assert admin.get(change_address(option)).context["has_change_permission"] is False
    assert admin.post(change_address(option), {}).status_code == 403
    assert admin.post(change_address(the_appraisal()), {}).status_code == 403


def test_a_decision_in_the_admin_site_moves_by_its_steps_alone(agreed: Kent, admin: Client) -> None:
    decision = RecordOfDecision.objects.get(number="19/00076")
    assert sent(admin, change_address(decision), {"status": "taken", "subject": "Another"}).status_code == 302
    decision.refresh_from_db()
    assert (decision.status, decision.subject) == ("proposed", "Another")
    settle(agreed)
    assert admin.post(change_address(decision), {}).status_code == 403


def settle(kent: Kent) -> None:
    """Withdraw the decision of the appraisal."""
    decision = RecordOfDecision.objects.get(number="19/00076")
    withdraw_decision(decision, reason="Another way", by=alex(kent), at=DEMO_MOMENT)
