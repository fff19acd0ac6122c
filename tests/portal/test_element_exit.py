"""The page of an element's exit: what it says, to whom, and the steps of its checklist."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from contracts.models import HandoverItem, HandoverRecord, Organisation, Role
from cypmhs_portal.demo.variations import load_variations
from tests.handover import early_help, handover_item
from tests.kent import DEMO_DAY, Kent
from tests.money import certified
from tests.notices import asked_notice, served_notice
from tests.visiting import text_of, visitor
from tests.withholding import withholding_notice

pytestmark = pytest.mark.django_db
EXIT = "/agreements/KCC-CYPMHS-S76/elements/ehu/exit/"
APRIL = date(2020, 4, 1)
DUE = {"due_on_day": "31", "due_on_month": "3", "due_on_year": "2020"}


@pytest.fixture(autouse=True)
def on_the_day(settings: Settings) -> None:
    settings.PORTAL_TODAY = DEMO_DAY


def seen(kent: Kent, role: Role = Role.COUNCIL_COMMISSIONER) -> str:
    answer = visitor(kent, role).get(EXIT)
    assert answer.status_code == 200
    return text_of(answer)


def test_an_element_with_an_end_says_what_is_left_until_then(loaded: Kent) -> None:
    early_help(loaded, APRIL)
    text = seen(loaded)
    assert "ends on 31 March 2020." in text
    assert "End agreed" in text
    assert "Due on Tuesday 14 April 2020" not in text  # Good Friday and Easter Monday are no Operational Days.
    assert "Due on Thursday 16 April 2020, due in" in text


def test_instalments_still_to_pay_add_up(loaded: Kent) -> None:
    early_help(loaded, APRIL)
    page = visitor(loaded, Role.COUNCIL_FINANCE).get(EXIT).context["page"]
    # April 2018 to March 2020, nothing of it paid: 24 months of £100,000.00.
    assert (len(page.money.to_pay), page.money.total) == (24, 2_400_000)
    assert page.money.last.month == date(2020, 3, 1)
    assert [one.month for one in page.money.to_pay][-1] == date(2020, 3, 1)


def test_without_an_end_of_its_own_it_ends_with_the_agreement(loaded: Kent) -> None:
    text = seen(loaded)
    assert "with the agreement" in text
    assert "No earlier end is agreed or proposed for this element." in text


def test_an_end_that_has_gone_by_is_told_as_past(loaded: Kent) -> None:
    early_help(loaded, date(2019, 10, 1))
    assert "ended on 30 September 2019." in seen(loaded)


def test_the_number_of_a_payment_is_for_those_who_see_payments(loaded: Kent) -> None:
    payment = certified(loaded)
    link = f"/payments/{payment.number}/"
    assert link in visitor(loaded, Role.COUNCIL_FINANCE).get(EXIT).content.decode()
    assert link not in visitor(loaded, Role.PROVIDER_EDITOR).get(EXIT).content.decode()


def test_what_is_withheld_is_said(loaded: Kent) -> None:
    withholding_notice(loaded)
    certified(loaded, date(2019, 6, 1))
    assert "£2,000.00 is withheld under contract notices." in seen(loaded)


def test_notices_are_shown_to_those_who_may_know_of_them(loaded: Kent) -> None:
    served_notice(loaded)
    asked_notice(loaded, subject="Goals met")
    assert "Contract Performance Notice 2019/01: Early Help caseload" in seen(loaded)
    assert "Goals met" in seen(loaded)
    assert "Goals met" not in seen(loaded, Role.PROVIDER_EDITOR)


def test_the_two_caseloads_stand_on_the_page_of_an_element_that_has_them(loaded: Kent) -> None:
    assert "The two caseloads of" in seen(loaded)
    other = visitor(loaded, Role.AUDITOR).get(EXIT.replace("ehu", "lac"))
    assert "No case list is held against" in text_of(other)


def test_an_element_that_is_not_there_is_not_found(loaded: Kent) -> None:
    client = visitor(loaded, Role.COUNCIL_COMMISSIONER)
    assert client.get(EXIT.replace("ehu", "no-such")).status_code == 404
    item = handover_item(loaded)
    elsewhere = f"{EXIT.replace('ehu', 'lac')}handover/{item.pk}/not-needed/"
    assert client.post(elsewhere, {}).status_code == 404


def test_an_item_is_added_and_done_on_the_page(loaded: Kent) -> None:
    alex, sam = visitor(loaded, Role.COUNCIL_COMMISSIONER), visitor(loaded, Role.PROVIDER_EDITOR)
    owner = Organisation.objects.get(short_name="NELFT").pk
    said = {"what": "Hand over every open case", "owner": owner, **DUE}
    assert "It is on the checklist." in text_of(alex.post(f"{EXIT}handover/", said, follow=True))
    item = HandoverItem.objects.get()
    prefix = f"item-{item.pk}-done"
    done = {f"{prefix}-on_day": "17", f"{prefix}-on_month": "10", f"{prefix}-on_year": "2019"}
    page = sam.post(f"{EXIT}handover/{item.pk}/done/", done)
    assert "Say what shows that it was done" in text_of(page)
    shown = sam.post(f"{EXIT}handover/{item.pk}/done/", done | {f"{prefix}-evidence": "List sent today"}, follow=True)
    assert "1 of 1 item handed over." in text_of(shown)
    assert HandoverRecord.objects.get().text == "List sent today"


def test_a_stale_tab_says_what_happened_meanwhile(loaded: Kent) -> None:
    item = handover_item(loaded)
    alex = visitor(loaded, Role.COUNCIL_COMMISSIONER)
    sent = {f"item-{item.pk}-drop-reason": "No case is open"}
    alex.post(f"{EXIT}handover/{item.pk}/not-needed/", sent)
    again = alex.post(f"{EXIT}handover/{item.pk}/not-needed/", sent)
    assert "is not needed already. Somebody may have acted before you" in text_of(again)


@pytest.mark.parametrize(
    "changes",
    [
        {"what": "x" * 5000},
        {"owner": "nobody"},
        {"due_on_year": "99999"},
        {"due_on_year": "1900"},
        {"due_on_day": "thirty"},
        {"what": "Send the file of 943 476 5919"},
    ],
)
def test_what_cannot_be_kept_comes_back_with_why(loaded: Kent, changes: dict[str, str]) -> None:
    owner = str(Organisation.objects.get(short_name="NELFT").pk)
    said = {"what": "Keys", "owner": owner, **DUE} | changes
    answer = visitor(loaded, Role.COUNCIL_COMMISSIONER).post(f"{EXIT}handover/", said)
    assert answer.status_code == 200
    assert "There is a problem" in text_of(answer)
    assert not HandoverItem.objects.exists()


def test_the_standard_list_is_added_by_who_keeps_it(loaded: Kent) -> None:
    assert "Add the standard list" not in seen(loaded, Role.PROVIDER_EDITOR)
    alex = visitor(loaded, Role.COUNCIL_COMMISSIONER)
    answer = alex.post(f"{EXIT}handover/standard/", follow=True)
    assert "10 items of the standard list are added." in text_of(answer)
    assert visitor(loaded, Role.PROVIDER_EDITOR).post(f"{EXIT}handover/standard/").status_code == 403


def test_the_element_leads_to_its_exit(loaded: Kent) -> None:
    early_help(loaded, APRIL)
    answer = visitor(loaded, Role.ASSOCIATE_COMMISSIONER).get("/agreements/KCC-CYPMHS-S76/elements/ehu/")
    assert EXIT in answer.content.decode()
    assert "ends on 31 March 2020." in text_of(answer)


def test_what_is_overdue_needs_attention(loaded: Kent) -> None:
    item = handover_item(loaded, due_on=date(2019, 10, 10))
    said = "Early Help is to be handed over: Hand over every open case"
    client = visitor(loaded, Role.COUNCIL_COMMISSIONER)
    overview = client.get("/agreements/KCC-CYPMHS-S76/")
    assert said in text_of(overview)
    assert "Was due Thursday 10 October 2019" in text_of(overview)
    assert f'href="{EXIT}#handover"' in overview.content.decode()
    client.post(f"{EXIT}handover/{item.pk}/not-needed/", {f"item-{item.pk}-drop-reason": "No case is open"})
    assert said not in text_of(client.get("/agreements/KCC-CYPMHS-S76/"))


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(EXIT).status_code == 200
    return len(asked)


def test_as_many_queries_for_a_long_checklist_and_many_payments_as_for_none(loaded: Kent) -> None:
    client = visitor(loaded, Role.COUNCIL_FINANCE)
    handover_item(loaded)
    certified(loaded, date(2019, 6, 1))
    client.get(EXIT)
    few = queries(client)
    for number in range(12):
        handover_item(loaded, f"Item {number}")
    certified(loaded, date(2019, 7, 1))
    certified(loaded, date(2019, 8, 1))
    assert queries(client) == few


def test_an_end_that_a_variation_proposes_is_shown_as_proposed(loaded: Kent) -> None:
    load_variations(loaded.agreement)
    text = seen(loaded, Role.PROVIDER_EDITOR)
    assert "is proposed to end: its last day would be 31 May 2020." in text
    assert "Nobody has agreed to this yet." in text
    assert "Variation V1: Split of the council’s investment" in text


def test_an_agreed_end_comes_before_a_proposed_one(loaded: Kent) -> None:
    load_variations(loaded.agreement)
    early_help(loaded, APRIL)
    assert "End agreed" in seen(loaded)
