"""Who may open which page about returns; a thing of another agreement is not there."""

from datetime import date
from http import HTTPStatus

import pytest
from django.test import Client

from contracts.audit import Actor
from contracts.models import Agreement, Power, Role
from performance.actions.reasoning import give_reasons
from performance.models import Outcome, Upload, Version
from performance.reasons import warnings_without_reason
from tests.hostile_files.build import workbook_with
from tests.kent import DEMO_MOMENT, Kent
from tests.signing import DECLARED
from tests.visiting import RETURNS, address, hand_in, visitor

pytestmark = pytest.mark.django_db
OK, FOUND = HTTPStatus.OK, HTTPStatus.FOUND
FORBIDDEN, NOT_FOUND = HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND
SEPTEMBER = date(2019, 9, 1)

READERS = [Role.COUNCIL_COMMISSIONER, Role.COUNCIL_FINANCE, Role.ASSOCIATE_COMMISSIONER]
PROVIDER = [Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY]
COORDINATOR, AUDITOR = Role.COORDINATING_COMMISSIONER, Role.AUDITOR
ACCEPTED = "2019-08/versions/1/"

# For each address, who may open it with what answer; everybody else of the agreement is refused.
SEEN_BY = {
    "": dict.fromkeys([*READERS, *PROVIDER, COORDINATOR, AUDITOR], OK),
    "upload/": dict.fromkeys(PROVIDER, OK),
    "2019-08/": dict.fromkeys([*READERS, *PROVIDER, COORDINATOR, AUDITOR], FOUND),
    "2019-09/": dict.fromkeys([*READERS, *PROVIDER, COORDINATOR, AUDITOR], OK),
    ACCEPTED: dict.fromkeys([*READERS, *PROVIDER, COORDINATOR, AUDITOR], OK),
    f"{ACCEPTED}?sheet=equality": dict.fromkeys([*READERS, *PROVIDER, COORDINATOR, AUDITOR], OK),
    f"{ACCEPTED}file/": dict.fromkeys([*PROVIDER, COORDINATOR, AUDITOR], OK),
    # A look at the address of a step leads to the version.
    f"{ACCEPTED}sign-off/": {Role.PROVIDER_SIGNATORY: FOUND},
    f"{ACCEPTED}withdrawal/": {Role.PROVIDER_SIGNATORY: FOUND},
    f"{ACCEPTED}decision/": {COORDINATOR: FOUND},
}
EVERYBODY = [role for role in Role if role is not Role.ADMINISTRATOR]


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("page", SEEN_BY)
def test_each_page_for_each_role(loaded: Kent, page, role):
    assert visitor(loaded, role).get(f"{RETURNS}{page}").status_code == SEEN_BY[page].get(role, FORBIDDEN)


@pytest.mark.parametrize("page", SEEN_BY)
def test_nothing_is_there_for_an_administrator_and_the_door_for_a_stranger(loaded: Kent, page):
    assert visitor(loaded, Role.ADMINISTRATOR).get(f"{RETURNS}{page}").status_code == NOT_FOUND
    answer = Client().get(f"{RETURNS}{page}")
    assert answer.status_code == FOUND
    assert answer["Location"].startswith("/account/sign-in/")


@pytest.mark.parametrize(
    "page", ["2018-03/", "2031-01/", "2019-08/versions/2/", "2019-08/versions/0/", "2019-13/", "uploads/999999/"]
)
def test_what_does_not_exist_is_not_found(loaded: Kent, page):
    assert visitor(loaded, Role.PROVIDER_SIGNATORY).get(f"{RETURNS}{page}").status_code == NOT_FOUND


@pytest.fixture
def draft(loaded: Kent) -> Version:
    """September's return, uploaded and not signed off."""
    hand_in(visitor(loaded, Role.PROVIDER_EDITOR), workbook_with(month=SEPTEMBER))
    return Version.objects.get(of_return__month=SEPTEMBER)


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_draft_is_seen_by_those_who_see_uploads_only(loaded: Kent, draft, role):
    client, may = visitor(loaded, role), role in [*PROVIDER, AUDITOR]
    assert client.get(address(draft)).status_code == (OK if may else NOT_FOUND)
    assert client.get(f"{RETURNS}2019-09/").status_code == (FOUND if may else OK)
    assert (b"Draft" in client.get(RETURNS).content) is may


def test_the_file_of_a_draft_is_not_there_for_the_commissioner(loaded: Kent, draft):
    assert visitor(loaded, COORDINATOR).get(address(draft, "file/")).status_code == NOT_FOUND


@pytest.mark.parametrize("role", EVERYBODY)
def test_findings_are_seen_by_those_who_see_uploads_only(loaded: Kent, role):
    hand_in(visitor(loaded, Role.PROVIDER_EDITOR), workbook_with({("Activity", "F2"): 1}, month=SEPTEMBER))
    upload = Upload.objects.get(outcome=Outcome.REJECTED)
    status = visitor(loaded, role).get(f"{RETURNS}uploads/{upload.pk}/").status_code
    assert status == (OK if role in [*PROVIDER, AUDITOR] else FORBIDDEN)


@pytest.mark.parametrize("role", EVERYBODY)
def test_only_those_who_may_take_a_step(loaded: Kent, draft, role):
    client = visitor(loaded, role)
    every = dict.fromkeys(warnings_without_reason(draft), "Checked")
    give_reasons(draft, every, by=Actor.person(loaded.people[Role.PROVIDER_EDITOR]), at=DEMO_MOMENT)
    sign_off = client.post(address(draft, "sign-off/"), DECLARED)
    decision = client.post(f"{RETURNS}{ACCEPTED}decision/", {"decision": "accept"})
    assert sign_off.status_code == (FOUND if role is Role.PROVIDER_SIGNATORY else FORBIDDEN)
    assert decision.status_code == (FOUND if role is COORDINATOR else FORBIDDEN)
    draft.refresh_from_db()
    assert draft.state == ("submitted" if role is Role.PROVIDER_SIGNATORY else "draft")


@pytest.fixture
def elsewhere(loaded: Kent) -> Agreement:
    """An agreement that nobody of Kent is a party to, with an upload of its own."""
    other = Agreement.objects.create(
        reference="SURREY-CYPMHS-S75",
        name="Another",
        short_name="Another",
        power=Power.S75,
        starts_on=date(2019, 4, 1),
        ends_on=date(2020, 4, 1),
        returns_from=date(2019, 4, 1),
    )
    Upload.objects.create(
        agreement=other,
        file_name="theirs.xlsx",
        sha256="0" * 64,
        size=1,
        outcome=Outcome.REJECTED,
        uploaded_by_name="somebody",
        uploaded_at=DEMO_MOMENT,
    )
    return other


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_thing_of_another_agreement_is_not_there(loaded: Kent, elsewhere, role):
    client = visitor(loaded, role)
    theirs = Upload.objects.get(agreement=elsewhere)
    for page in SEEN_BY:
        assert client.get(f"/agreements/{elsewhere.reference}/returns/{page}").status_code == NOT_FOUND
    status = client.get(f"{RETURNS}uploads/{theirs.pk}/").status_code
    assert status == (NOT_FOUND if role in [*PROVIDER, AUDITOR] else FORBIDDEN)


@pytest.mark.parametrize("page", ["upload/", f"{ACCEPTED}sign-off/", f"{ACCEPTED}decision/", f"{ACCEPTED}withdrawal/"])
@pytest.mark.parametrize("role", [Role.PROVIDER_SIGNATORY, COORDINATOR])
def test_a_post_without_the_token_is_refused(loaded: Kent, page, role):
    client = Client(enforce_csrf_checks=True)
    client.force_login(loaded.people[role], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(f"{RETURNS}{page}", {}).status_code == FORBIDDEN
