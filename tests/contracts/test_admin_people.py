"""People in the admin site: made, given a password, moved, made inactive; never deleted."""

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Event, Membership, Organisation, Role, User
from tests.admin_pages import add_address, change_address, errors_of, sent, signed_in
from tests.kent import Kent

PASSWORD = "correct horse battery staple"


@pytest.fixture
def administrator(client: Client, kent: Kent) -> Client:
    return signed_in(client, kent.people[Role.ADMINISTRATOR])


def add(client: Client, **values: object) -> User:
    """A new person with a membership of KCC, through the page that adds one."""
    given = {
        "name": "Jo Field",
        "email": "Jo.Field@KCC.example",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "memberships-TOTAL_FORMS": "1",
        "memberships-0-organisation": Organisation.objects.get(short_name="KCC").pk,
        "memberships-0-role": Role.COUNCIL_FINANCE,
    }
    answer = sent(client, add_address(User), given | values)
    assert answer.status_code == 302, errors_of(answer)
    return User.objects.latest("pk")


def test_a_new_person_signs_in_with_their_address_and_password(administrator: Client, kent: Kent) -> None:
    person = add(administrator)
    assert person.email == "jo.field@kcc.example"
    assert person.memberships.get().role == Role.COUNCIL_FINANCE
    own = Client()
    answer = own.post(reverse("account_login"), {"login": "jo.field@kcc.example", "password": PASSWORD})
    assert answer.status_code == 302
    assert own.session["_auth_user_id"] == str(person.pk)


def test_no_password_stands_in_the_audit_trail(administrator: Client, kent: Kent) -> None:
    person = add(administrator)
    event = Event.objects.latest("pk")
    assert (event.action, event.agreement) == ("user added", None)
    assert event.after is not None
    assert event.after["password"] == "(not shown)"
    assert person.password not in str(event.after)


def test_a_password_is_set_by_an_administrator_and_recorded(administrator: Client, kent: Kent) -> None:
    person = kent.people[Role.PROVIDER_EDITOR]
    address = reverse("admin:auth_user_password_change", args=[person.pk])
    given = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD, "set-password": "1"}
    assert administrator.post(address, given).status_code == 302
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    event = Event.objects.latest("pk")
    assert (event.action, event.subject, event.after) == ("user password set", str(person), None)


def test_a_weak_password_is_refused(administrator: Client, kent: Kent) -> None:
    person = kent.people[Role.PROVIDER_EDITOR]
    address = reverse("admin:auth_user_password_change", args=[person.pk])
    answer = administrator.post(address, {"usable_password": "true", "password1": "short", "password2": "short"})
    assert answer.status_code == 200
    assert "at least 12 characters" in answer.content.decode()


def test_a_person_is_made_inactive_and_not_deleted(administrator: Client, kent: Kent) -> None:
    person = kent.people[Role.PROVIDER_EDITOR]
    own = signed_in(Client(), person)
    data = {"is_active": ""}
    assert sent(administrator, change_address(person), data).status_code == 302
    event = Event.objects.latest("pk")
    assert (event.before, event.after) == ({"is_active": True}, {"is_active": False})
    assert own.get(reverse("landing")).status_code == 302, "their session has ended"
    delete = reverse("admin:contracts_user_delete", args=[person.pk])
    assert administrator.post(delete, {"post": "yes"}).status_code == 403


def test_whoever_may_use_the_admin_site_may_use_all_of_it(administrator: Client, kent: Kent) -> None:
    person = kent.people[Role.COUNCIL_FINANCE]
    sent(administrator, change_address(person), {"is_staff": "on"})
    person.refresh_from_db()
    assert person.is_superuser
    sent(administrator, change_address(person), {"is_staff": ""})
    person.refresh_from_db()
    assert not person.is_superuser


def test_nobody_takes_their_own_access_away(administrator: Client, kent: Kent) -> None:
    own = kent.people[Role.ADMINISTRATOR]
    sent(administrator, change_address(own), {"is_active": "", "is_staff": "", "name": "Christopher Doyle"})
    own.refresh_from_db()
    assert (own.name, own.is_active, own.is_staff) == ("Christopher Doyle", True, True)


def test_a_membership_moves_with_its_old_and_new_role(administrator: Client, kent: Kent) -> None:
    person = kent.people[Role.PROVIDER_EDITOR]
    membership = Membership.objects.get(user=person)
    sent(administrator, change_address(person), {"memberships-0-role": Role.PROVIDER_SIGNATORY})
    event = Event.objects.latest("pk")
    key = f"membership {membership.pk}"
    assert event.before == {key: {"role": "provider-editor"}}
    assert event.after == {key: {"role": "provider-signatory"}}


def test_an_address_is_used_by_one_person(administrator: Client, kent: Kent) -> None:
    given = {"name": "Again", "email": "ALEX.Morgan@kcc.example", "usable_password": "false"}
    answer = sent(administrator, add_address(User), given)
    assert answer.status_code == 200
    assert User.objects.filter(email__iexact="alex.morgan@kcc.example").count() == 1
