"""What a variation moves: from its own date only, as it was shown before signing; earlier views stay."""

import io
import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

from contracts.actions.variation_drafts import set_part
from contracts.actions.variation_words import mark_of_draft, mark_of_part
from contracts.actions.variations import propose_variation, sign_variation
from contracts.models import Organisation, Role, Variation
from contracts.periods import add_months, months_between
from contracts.variations.moves import VariationState
from cypmhs_portal.demo.variations import load_variations
from cypmhs_portal.variations.effects import effects_of_variation
from funding.queries.schedule import instalments
from performance.models import Figure
from performance.recompute import work_off
from tests.kent import DEMO_MOMENT, Kent
from tests.variations import CCG, actor, drafted, funding_key, proposed, with_part, with_target
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
REFERENCE = "KCC-CYPMHS-S76"
HERE = f"/agreements/{REFERENCE}/variations/"
JUNE, AUGUST = date(2019, 6, 1), date(2019, 8, 1)
SIGNED_AT = DEMO_MOMENT + timedelta(days=1)


@pytest.fixture
def kent(loaded: Kent, settings: Settings) -> Kent:
    """Kent with its figures, two days after the demo's."""
    settings.PORTAL_TODAY = date(2019, 10, 19)
    return loaded


def verdicts() -> dict[date, tuple[str, Decimal | None]]:
    """The verdicts on Kent's Early Help caseload and their targets, by month, as known now."""
    rows = Figure.objects.filter(indicator__code="early-help-caseload", area__code="kent", known_until__isnull=True)
    return {month: (said, target) for month, said, target in rows.values_list("month", "verdict", "target")}


def records(month: date, *options: str) -> list[dict[str, Any]]:
    """What the command says of a month."""
    output = io.StringIO()
    call_command("figures", "--agreement", REFERENCE, "--month", f"{month:%Y-%m}", "--json", *options, stdout=output)
    rows: list[dict[str, Any]] = json.loads(output.getvalue())
    return rows


def test_a_variation_that_begins_before_today_says_so(kent: Kent) -> None:
    days = (date(2019, 6, 1), date(2020, 6, 1))
    past, to_come = (
        effects_of_variation(drafted(kent, title=f"From {on}", in_force_from=on), DEMO_MOMENT)["sentences"]
        for on in days
    )
    assert past[0].startswith("It begins on 1 June 2019, which is not to come any more")
    assert "not to come" not in " ".join(to_come)


def due(kent: Kent) -> dict[tuple[str, date], Decimal]:
    """KCC's instalments by element and month, for the whole agreement."""
    months = months_between(kent.agreement.starts_on, kent.agreement.ends_on)
    kcc = Organisation.objects.get(short_name="KCC")
    return {(one.element.code, one.month): one.due for one in instalments(kent.agreement, months, [kcc])}


def sign(kent: Kent, variation: Variation, at: datetime = SIGNED_AT) -> Variation:
    signed = sign_variation(variation, by=actor(kent, CCG), at=at)
    work_off(kent.agreement)
    return signed


def test_in_force_a_target_moves_verdicts_from_its_date_only_and_views_before_stay(kent: Kent) -> None:
    before = verdicts()
    assert before[AUGUST] == ("red", Decimal(300))
    shown = {month: records(month, "--as-at", "2019-10-17") for month in (add_months(JUNE, -1), JUNE, AUGUST)}
    variation = proposed(kent, in_force_from=JUNE)
    assert verdicts() == before
    sign(kent, variation)
    after = verdicts()
    assert {month: said for month, said in after.items() if month < JUNE} == {
        month: said for month, said in before.items() if month < JUNE
    }
    moved = {month: said for month, said in after.items() if month >= JUNE}
    assert {target for _, target in moved.values()} == {Decimal(180)}
    assert moved[AUGUST] == ("green", Decimal(180))
    assert {month: records(month, "--as-at", "2019-10-17") for month in shown} == shown
    assert records(AUGUST) != shown[AUGUST]


def test_what_was_shown_before_signing_is_what_came(kent: Kent) -> None:
    variation = proposed(kent, in_force_from=JUNE)
    told = effects_of_variation(variation, SIGNED_AT)["verdicts"]
    sign(kent, variation)
    colours = {"green": "green", "amber": "yellow", "red": "red"}
    assert {row["month"]: (row["after_colour"], row["target_after"]) for row in told["moves"]} == {
        f"{month:%B %Y}": (colours.get(said, "grey"), "180") for month, (said, _) in verdicts().items() if month >= JUNE
    }
    assert [row["month"] for row in told["latest"]] == ["May 2019"]


def test_in_force_money_moves_from_its_date_only_and_to_the_penny_as_it_was_shown(kent: Kent) -> None:
    before = due(kent)
    middle = date(2020, 1, 16)
    draft = with_part(
        kent, drafted(kent, in_force_from=middle), "funding", funding_key(kent, "khnes"), {"annual_amount": "40000"}
    )
    with_part(kent, draft, "element", str(kent.agreement.elements.get(code="ehu").pk), None)
    variation = propose_variation(draft, by=actor(kent), at=SIGNED_AT)
    money = effects_of_variation(variation, SIGNED_AT)["money"]
    sign(kent, variation)
    after = due(kent)
    january, first_whole = date(2020, 1, 1), date(2020, 2, 1)
    assert {key: pence for key, pence in after.items() if key[1] < january} == {
        key: pence for key, pence in before.items() if key[1] < january
    }
    assert {key for key in before if before[key] != after.get(key, Decimal(0))} == {
        (code, month) for code, month in before if code in ("ehu", "khnes") and month >= january
    }
    for month in months_between(first_whole, kent.agreement.ends_on):
        row = next(one for one in money["months"] if one["name"] == f"{month:%B %Y}")
        sums = [sum(pence for (_, when), pence in held.items() if when == month) for held in (before, after)]
        assert [row["before"], row["after"]] == [f"£{pence:,.2f}" for pence in sums]
    assert money["council"]["before"] == "£2,657,000"


def test_the_split_retains_what_the_decision_says(kent: Kent) -> None:
    assert load_variations(kent.agreement) == 1
    assert load_variations(kent.agreement) == 0
    split = kent.agreement.variations.get()
    assert split.state == VariationState.PROPOSED
    money = effects_of_variation(split, SIGNED_AT)["money"]
    # 000: "£1.257m retained in the contract and £1.2m refocused"; £200k through the DSG High Needs arrangements.
    assert money["council"]["after"] == "£1,257,000"
    assert {row["name"]: (row["before"], row["after"]) for row in money["elements"]} == {
        "Support to Early Help Units": ("£1,200,000", "£0"),
        "Kent Health Needs Education Service": ("£240,000", "£40,000"),
        "LAC Priority Assessment": ("£1,000,000", "£1,000,000"),
        "Harmful Sexual Behaviour / Post Sexual Abuse": ("£217,000", "£217,000"),
    }
    assert money["contract"]["before"] == "£16,457,000"
    assert money["contract"]["after"] == "£15,057,000"
    sign(kent, split)
    held = [line for line in kent.agreement.funding_lines.filter(element__isnull=False) if line.in_force_until is None]
    assert sum(line.annual_amount for line in held) == Decimal(1257000)


def test_what_it_moved_is_kept_as_it_was_shown_whatever_is_agreed_later(kent: Kent) -> None:
    variation = proposed(kent, in_force_from=JUNE)
    client = visitor(kent, Role.AUDITOR)
    shown = text_of(client.get(f"{HERE}{variation.number}/"))
    assert "Early Help caseload, Kent August 2019 191 children 300" in shown
    sign(kent, variation)
    later = with_target(kent, drafted(kent, in_force_from=AUGUST), "500")
    sign(kent, propose_variation(later, by=actor(kent), at=SIGNED_AT), SIGNED_AT + timedelta(hours=1))
    kept = text_of(client.get(f"{HERE}{variation.number}/"))
    assert "Early Help caseload, Kent August 2019 191 children 300" in kept
    assert "It stays so, whatever is agreed later" in kept


def test_the_page_says_what_no_longer_fits(kent: Kent) -> None:
    variation = proposed(kent, in_force_from=JUNE)
    kent.agreement.indicators.get(code="early-help-caseload").targets.update(value=280)
    page = text_of(visitor(kent, CCG).get(f"{HERE}{variation.number}/"))
    assert "It cannot be signed as it is: what is agreed for that day is other than when it was proposed." in page
    answer = post(visitor(kent, CCG), variation, "signature", declaration="on")
    assert "Copy it, look at what it changes now, and propose the copy" in text_of(answer)


def post(client: Client, variation: Variation, step: str, **said: str):
    """Take a step on the page; the answer is the page that it leads to."""
    return client.post(f"{HERE}{variation.number}/{step}/", said, follow=True)


def test_a_proposer_is_refused_a_second_signature_on_the_page_too(kent: Kent) -> None:
    variation = proposed(kent)
    alex = visitor(kent, Role.COUNCIL_COMMISSIONER)
    page = text_of(alex.get(f"{HERE}{variation.number}/"))
    assert "You signed it for KCC, so somebody else signs it next." in page
    assert "Sign V1" not in page
    answer = post(alex, variation, "signature", declaration="on")
    assert "You signed V1 for KCC, so somebody else signs it next." in text_of(answer)
    variation.refresh_from_db()
    assert variation.state == VariationState.PROPOSED


def test_a_draft_is_seen_by_its_own_side_alone(kent: Kent) -> None:
    draft = with_target(kent, drafted(kent))
    for role in (Role.COORDINATING_COMMISSIONER, Role.PROVIDER_SIGNATORY, Role.COUNCIL_FINANCE, Role.AUDITOR):
        client = visitor(kent, role)
        assert client.get(f"{HERE}{draft.number}/").status_code == 404
        assert "A lower caseload" not in text_of(client.get(HERE))
    assert visitor(kent, Role.COUNCIL_COMMISSIONER).get(f"{HERE}{draft.number}/").status_code == 200


def test_from_an_empty_draft_to_force_on_the_pages(kent: Kent) -> None:
    alex, helen = visitor(kent, Role.COUNCIL_COMMISSIONER), visitor(kent, CCG)
    day = {"in_force_from_day": "1", "in_force_from_month": "6", "in_force_from_year": "2019"}
    answer = alex.post(f"{HERE}new/", {"title": "Fewer", "reason": "Fewer children", **day}, follow=True)
    assert "What is to change?" in text_of(answer)
    draft = kent.agreement.variations.get()
    what = f"target:{kent.agreement.indicators.get(code='early-help-caseload').targets.get().indicator_id}-"
    change = f"{HERE}{draft.number}/change/?what={what}{kent.agreement.areas.get(code='kent').pk}"
    assert "Give the new target as a number" in text_of(alex.post(change, {"what": "changes", "value": "many"}))
    alex.post(change, {"what": "changes", "value": "180", "floor": "150", "seen": mark_of_part(None)})
    part = draft.parts.get()
    assert part.values == {"value": "180", "floor": "150"}
    assert "Tick the declaration" in text_of(post(alex, draft, "proposal"))
    seen = mark_of_draft(draft)
    assert "V1 is proposed, and you signed it" in text_of(post(alex, draft, "proposal", declaration="on", seen=seen))
    assert "Every party has signed V1" in text_of(post(helen, draft, "signature", declaration="on"))
    # Once more, from another tab.
    assert "nobody signs it now" in text_of(post(helen, draft, "signature", declaration="on"))
    assert "Nothing was changed" in text_of(alex.post(change, {"what": "ends"}, follow=True))


@pytest.mark.parametrize(
    "said",
    [
        {"title": "x" * 121}, {"title": "\x00"}, {"title": ""}, {"reason": "Child 943 476 5919"},
        {"in_force_from_year": "99999"}, {"in_force_from_day": "31"}, {"in_force_from_year": "2099"},
        {"notice_months": "6"}, {"notice_months": "9" * 30}, {"decision": "999999999999"}, {"in_force_from_day": "x"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_not_saved(kent: Kent, said: dict[str, str]) -> None:
    alex = visitor(kent, Role.COUNCIL_COMMISSIONER)
    day = {"in_force_from_day": "1", "in_force_from_month": "6", "in_force_from_year": "2019"}
    answer = alex.post(f"{HERE}new/", {"title": "Fewer", "reason": "Fewer children", **day, **said})
    assert answer.status_code == 200
    assert "There is a problem" in text_of(answer)
    assert not kent.agreement.variations.exists()


@pytest.mark.parametrize("what", ["", "target", "target:", "target:9999-", "element:0", "x" * 500, "due-day:x"])
def test_a_thing_that_is_not_there_is_asked_for_again(kent: Kent, what: str) -> None:
    draft = drafted(kent)
    answer = visitor(kent, Role.COUNCIL_COMMISSIONER).get(f"{HERE}{draft.number}/change/?what={what}")
    assert answer.status_code == 200
    assert "Choose what changes from the list" in text_of(answer)


def test_every_thing_that_may_vary_has_its_form(kent: Kent) -> None:
    draft = drafted(kent)
    alex = visitor(kent, Role.COUNCIL_COMMISSIONER)
    listed = alex.get(f"{HERE}{draft.number}/change/").content.decode()
    names = [text.split('"')[0] for text in listed.split('<option value="')[1:]]
    assert len(names) > 20
    for name in names:
        assert alex.get(f"{HERE}{draft.number}/change/?what={name}").status_code == 200
    set_part(draft, subject="due-day", thing="", values={"operational_day": 8}, by=actor(kent), at=DEMO_MOMENT)
    assert "8th Operational Day" in text_of(alex.get(f"{HERE}{draft.number}/"))
