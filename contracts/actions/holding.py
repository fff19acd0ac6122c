"""A notice, or a whole agreement, as it is now, held until the transaction ends."""

from contracts.actions.refusals import Refused
from contracts.levers.who_may import steps_of
from contracts.levers.wording import stands_at
from contracts.models import Agreement, Notice

SOMEBODY_ACTED = "Somebody may have acted before you: look at the page again."


def hold_agreement(agreement: Agreement) -> None:
    """Have whoever begins, proposes or signs something else of the agreement wait until this transaction ends."""
    Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)


def held(notice: Notice) -> Notice:
    """The notice as it is now, held until the transaction ends."""
    rows = Notice.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("agreement", "kind", "element").get(pk=notice.pk)


def held_where_it_was(notice: Notice) -> Notice:
    """The notice, held. Refused where it has moved since `notice` was read: who acts sees another stage."""
    now = held(notice)
    if now.stage != notice.stage:
        raise Refused(f"{now} {stands(now)} now. {SOMEBODY_ACTED}")
    return now


def stands(notice: Notice) -> str:
    """Where the notice stands, as the middle of a sentence."""
    return stands_at(notice.stage, steps_of(notice))
