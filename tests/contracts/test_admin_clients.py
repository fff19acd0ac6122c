"""API clients in the admin site: the secret is shown once, steps ask first, and a scope suits its organisation."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.models import ApiClient, ClientUse, Event, Organisation, Role, Scope
from tests.admin_pages import add_address, change_address, errors_of, sent, signed_in
from tests.kent import Kent
from tests.visiting import text_of

LISTED = "/admin/contracts/apiclient/"


@pytest.fixture
def administrator(client: Client, kent: Kent) -> Client:
    return signed_in(client, kent.people[Role.ADMINISTRATOR])


def filled(kent: Kent, *scopes: Scope, short_name: str = "KCC") -> dict[str, Any]:
    rows = {"client_scopes-TOTAL_FORMS": str(len(scopes))}
    for number, scope in enumerate(scopes):
        rows |= {f"client_scopes-{number}-agreement": str(kent.agreement.pk), f"client_scopes-{number}-scope": scope}
    organisation = Organisation.objects.get(short_name=short_name)
    return {"name": "KCC Early Help system", "organisation": organisation.pk, "requests_a_minute": "60", **rows}


def add(client: Client, kent: Kent, *scopes: Scope, short_name: str = "KCC") -> Any:
    return sent(client, add_address(ApiClient), filled(kent, *scopes, short_name=short_name))


def step(client: ApiClient, name: str) -> str:
    return reverse(f"admin:contracts_apiclient_{name}", args=[client.pk])


def secret_in(answer: Any) -> str:
    secret: str = answer.context["secret"]
    assert f'value="{secret}"' in answer.content.decode()
    return secret


def test_a_new_clients_secret_is_shown_once_and_kept_nowhere(administrator: Client, kent: Kent) -> None:
    answer = add(administrator, kent, Scope.EARLY_HELP_WRITE, Scope.FIGURES_READ)
    assert answer.status_code == 200
    made = ApiClient.objects.get()
    secret = secret_in(answer)
    assert made.client_id in answer.content.decode()
    assert check_password(secret, made.client_secret)
    assert "no-store" in answer.headers["Cache-Control"]
    assert (made.requests_a_minute, made.organisation.short_name) == (60, "KCC")
    assert set(made.client_scopes.values_list("scope", flat=True)) == {"early-help:write", "figures:read"}
    event = Event.objects.get(action="API client made")
    assert (event.agreement, event.actor) == (kent.agreement, kent.people[Role.ADMINISTRATOR])
    for page in (LISTED, change_address(made), f"{LISTED}{made.pk}/history/", step(made, "new_secret")):
        body = administrator.get(page).content.decode()
        assert secret not in body
        assert made.client_secret not in body, "the hash is nobody's to see"
    assert secret not in str(list(Session.objects.values_list("session_data", flat=True)))
    assert secret not in str(dict(administrator.session))
    assert secret not in str(list(Event.objects.values_list("after", flat=True)))


def test_the_same_form_sent_again_makes_no_second_client(administrator: Client, kent: Kent) -> None:
    add(administrator, kent, Scope.FIGURES_READ)
    answer = add(administrator, kent, Scope.FIGURES_READ)
    assert errors_of(answer) == ["There is an API client called “KCC Early Help system” already. Choose another name."]
    assert ApiClient.objects.count() == 1


@pytest.mark.parametrize(
    ("short_name", "scope", "says"),
    [
        ("KCC", Scope.RETURNS_WRITE, "Kent County Council is the council of"),
        (
            "NELFT",
            Scope.EARLY_HELP_WRITE,
            "“Send the council’s Early Help cases, and read them back” is for the council",
        ),
    ],
)
def test_an_unsuitable_scope_is_refused_in_words(
    administrator: Client, kent: Kent, short_name: str, scope: Scope, says: str
) -> None:
    (error,) = errors_of(add(administrator, kent, Scope.FIGURES_READ, scope, short_name=short_name))
    assert says in error
    assert not ApiClient.objects.exists()


def test_an_agreement_of_others_is_refused_in_words(administrator: Client, kent: Kent) -> None:
    Organisation.objects.create(name="Medway Council", short_name="Medway")
    (error,) = errors_of(add(administrator, kent, Scope.FIGURES_READ, short_name="Medway"))
    assert error.startswith("Medway Council is no party of")


def test_a_client_that_may_ask_nothing_is_refused(administrator: Client, kent: Kent) -> None:
    answer = sent(administrator, add_address(ApiClient), filled(kent) | {"requests_a_minute": "0"})
    assert errors_of(answer) == ["Enter 1 or more. To stop a client, revoke it."]


def test_scopes_are_changed_on_the_page(administrator: Client, kent: Kent) -> None:
    add(administrator, kent, Scope.EARLY_HELP_WRITE, Scope.FIGURES_READ)
    made = ApiClient.objects.get()
    secret = made.client_secret
    changes = {"name": "Liberi", "client_scopes-0-DELETE": "on", "client_scopes-1-scope": Scope.MONEY_READ}
    answer = sent(administrator, change_address(made), changes)
    assert answer.status_code == 302, errors_of(answer)
    made.refresh_from_db()
    assert (made.name, made.client_secret) == ("Liberi", secret)
    assert list(made.client_scopes.values_list("scope", flat=True)) == ["money:read"]
    scopes, terms = Event.objects.order_by("-pk")[:2]
    assert (scopes.action, scopes.after) == ("API client’s scopes changed", {"scopes": ["money:read"]})
    assert (terms.action, terms.after) == ("API client changed", {"name": "Liberi", "requests a minute": 60})
    event = Event.objects.latest("pk")
    assert sent(administrator, change_address(made), {}).status_code == 302
    assert Event.objects.latest("pk") == event, "nothing changed"


def test_a_row_once_more_is_refused(administrator: Client, kent: Kent) -> None:
    answer = add(administrator, kent, Scope.FIGURES_READ, Scope.FIGURES_READ)
    assert answer.status_code == 200
    assert "secret" not in answer.context
    assert not ApiClient.objects.exists()


def test_a_new_secret_is_asked_for_and_shown_once(administrator: Client, kent: Kent) -> None:
    old = secret_in(add(administrator, kent, Scope.FIGURES_READ))
    made = ApiClient.objects.get()
    asked = administrator.get(step(made, "new_secret"))
    assert "stop working at once" in text_of(asked)
    assert check_password(old, ApiClient.objects.get().client_secret), "asking changes nothing"
    given = {"instead_of": made.secret_made_at.isoformat()}
    answer = administrator.post(step(made, "new_secret"), given)
    new = secret_in(answer)
    made.refresh_from_db()
    assert new != old
    assert check_password(new, made.client_secret)
    assert "no-store" in answer.headers["Cache-Control"]
    assert new not in str(dict(administrator.session))
    again = administrator.post(step(made, "new_secret"), given, follow=True)
    assert "Nothing was done: the secret was replaced since you opened that page." in text_of(again)
    assert check_password(new, ApiClient.objects.get().client_secret), "a page sent again ends nothing"


def test_revoking_is_asked_for_and_is_for_good(administrator: Client, kent: Kent) -> None:
    add(administrator, kent, Scope.FIGURES_READ)
    made = ApiClient.objects.get()
    page = administrator.get(change_address(made)).content.decode()
    assert step(made, "revoke") in page
    assert administrator.get(step(made, "revoke")).status_code == 200
    assert ApiClient.objects.get().revoked_at is None
    answer = administrator.post(step(made, "revoke"), follow=True)
    assert "was revoked. Its secret and its tokens hold no longer." in text_of(answer)
    made.refresh_from_db()
    assert made.revoked_at is not None
    page = answer.content.decode()
    assert 'name="_save"' not in page
    assert step(made, "revoke") not in page
    assert administrator.post(change_address(made), {"name": "Back again"}).status_code == 403
    for name in ("revoke", "new_secret"):
        assert "revoked" in text_of(administrator.get(step(made, name)))
        told = administrator.post(step(made, name), {"instead_of": made.secret_made_at.isoformat()}, follow=True)
        assert "was revoked on 17 October 2019, and stays so" in text_of(told)
    assert Event.objects.filter(action="API client revoked").count() == 1


def test_nobody_deletes_one(administrator: Client, kent: Kent) -> None:
    add(administrator, kent, Scope.FIGURES_READ)
    address = reverse("admin:contracts_apiclient_delete", args=[ApiClient.objects.get().pk])
    assert administrator.post(address, {"post": "yes"}).status_code == 403


def test_the_list_says_who_may_what_and_how_much_it_asks(administrator: Client, kent: Kent) -> None:
    add(administrator, kent, Scope.EARLY_HELP_WRITE, Scope.FIGURES_READ)
    said = text_of(administrator.get(LISTED))
    assert "KCC-CYPMHS-S76: early-help:write, figures:read Never 0 In use" in said
    made = ApiClient.objects.get()
    ClientUse.objects.create(client=made, minute=timezone.now() - timedelta(minutes=2), requests=1234)
    assert " 1,234 In use" in text_of(administrator.get(LISTED))


@pytest.mark.parametrize("name", ["new_secret", "revoke"])
def test_the_steps_are_for_administrators_and_for_clients_there_are(
    administrator: Client, kent: Kent, name: str
) -> None:
    add(administrator, kent, Scope.FIGURES_READ)
    made = ApiClient.objects.get()
    nowhere = reverse(f"admin:contracts_apiclient_{name}", args=[made.pk + 1])
    assert administrator.get(nowhere).status_code == 404
    assert administrator.post(nowhere).status_code == 404
    assert administrator.put(step(made, name)).status_code == 405
    other = signed_in(Client(), kent.people[Role.COUNCIL_COMMISSIONER])
    assert other.post(step(made, name), {"instead_of": made.secret_made_at.isoformat()}).status_code == 302
    unchecked = Client(enforce_csrf_checks=True)
    signed_in(unchecked, kent.people[Role.ADMINISTRATOR])
    assert unchecked.post(step(made, name)).status_code == 403
    made.refresh_from_db()
    assert made.revoked_at is None
