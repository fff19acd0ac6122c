"""What is done to a client of the API: one event where it concerns, no secret kept, and what is refused."""

from datetime import timedelta

import pytest
from celery import current_app
from django.contrib.auth.hashers import check_password
from django.utils import timezone
from oauth2_provider.models import AccessToken

from contracts.api_clients import (
    ClientRevokedError,
    Known,
    change_scopes,
    change_terms,
    make_client,
    new_secret,
    revoke,
)
from contracts.audit import Actor, first_broken_link
from contracts.client_scopes import Held, UnsuitableScopeError
from contracts.client_use import with_use
from contracts.models import (
    Agreement,
    ApiClient,
    ClientUse,
    Event,
    Organisation,
    Party,
    PartyRole,
    Role,
    Scope,
)
from contracts.tasks import clear_left
from tests.kent import DEMO_MOMENT, Kent

NAME = "KCC Early Help system"


def by(kent: Kent) -> Actor:
    return Actor.person(kent.people[Role.ADMINISTRATOR])


def organisation(short_name: str) -> Organisation:
    return Organisation.objects.get(short_name=short_name)


def made(kent: Kent, *scopes: Scope, short_name: str = "KCC", known: Known | None = None) -> tuple[ApiClient, str]:
    held = [(kent.agreement, scope) for scope in scopes or (Scope.EARLY_HELP_WRITE, Scope.FIGURES_READ)]
    return make_client(
        name=NAME, organisation=organisation(short_name), scopes=held, by=by(kent), at=DEMO_MOMENT, known=known
    )


def with_a_token(client: ApiClient) -> None:
    AccessToken.objects.create(
        application=client, token="", token_checksum="0" * 64, expires=timezone.now() + timedelta(minutes=15)
    )


def other_agreement(kent: Kent, party: PartyRole = PartyRole.COUNCIL) -> Agreement:
    """An agreement that KCC is a party of too."""
    other = Agreement.objects.get(pk=kent.agreement.pk)
    other.pk, other.reference, other.name = None, "OTHER-S75", "Another agreement"
    other.save(force_insert=True)
    Party.objects.create(agreement=other, organisation=organisation("KCC"), role=party)
    return other


def test_the_secret_is_told_once_and_kept_as_a_hash(kent: Kent) -> None:
    client, secret = made(kent)
    held = ApiClient.objects.get()
    assert held == client
    assert secret not in held.client_secret
    assert check_password(secret, held.client_secret)
    assert len(secret) >= 43
    assert make_client(name="B", organisation=held.organisation, scopes=[], by=by(kent), at=DEMO_MOMENT)[1] != secret
    assert (held.secret_made_at, held.created) == (DEMO_MOMENT, DEMO_MOMENT)


def test_a_secret_that_looks_like_a_hash_is_hashed_all_the_same(kent: Kent) -> None:
    """The library keeps a secret as it is that begins as a hash does."""
    secret = "md5$0123456789abcdef"
    client, _ = made(kent, known=Known("kcc-early-help", secret))
    assert ApiClient.objects.get().client_secret != secret
    new_secret(client, by=by(kent), at=DEMO_MOMENT, secret=secret)
    assert ApiClient.objects.get().client_secret != secret


def test_making_one_writes_one_event_in_each_agreement_and_none_tells_the_secret(kent: Kent) -> None:
    other = other_agreement(kent)
    events = Event.objects.count()
    held: list[Held] = [(kent.agreement, Scope.EARLY_HELP_WRITE), (other, Scope.MONEY_READ)]
    _, secret = make_client(name=NAME, organisation=organisation("KCC"), scopes=held, by=by(kent), at=DEMO_MOMENT)
    said = {event.agreement: event for event in Event.objects.order_by("-pk")[:2]}
    assert Event.objects.count() == events + 2
    assert said[kent.agreement].after == {
        "organisation": "Kent County Council",
        "requests a minute": 120,
        "scopes": ["early-help:write"],
    }
    assert said[other].after == {
        "organisation": "Kent County Council",
        "requests a minute": 120,
        "scopes": ["money:read"],
    }
    assert {(event.action, event.subject) for event in said.values()} == {("API client made", NAME)}
    assert secret not in str([event.after for event in said.values()])
    assert first_broken_link(kent.agreement) is None


def test_one_without_any_scope_is_in_the_portals_own_chain(kent: Kent) -> None:
    client, _ = make_client(name=NAME, organisation=organisation("KCC"), scopes=[], by=by(kent), at=DEMO_MOMENT)
    revoke(client, by=by(kent), at=DEMO_MOMENT)
    last = Event.objects.order_by("-pk")[:2]
    assert [(event.action, event.agreement) for event in last] == [
        ("API client revoked", None),
        ("API client made", None),
    ]


def test_scopes_are_exchanged_and_told_where_they_changed(kent: Kent) -> None:
    client, _ = made(kent)
    other = other_agreement(kent)
    events = Event.objects.count()
    held: list[Held] = [(kent.agreement, Scope.EARLY_HELP_WRITE), (kent.agreement, Scope.FIGURES_READ)]
    change_scopes(client, scopes=held, by=by(kent))
    assert Event.objects.count() == events, "as they were"
    change_scopes(client, scopes=[(kent.agreement, Scope.MONEY_READ), (other, Scope.FIGURES_READ)], by=by(kent))
    assert set(client.client_scopes.values_list("agreement", "scope")) == {
        (kent.agreement.pk, "money:read"),
        (other.pk, "figures:read"),
    }
    said = {event.agreement: (event.before, event.after) for event in Event.objects.order_by("-pk")[:2]}
    assert said == {
        kent.agreement: ({"scopes": ["early-help:write", "figures:read"]}, {"scopes": ["money:read"]}),
        other: ({"scopes": []}, {"scopes": ["figures:read"]}),
    }


@pytest.mark.parametrize(
    ("short_name", "scope", "says"),
    [
        ("NELFT", Scope.EARLY_HELP_WRITE, "is the provider of"),
        ("KCC", Scope.RETURNS_WRITE, "is for the provider"),
        ("NELFT", Scope.MONEY_READ, "is for the auditor or the coordinating commissioner or the council"),
    ],
)
def test_a_scope_suits_the_organisations_part(kent: Kent, short_name: str, scope: Scope, says: str) -> None:
    with pytest.raises(UnsuitableScopeError, match=says):
        made(kent, scope, short_name=short_name)
    assert not ApiClient.objects.exists()


def test_an_organisation_without_a_part_has_no_scope(kent: Kent) -> None:
    stranger = Organisation.objects.create(name="Medway Council", short_name="Medway")
    with pytest.raises(UnsuitableScopeError, match="Medway Council is no party of"):
        made(kent, Scope.FIGURES_READ, short_name=stranger.short_name)


def test_a_new_secret_ends_the_old_one_and_every_token(kent: Kent) -> None:
    client, old = made(kent)
    other, _ = make_client(name="B", organisation=client.organisation, scopes=[], by=by(kent), at=DEMO_MOMENT)
    with_a_token(client)
    later = DEMO_MOMENT + timedelta(hours=1)
    new = new_secret(client, by=by(kent), at=later)
    client.refresh_from_db()
    assert check_password(new, client.client_secret)
    assert not check_password(old, client.client_secret)
    assert (client.secret_made_at, client.created) == (later, DEMO_MOMENT), "its silence is counted from its making"
    assert not AccessToken.objects.filter(application=client).exists()
    event = Event.objects.latest("pk")
    assert (event.action, event.agreement, event.before, event.after) == (
        "API client given a new secret",
        kent.agreement,
        None,
        None,
    )
    with_a_token(other)
    new_secret(client, by=by(kent), at=later)
    assert AccessToken.objects.filter(application=other).exists(), "another client's tokens stay"


def test_what_was_revoked_stays_so(kent: Kent) -> None:
    client, _ = made(kent)
    with_a_token(client)
    revoke(client, by=by(kent), at=DEMO_MOMENT)
    client.refresh_from_db()
    assert client.revoked_at == DEMO_MOMENT
    assert not AccessToken.objects.exists()
    events = Event.objects.count()
    for again in (
        lambda: revoke(client, by=by(kent), at=DEMO_MOMENT),
        lambda: new_secret(client, by=by(kent), at=DEMO_MOMENT),
        lambda: change_scopes(client, scopes=[], by=by(kent)),
        lambda: change_terms(client, name="B", requests_a_minute=1, by=by(kent)),
    ):
        with pytest.raises(ClientRevokedError, match="was revoked on 17 October 2019"):
            again()
    assert Event.objects.count() == events


def test_a_name_and_a_limit_are_changed_with_what_they_were(kent: Kent) -> None:
    client, _ = made(kent)
    change_terms(client, name="Liberi", requests_a_minute=60, by=by(kent))
    event = Event.objects.latest("pk")
    assert event.before == {"name": NAME, "requests a minute": 120}
    assert event.after == {"name": "Liberi", "requests a minute": 60}
    change_terms(client, name="Liberi", requests_a_minute=60, by=by(kent))
    assert Event.objects.latest("pk") == event


def test_use_is_counted_by_the_real_hour(kent: Kent) -> None:
    used, _ = made(kent)
    idle, _ = make_client(name="B", organisation=used.organisation, scopes=[], by=by(kent), at=DEMO_MOMENT)
    now = timezone.now()
    for minutes, requests in ((90, 7), (30, 2), (5, 3)):
        ClientUse.objects.create(client=used, minute=now - timedelta(minutes=minutes), requests=requests)
    rows = [vars(row) for row in with_use(ApiClient.objects.all())]
    found = {row["id"]: [row["last_used_at"], row["asked_lately"]] for row in rows}
    assert found == {used.pk: [now - timedelta(minutes=5), 5], idle.pk: [None, 0]}


def test_what_tokens_and_requests_left_is_cleared_but_not_when_a_client_was_last_seen(kent: Kent) -> None:
    seen, _ = made(kent)
    gone, _ = make_client(name="B", organisation=seen.organisation, scopes=[], by=by(kent), at=DEMO_MOMENT)
    with_a_token(seen)
    AccessToken.objects.create(
        application=seen, token="", token_checksum="1" * 64, expires=timezone.now() - timedelta(minutes=1)
    )
    now = timezone.now()
    for client, days in ((seen, 120), (seen, 91), (seen, 89), (seen, 0), (gone, 200), (gone, 100)):
        ClientUse.objects.create(client=client, minute=now - timedelta(days=days), requests=1)
    clear_left()
    assert AccessToken.objects.get().token_checksum == "0" * 64
    left = [(use.client, (now - use.minute).days) for use in ClientUse.objects.order_by("pk")]
    assert left == [(seen, 89), (seen, 0), (gone, 100)]


def test_beat_knows_every_task_it_starts(kent: Kent) -> None:
    started = {entry["task"] for entry in current_app.conf.beat_schedule.values()}
    current_app.loader.import_default_modules()
    assert started - current_app.tasks.keys() == set()
    assert {"contracts.clear_left", "performance.send_sync_alerts"} <= started
