"""Who visits the portal: one person of each role, strangers, and people of another agreement with rows of their own."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.test import Client

from contracts.access import standing_of
from contracts.actions.calendar_addresses import make_calendar_address
from contracts.audit import Actor
from contracts.models import (
    AddedHoliday,
    Agreement,
    Area,
    Membership,
    Organisation,
    Party,
    PartyRole,
    Power,
    ReturnDueDay,
    Role,
    User,
)
from cypmhs_portal.demo.letters import load_letter_wordings
from performance.actions.explaining import explain
from performance.actions.judging import ReceivedFile, judge
from performance.actions.querying import ask
from performance.actions.receiving import receive
from performance.actions.sync_alerts import write_alerts
from performance.models import CaseList, Outcome, Reminder, Return, State, StepChange, Upload, Version
from tests.handover import handover_item
from tests.invariants.addresses import Address, row_of_admin_page
from tests.invariants.notices_of_kent import values_of_notices
from tests.kent import DEMO_MOMENT, Kent
from tests.money import certified
from tests.performance.council_sync import agreed, came, sender
from tests.performance.two_caseloads import held_against_each_other
from tests.statements import prepare
from tests.variations import proposed

STRANGER, OTHER_COUNCIL, OTHER_PROVIDER = "a stranger", "the other council", "the other provider"
OTHER_REFERENCE = "OTHER-S75"
JULY = date(2019, 7, 1)
# A number that no version of Kent's has.
OTHER_NUMBER = 9


@dataclass(frozen=True)
class World:
    """Kent, another agreement, a browser for each visitor, and what fills the parameters of an address."""

    kent: Kent
    clients: dict[str, Client]
    values: dict[str, object]
    other_upload: int

    def path_of(self, address: Address, **values: object) -> str:
        """The path of an address of Kent, or with other values, and of a row there is in the admin site."""
        object_id = row_of_admin_page(address) if address.is_of_admin_site else 0
        return address.path(self.values | {"object_id": object_id} | values)


def world_around(kent: Kent) -> World:
    """Kent with an upload that was refused, another agreement with a version, and everybody signed in."""
    other, other_people, other_upload = _other_agreement()
    people = {role.value: user for role, user in kent.people.items()} | other_people
    refused = judge(ReceivedFile(b"No workbook", "words.xlsx"), on=DEMO_MOMENT.date(), expected=kent.agreement)
    upload = receive(refused, by=Actor.person(kent.people[Role.PROVIDER_EDITOR]), at=DEMO_MOMENT).upload
    assert upload is not None
    _fill_what_kent_leaves_empty(kent)
    assert other.reference == OTHER_REFERENCE
    load_letter_wordings(kent.agreement)
    varied = proposed(kent)
    values: dict[str, object] = {
        "reference": kent.agreement.reference,
        "code": "ehu",
        "indicator": "early-help-caseload",
        "element": "ehu",
        "area": "kent",
        "month": "2019-07",
        "year": "2018-19",
        "number": 1,
        "upload": upload.pk,
        "rest": "nowhere",
        "query": _a_query(kent),
        "payment": certified(kent, JULY).number,
        "variation": varied.number,
        "part": varied.parts.get().pk,
        "explanation": _an_explanation(kent),
        "secret": _a_calendar(kent),
        "item": handover_item(kent).pk,
        "decision": kent.agreement.decisions.get(number="19/00076").pk,
        "appraisal": kent.agreement.appraisals.get().pk,
        "action": _an_action(kent),
        "meeting": kent.agreement.meetings.get().pk,
        "uidb36": "1",
        "key": "no-such-key",
        "app_label": "contracts",
        "url": "nowhere",
        "content_type_id": 1,
        "id": kent.people[Role.AUDITOR].pk,
        **values_of_notices(kent),
    }
    clients = {name: _signed_in(user) for name, user in people.items()} | {STRANGER: Client()}
    return World(kent, clients, values, other_upload)


def _a_query(kent: Kent) -> int:
    """A query about July's version."""
    july = Version.objects.get(of_return__agreement=kent.agreement, of_return__month=JULY)
    by = Actor.person(kent.people[Role.COUNCIL_COMMISSIONER])
    return ask(july, about=None, text="Why so few?", by=by, at=DEMO_MOMENT).pk


def _an_action(kent: Kent) -> int:
    """An open action of the provider's."""
    return kent.agreement.agreed_actions.filter(owner__short_name="NELFT", state="open").order_by("pk")[0].pk


def _an_explanation(kent: Kent) -> int:
    """An explanation of what differs in July's two caseloads."""
    rows = held_against_each_other(kent, JULY)
    by = standing_of(kent.people[Role.PROVIDER_EDITOR], kent.agreement)
    keys, why = [row.pk for row in rows], "Counted a day later"
    one = explain(kent.agreement, JULY, differences=keys, text=why, agreed_figure=None, by=by, at=DEMO_MOMENT)
    return one.pk


def _a_calendar(kent: Kent) -> str:
    """The secret of an auditor's calendar."""
    auditor = kent.people[Role.AUDITOR]
    return make_calendar_address(auditor, instead_of=None, by=Actor.person(auditor), at=DEMO_MOMENT)


def _fill_what_kent_leaves_empty(kent: Kent) -> None:
    """A row of each kind that the admin site has a page of, July’s case list and a year’s statement."""
    july = Version.objects.get(of_return__agreement=kent.agreement, of_return__month=JULY)
    CaseList.objects.create(version=july, file_name="list.csv", sha256="0" * 64, size=1, cases=0)
    prepare(kent)
    AddedHoliday.objects.create(day=date(2020, 5, 8), name="VE Day")
    agreed(kent.agreement, 26)
    came(sender(kent.agreement, DEMO_MOMENT), kent.agreement, DEMO_MOMENT - timedelta(days=3))
    write_alerts(kent.agreement, at=DEMO_MOMENT)
    held = Return.objects.filter(agreement=kent.agreement, month=JULY).get()
    Reminder.objects.create(
        of_return=held, operational_days=0, due_on=held.due_on, address="a@nelft.example", written_at=DEMO_MOMENT
    )
    StepChange.objects.create(
        indicator=kent.agreement.indicators.order_by("pk")[0],
        month=JULY,
        reason="A new team",
        recorded_by=kent.people[Role.ADMINISTRATOR],
        recorded_at=DEMO_MOMENT,
    )


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _other_agreement() -> tuple[Agreement, dict[str, User], int]:
    """A second agreement with people who may do everything there, and one version of July's return."""
    agreement = Agreement.objects.create(
        reference=OTHER_REFERENCE,
        name="Another agreement",
        short_name="Another",
        power=Power.S75,
        starts_on=date(2018, 4, 1),
        ends_on=date(2023, 4, 1),
        returns_from=date(2018, 4, 1),
    )
    ReturnDueDay.objects.create(agreement=agreement, operational_day=10, in_force_from=agreement.starts_on)
    Area.objects.create(agreement=agreement, code="kent", name="Elsewhere")
    people = {
        OTHER_COUNCIL: _person(agreement, "Other council", PartyRole.COUNCIL, Role.COUNCIL_COMMISSIONER),
        OTHER_PROVIDER: _person(agreement, "Other provider", PartyRole.PROVIDER, Role.PROVIDER_SIGNATORY),
    }
    _person(agreement, "Other CCG", PartyRole.COORDINATING_COMMISSIONER, Role.COORDINATING_COMMISSIONER)
    upload = Upload.objects.create(
        agreement=agreement,
        month=JULY,
        file_name="other.xlsx",
        sha256="0" * 64,
        size=1,
        content=b"1",
        outcome=Outcome.VERSION,
        uploaded_by_name="Somebody",
        uploaded_at=DEMO_MOMENT,
    )
    _version(agreement, upload, DEMO_MOMENT)
    return agreement, people, upload.pk


def _person(agreement: Agreement, name: str, party: PartyRole, role: Role) -> User:
    organisation = Organisation.objects.create(name=name, short_name=name)
    Party.objects.create(agreement=agreement, organisation=organisation, role=party)
    user = User.objects.create_user(f"{role.value}@other.example", "a long password", name=name)
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


def _version(agreement: Agreement, upload: Upload, at: datetime) -> Version:
    of_return = Return.objects.create(agreement=agreement, month=JULY, due_on=date(2019, 8, 14))
    return Version.objects.create(
        of_return=of_return,
        number=OTHER_NUMBER,
        upload=upload,
        state=State.ACCEPTED,
        submitted_at=at,
        accepted_at=at,
    )
