"""Two people at one variation at the same moment, each with a database connection of their own."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from contracts.actions.variation_drafts import edit_variation
from contracts.actions.variation_words import mark_of_words
from contracts.actions.variations import propose_variation, sign_variation, withdraw_variation
from contracts.audit import Actor, first_broken_link
from contracts.models import Party, PartyRole, Role, Target, Variation, VariationSignature
from contracts.variations.moves import VariationState
from tests.at_once import at_once
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent, load_terms
from tests.loaded_once import QUICK_HASHERS
from tests.variations import CCG, NELFT, SAID, actor, colleague, drafted, proposed, target_of, with_target

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(settings: Settings, tmp_path: Path) -> Kent:
    """The Kent agreement, committed, so that every connection sees it."""
    settings.PORTAL_TODAY = DEMO_DAY
    settings.PASSWORD_HASHERS = QUICK_HASHERS
    return load_terms(tmp_path / "sign-ins.json")


def signs(variation: Variation, by: Actor) -> Callable[[], Variation]:
    return lambda: sign_variation(variation, by=by, at=DEMO_MOMENT)


def test_two_people_of_one_party_leave_one_signature(people: Kent) -> None:
    variation = proposed(people)
    other = Actor.person(colleague("West Kent CCG", Role.COORDINATING_COMMISSIONER))
    done, refused = at_once(signs(variation, actor(people, CCG)), signs(variation, other))
    assert [one.state for one in done] == [VariationState.AGREED]
    assert len(refused) == 1
    assert "nobody signs it now" in refused[0]
    assert VariationSignature.objects.count() == 2
    assert len(target_of()) == 2
    assert first_broken_link(people.agreement) is None


def test_the_last_two_parties_put_the_terms_in_place_once(people: Kent) -> None:
    Party.objects.filter(role=PartyRole.PROVIDER).update(signs_variations=True)
    variation = proposed(people)
    done, refused = at_once(signs(variation, actor(people, CCG)), signs(variation, actor(people, NELFT)))
    assert refused == []
    assert sorted(one.state for one in done) == [VariationState.AGREED, VariationState.PROPOSED]
    assert len(target_of()) == 2


def test_a_variation_is_signed_or_withdrawn(people: Kent) -> None:
    variation = proposed(people)
    done, refused = at_once(
        signs(variation, actor(people, CCG)),
        lambda: withdraw_variation(variation, reason="Not now", by=actor(people), at=DEMO_MOMENT),
    )
    assert len(done) == len(refused) == 1
    variation.refresh_from_db()
    is_agreed = variation.state == VariationState.AGREED
    assert len(target_of()) == (2 if is_agreed else 1)
    assert variation.signatures.count() == (2 if is_agreed else 1)


def test_one_of_two_proposals_of_one_thing_comes_through(people: Kent) -> None:
    ours, theirs = with_target(people, drafted(people)), with_target(people, drafted(people, CCG), "250", CCG)
    done, refused = at_once(
        lambda: propose_variation(ours, by=actor(people), at=DEMO_MOMENT),
        lambda: propose_variation(theirs, by=actor(people, CCG), at=DEMO_MOMENT),
    )
    assert len(done) == len(refused) == 1
    assert "changes the same" in refused[0]
    assert Variation.objects.filter(state=VariationState.PROPOSED).count() == 1


def test_drafts_of_one_moment_have_numbers_of_their_own(people: Kent) -> None:
    done, refused = at_once(
        lambda: drafted(people), lambda: drafted(people, CCG), lambda: drafted(people, title="Another")
    )
    assert refused == []
    assert sorted(one.number for one in done) == [1, 2, 3]
    assert Target.objects.filter(source__startswith="Variation").count() == 0


def test_a_draft_that_is_sent_twice_at_once_is_one(people: Kent) -> None:
    done, refused = at_once(lambda: drafted(people), lambda: drafted(people))
    assert refused == []
    assert done[0] == done[1]
    assert Variation.objects.count() == 1


def test_of_two_who_edit_the_same_draft_at_once_one_is_told(people: Kent) -> None:
    draft = drafted(people)
    seen, by = mark_of_words(draft), actor(people)

    def edits(**said: str) -> Callable[[], Variation]:
        return lambda: edit_variation(draft, said=replace(SAID, **said), by=by, at=DEMO_MOMENT, seen=seen)  # type: ignore[arg-type]  # texts

    done, refused = at_once(edits(title="One title"), edits(reason="Another reason"))
    assert len(done) == len(refused) == 1
    assert "Somebody changed V1 after you opened this page" in refused[0]
    draft.refresh_from_db()
    assert (draft.title, draft.reason) in {("One title", SAID.reason), (SAID.title, "Another reason")}
