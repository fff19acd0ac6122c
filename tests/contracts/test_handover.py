"""What is handed over when an element ends: added, done, not needed, open again, and who may."""

from datetime import date, timedelta

import pytest

from contracts.actions.handover import add_handover_item, add_standard_items, drop_item, record_done, reopen_item
from contracts.actions.refusals import Refused
from contracts.models import Event, HandoverItem, HandoverOutcome, HandoverRecord, Organisation, Role
from contracts.queries.handover import handover_items, outcome_of, overdue_items
from tests.handover import MARCH, early_help, handover_item, morning_of, person
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent

pytestmark = pytest.mark.django_db
OUTCOMES = HandoverOutcome


def done(kent: Kent, item: HandoverItem, role: Role = Role.PROVIDER_EDITOR, **other: object) -> HandoverRecord:
    facts = {"on": DEMO_DAY, "evidence": "List of 17 October", "by": person(kent, role), "at": DEMO_MOMENT}
    return record_done(item, **facts | other)  # type: ignore[arg-type]  # as each test gives them


def test_an_item_is_done_by_its_owner_with_what_shows_it(loaded: Kent) -> None:
    item = handover_item(loaded)
    record = done(loaded, item)
    assert (record.outcome, record.organisation.short_name, record.text) == ("done", "NELFT", "List of 17 October")
    event = Event.objects.order_by("-pk")[0]
    assert event.action == "handover item done"
    assert event.after is not None
    assert event.after["item"] == item.what


def test_who_asked_for_it_does_not_do_it_for_the_owner(loaded: Kent) -> None:
    item = handover_item(loaded)
    with pytest.raises(Refused, match="is NELFT’s to do, so its own people record that it is done"):
        done(loaded, item, Role.COUNCIL_COMMISSIONER)
    done(loaded, handover_item(loaded, "Agree the new service", "KCC"), Role.COUNCIL_COMMISSIONER)


@pytest.mark.parametrize("role", [Role.PROVIDER_SIGNATORY, Role.COUNCIL_FINANCE, Role.AUDITOR])
def test_only_who_keeps_the_checklist_adds_to_it(loaded: Kent, role: Role) -> None:
    owner = Organisation.objects.get(short_name="NELFT")
    with pytest.raises(Refused, match="Your role does not let you"):
        add_handover_item(
            early_help(loaded), what="Keys", owner=owner, due_on=MARCH, by=person(loaded, role), at=DEMO_MOMENT
        )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"what": "  "}, "What is to be handed over is missing"),
        ({"what": "x" * 201}, "at most 200 are kept"),
        ({"what": "a\x00b"}, "a character that cannot be kept"),
        ({"due_on": date(1989, 1, 1)}, "Give a day from 1990 to 2100"),
        ({"due_on": date(2010, 1, 1)}, "is before the element began"),
    ],
)
def test_an_item_that_says_too_little_or_too_much_is_refused(
    loaded: Kent, changes: dict[str, object], said: str
) -> None:
    facts = {"what": "Keys", "owner": Organisation.objects.get(short_name="NELFT"), "due_on": MARCH}
    by = person(loaded, Role.COUNCIL_COMMISSIONER)
    with pytest.raises(Refused, match=said):
        add_handover_item(early_help(loaded), **facts | changes, by=by, at=DEMO_MOMENT)  # type: ignore[arg-type]


def test_somebody_who_is_no_party_owns_nothing(loaded: Kent) -> None:
    stranger = Organisation.objects.create(name="Elsewhere", short_name="Elsewhere")
    with pytest.raises(Refused, match="Elsewhere is no party"):
        add_handover_item(
            early_help(loaded),
            what="Keys",
            owner=stranger,
            due_on=MARCH,
            by=person(loaded, Role.COUNCIL_COMMISSIONER),
            at=DEMO_MOMENT,
        )


def test_a_day_to_come_is_not_done(loaded: Kent) -> None:
    with pytest.raises(Refused, match="18 October 2019 is still to come"):
        done(loaded, handover_item(loaded), on=date(2019, 10, 18))


def test_nothing_was_handed_over_before_the_agreement_began(loaded: Kent) -> None:
    with pytest.raises(Refused, match="The agreement began on"):
        done(loaded, handover_item(loaded), on=loaded.agreement.starts_on - timedelta(days=1))


def test_an_item_goes_from_open_to_done_to_open_and_each_once(loaded: Kent) -> None:
    item, by = handover_item(loaded), person(loaded, Role.COORDINATING_COMMISSIONER)
    with pytest.raises(Refused, match="is open already"):
        reopen_item(item, reason="Two are missing", by=by, at=DEMO_MOMENT)
    done(loaded, item)
    with pytest.raises(Refused, match=r"is done already\. Somebody may have acted before you"):
        done(loaded, item)
    with pytest.raises(Refused, match="is done already"):
        drop_item(item, reason="No case is open", by=by, at=DEMO_MOMENT)
    reopen_item(item, reason="Two are missing", by=by, at=DEMO_MOMENT)
    drop_item(item, reason="No case is open", by=by, at=DEMO_MOMENT)
    (held,) = handover_items(early_help(loaded))
    assert outcome_of(held) is OUTCOMES.DROPPED
    assert [one.outcome for one in held.records.order_by("pk")] == ["done", "open", "dropped"]


def test_the_standard_list_is_added_once_with_days_reckoned_from_the_end(loaded: Kent) -> None:
    by = person(loaded, Role.COUNCIL_COMMISSIONER)
    handover_item(loaded, "Send the last return with its open book")
    added = add_standard_items(early_help(loaded), last_day=MARCH, by=by, at=DEMO_MOMENT)
    listed = loaded.agreement.standard_handover_items.count()
    assert len(added) == listed - 1
    days = {item.what: (item.owner.short_name, item.due_on) for item in added}
    assert days["Hand over or close every open case, with the family’s consent to pass on records"] == ("NELFT", MARCH)
    with pytest.raises(Refused, match="Every item of the standard list is on the checklist already"):
        add_standard_items(early_help(loaded), last_day=MARCH, by=by, at=DEMO_MOMENT)


def test_what_is_open_after_its_day_is_overdue(loaded: Kent) -> None:
    late = handover_item(loaded, due_on=date(2019, 10, 16))
    handover_item(loaded, "Due today", due_on=DEMO_DAY)
    done(loaded, handover_item(loaded, "Done late", due_on=date(2019, 10, 1)))
    assert overdue_items(loaded.agreement, DEMO_DAY) == [late]
    assert overdue_items(loaded.agreement, morning_of(date(2019, 10, 16)).date()) == []
