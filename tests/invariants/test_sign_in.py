"""Coming in and going out: where sign-in leads, and how long a session lives."""

from http import HTTPStatus
from typing import Any

import pytest
from django.conf import settings as portal_settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from contracts.models import Role, User
from tests.kent import Kent

pytestmark = pytest.mark.django_db
SIGN_IN, SIGN_OUT = reverse("account_login"), reverse("account_logout")
OVERVIEW = "/agreements/KCC-CYPMHS-S76/"
PASSWORD = "a quiet walk along the Medway"
SESSION = portal_settings.SESSION_COOKIE_NAME


@pytest.fixture
def person(kent: Kent) -> User:
    """A commissioner whose password is known."""
    cache.clear()  # Nobody has tried to sign in yet.
    user = kent.people[Role.COUNCIL_COMMISSIONER]
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, person: User, password: str = PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"login": person.email, "password": password} | more)


def is_in(client: Client) -> bool:
    """Whether the browser is let in where people of the agreement are."""
    status = client.get(OVERVIEW).status_code
    assert status in {HTTPStatus.OK, HTTPStatus.FOUND}
    return status == HTTPStatus.OK


def test_with_the_right_password_a_person_comes_in(client: Client, person: User) -> None:
    answer = sign_in(client, person)
    assert (answer.status_code, answer.headers["Location"]) == (HTTPStatus.FOUND, reverse("landing"))
    assert is_in(client)


def test_the_address_may_be_written_in_capitals(client: Client, person: User) -> None:
    client.post(SIGN_IN, {"login": person.email.upper(), "password": PASSWORD})
    assert is_in(client)


@pytest.mark.parametrize("password", ["", PASSWORD.upper(), f"{PASSWORD} "])
def test_with_another_password_nobody_comes_in(client: Client, person: User, password: str) -> None:
    answer = sign_in(client, person, password)
    assert answer.status_code == HTTPStatus.OK
    assert not is_in(client)


def test_whether_an_address_is_known_is_not_told(client: Client, person: User) -> None:
    known = sign_in(client, person, "wrong")
    unknown = client.post(SIGN_IN, {"login": "nobody@kcc.example", "password": "wrong"})
    said = [answer.context["form"].errors for answer in (known, unknown)]
    assert said[0] == said[1]
    assert said[0]


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example", "//evil.example", "https:///evil.example", "/\\evil.example", "javascript:alert(1)"],
)
def test_sign_in_never_leads_elsewhere(client: Client, person: User, elsewhere: str) -> None:
    answer = sign_in(client, person, next=elsewhere)
    assert answer.headers["Location"] == reverse("landing")
    # Nor where somebody is signed in already.
    again = client.get(SIGN_IN, {"next": elsewhere})
    assert again.headers["Location"] == reverse("landing")


def test_sign_in_leads_back_to_the_page_that_was_asked_for(client: Client, person: User) -> None:
    asked = client.get(f"{OVERVIEW}terms/")
    assert asked.headers["Location"] == f"{SIGN_IN}?next={OVERVIEW}terms/"
    assert sign_in(client, person, next=f"{OVERVIEW}terms/").headers["Location"] == f"{OVERVIEW}terms/"


def test_the_session_is_a_new_one_after_sign_in(client: Client, person: User) -> None:
    # A session that somebody planted beforehand.
    session = client.session
    session["planted"] = "yes"
    session.save()
    client.cookies[SESSION] = planted = str(session.session_key)
    sign_in(client, person)
    assert is_in(client)
    assert client.cookies[SESSION].value != planted
    stranger = Client()
    stranger.cookies[SESSION] = planted
    assert not is_in(stranger)


def test_sign_out_ends_the_session_everywhere(client: Client, person: User) -> None:
    sign_in(client, person)
    copy = Client()
    copy.cookies[SESSION] = client.cookies[SESSION].value
    assert is_in(copy)
    assert client.get(SIGN_OUT).status_code == HTTPStatus.OK
    assert is_in(client), "looking at the page signs nobody out"
    client.post(SIGN_OUT)
    assert not is_in(client)
    assert not is_in(copy)


def test_a_person_who_was_deactivated_is_out_at_once(client: Client, person: User) -> None:
    sign_in(client, person)
    person.is_active = False
    person.save()
    assert not is_in(client)
    cache.clear()
    sign_in(client, person)
    assert not is_in(client)


def test_a_new_password_ends_the_other_sessions(client: Client, person: User) -> None:
    sign_in(client, person)
    elsewhere = Client()
    sign_in(elsewhere, person)
    person.set_password("another walk along the Stour")
    person.save()
    assert not is_in(client)
    assert not is_in(elsewhere)


def test_a_membership_that_ended_opens_nothing_more(client: Client, person: User) -> None:
    sign_in(client, person)
    person.memberships.all().delete()
    assert client.get(OVERVIEW).status_code == HTTPStatus.NOT_FOUND


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Client, person: User) -> None:
    sign_in(client, person)
    cookie = client.cookies[SESSION]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")
    # It ends with the browser; the server ends it after eight hours.
    assert cookie["max-age"] == ""
    assert client.session.get_expiry_age() == 8 * 60 * 60


def test_guessing_is_slowed(client: Client, person: User) -> None:
    answers = [sign_in(client, person, f"guess {number}") for number in range(12)]
    # The right password does not help either while it lasts.
    answers.append(sign_in(client, person))
    assert not is_in(client)
    assert {answer.status_code for answer in answers} <= {HTTPStatus.OK, HTTPStatus.TOO_MANY_REQUESTS}


@pytest.mark.parametrize("password", ["short", "12345678901", "password1234", "alex.morgan@kcc.example"])
def test_weak_passwords_are_refused(client: Client, person: User, password: str) -> None:
    sign_in(client, person)
    form = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    answer: Any = client.post(reverse("account_change_password"), form)
    assert answer.status_code == HTTPStatus.OK
    assert answer.context["form"].errors
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_nobody_signs_up(client: Client, person: User) -> None:
    for path in ("/account/signup/", "/account/sign-up/", "/accounts/signup/"):
        assert client.get(path).status_code == HTTPStatus.NOT_FOUND
