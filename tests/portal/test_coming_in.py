"""Sign-in and reset: alike for known and unknown, slowed, and never shut for somebody else."""

import pytest
from django.core import mail
from django.urls import reverse

from contracts.models import Role


@pytest.fixture
def printed_mails(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.mark.parametrize("who", ["known", "unknown", "inactive"])
def test_a_reset_answers_alike_for_every_address(kent, client, printed_mails, who):
    person = kent.people[Role.AUDITOR]
    if who == "inactive":
        person.is_active = False
        person.save(update_fields=["is_active"])
    address = "nobody@elsewhere.example" if who == "unknown" else person.email
    answer = client.post(reverse("account_reset_password"), {"email": address})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("account_reset_password_done"))
    assert len(mail.outbox) == (1 if who == "known" else 0)


def guess(client, email, sender, host="testserver"):
    form = {"login": email, "password": "not the password"}
    return client.post(reverse("account_login"), form, REMOTE_ADDR=sender, headers={"host": host})


def test_one_sender_is_slowed(kent, client):
    email = kent.people[Role.AUDITOR].email
    answers = [guess(client, email, "127.0.0.9") for _ in range(11)]
    assert "Too many failed" in answers[-1].content.decode()


def test_a_stranger_does_not_shut_somebody_out(kent, client):
    person = kent.people[Role.AUDITOR]
    person.set_password("the right password of Ruth")
    person.save(update_fields=["password"])
    for _ in range(10):
        guess(client, person.email, "127.0.0.9")
    form = {"login": person.email, "password": "the right password of Ruth"}
    assert client.post(reverse("account_login"), form, REMOTE_ADDR="127.0.0.10").status_code == 302


def test_a_port_in_the_host_header_does_not_start_to_count_anew(kent, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/10m/key"}
    settings.ALLOWED_HOSTS = ["testserver"]
    email = kent.people[Role.AUDITOR].email
    answers = [guess(client, email, f"127.0.0.{n}", host=f"testserver:{n}") for n in range(1, 6)]
    assert "Too many failed" in answers[-1].content.decode()


@pytest.mark.parametrize("address", ["/account/sign-in/?next=%00", "/agreements/KCC-CYPMHS-S76/?month=%00"])
def test_an_address_with_a_nul_is_refused(db, client, address):
    assert client.get(address).status_code == 400
