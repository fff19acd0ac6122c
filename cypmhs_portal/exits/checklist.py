"""The checklist of what is handed over when an element ends, as its page shows it to a reader."""

from dataclasses import dataclass
from datetime import date

from django.forms import Form

from contracts.access import Standing
from contracts.models import HandoverItem, HandoverOutcome, HandoverRecord, Organisation, ServiceElement
from contracts.permissions import Permission
from contracts.queries.handover import handover_items, last_record, outcome_of
from contracts.queries.organisations_of_people import organisation_acting
from cypmhs_portal.exits.forms import DoneForm, HandoverItemForm, ReasonForm

COLOURS = {HandoverOutcome.DONE: "green", HandoverOutcome.DROPPED: "grey", HandoverOutcome.OPEN: "yellow"}


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing to hand over: how it stands, what was recorded of it, and what the reader may record."""

    item: HandoverItem
    outcome: HandoverOutcome
    last: HandoverRecord | None
    is_overdue: bool
    done_form: Form | None
    drop_form: Form | None
    reopen_form: Form | None

    @property
    def state(self) -> str:
        """As its tag says it."""
        if self.outcome is HandoverOutcome.OPEN:
            return "Overdue" if self.is_overdue else "To do"
        return str(self.outcome.label)

    @property
    def colour(self) -> str:
        """The colour of that tag."""
        return "red" if self.is_overdue else COLOURS[self.outcome]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The items by the day they are due. `add_form` is None for readers who may not add any."""

    items: tuple[ChecklistItem, ...]
    add_form: Form | None
    may_add_standard: bool

    @property
    def done(self) -> int:
        """How many are handed over."""
        return sum(one.outcome is HandoverOutcome.DONE for one in self.items)

    @property
    def needed(self) -> int:
        """How many there are, without those that are not needed."""
        return sum(one.outcome is not HandoverOutcome.DROPPED for one in self.items)

    @property
    def overdue(self) -> int:
        """How many are open after their day."""
        return sum(one.is_overdue for one in self.items)


def checklist(element: ServiceElement, standing: Standing, on: date, sent: Form | None = None) -> Checklist:
    """The checklist for one reader; `sent` is a form that came back with faults."""
    held = handover_items(element)
    keeps = standing.may(Permission.KEEP_HANDOVER)
    own = organisation_acting(standing.user, standing.agreement, Permission.RECORD_HANDOVER)
    there = {item.what for item in held}
    listed = element.agreement.standard_handover_items.values_list("what", flat=True) if keeps else ()
    return Checklist(
        items=tuple(_item(item, own, keeps, on, sent) for item in held),
        add_form=_form(HandoverItemForm, sent, keeps, agreement=element.agreement),
        may_add_standard=any(what not in there for what in listed),
    )


def _item(item: HandoverItem, own: Organisation | None, keeps: bool, on: date, sent: Form | None) -> ChecklistItem:
    outcome = outcome_of(item)
    is_open = outcome is HandoverOutcome.OPEN
    prefix = f"item-{item.pk}"
    return ChecklistItem(
        item=item,
        outcome=outcome,
        last=last_record(item),
        is_overdue=is_open and item.due_on < on,
        done_form=_form(DoneForm, sent, is_open and own == item.owner, prefix=f"{prefix}-done"),
        drop_form=_form(ReasonForm, sent, is_open and keeps, prefix=f"{prefix}-drop"),
        reopen_form=_form(ReasonForm, sent, not is_open and keeps, prefix=f"{prefix}-reopen"),
    )


def _form(kind: type[Form], sent: Form | None, may: bool, **fields: object) -> Form | None:
    if not may:
        return None
    is_sent = isinstance(sent, kind) and sent.prefix == fields.get("prefix")
    return sent if is_sent else kind(**fields)  # type: ignore[arg-type]  # a prefix, or the agreement
