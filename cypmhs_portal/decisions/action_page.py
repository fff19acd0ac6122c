"""Agreed actions as their pages show them: the list, overdue ones first, and one of them with what became of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.forms import Form
from django.http import Http404

from contracts.access import Standing
from contracts.action_moves import ActionState
from contracts.actions.agreed_actions import is_of_owner
from contracts.formatting import count_of
from contracts.models import ActionMove, AgreedAction, Agreement
from contracts.permissions import Permission
from cypmhs_portal.decisions.action_forms import DoneForm, DroppedForm, OpenAgainForm
from cypmhs_portal.decisions.shown_forms import forms_with

S = ActionState
STATE_COLOURS = {S.OPEN: "blue", S.DONE: "green", S.DROPPED: "grey"}


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action in the list, with its state as a tag and its last move."""

    action: AgreedAction
    tag: str
    colour: str
    last: ActionMove | None


@dataclass(frozen=True, slots=True)
class ActionsPage:
    """The actions that are open, overdue ones first, and those that are not."""

    lede: str
    open_rows: tuple[ActionRow, ...]
    ended_rows: tuple[ActionRow, ...]
    may_keep: bool
    has_illustrative: bool


@dataclass(frozen=True, slots=True)
class ActionPage:
    """One action, its moves the newest first, and what the reader may do with it."""

    row: ActionRow
    moves: tuple[ActionMove, ...]
    forms: dict[str, Any]


def actions_page(standing: Standing, on: date) -> ActionsPage:
    """The actions of the agreement as of `on`. Two queries."""
    rows = tuple(_row(action, on) for action in _actions(standing.agreement).order_by("due_on", "pk"))
    is_open = tuple(row for row in rows if row.action.state == S.OPEN)
    ended = (row for row in rows if row.action.state != S.OPEN)
    return ActionsPage(
        lede=lede_of(is_open, on),
        open_rows=is_open,
        ended_rows=tuple(sorted(ended, key=lambda row: (row.last.on if row.last else on, row.action.pk), reverse=True)),
        may_keep=standing.may(Permission.KEEP_ACTIONS),
        has_illustrative=any(row.action.due_is_illustrative for row in rows),
    )


def lede_of(rows: tuple[ActionRow, ...], on: date) -> str:
    """How many are open, and how many of those are overdue."""
    if not rows:
        return "No action is open."
    late = sum(is_overdue(row.action, on) for row in rows)
    are = "is" if len(rows) == 1 else "are"
    return f"{count_of(len(rows), 'action')} {are} open, {late or 'none'} of them overdue."


def action_or_404(agreement: Agreement, key: int) -> AgreedAction:
    """The action of the agreement with that key."""
    found = _actions(agreement).filter(pk=key).first()
    if found is None:
        raise Http404("There is no such action here.")
    return found


def action_page(standing: Standing, action: AgreedAction, on: date, sent: Form | None = None) -> ActionPage:
    """The page of `action` for this reader; `sent` is a form that came back with faults."""
    keeps = standing.may(Permission.KEEP_ACTIONS)
    says_done = keeps or (standing.may(Permission.SAY_ACTION_DONE) and is_of_owner(action, standing.user))
    is_open = action.state == S.OPEN
    return ActionPage(
        row=_row(action, on),
        moves=tuple(reversed(action.moves.all())),
        forms=forms_with(
            sent,
            done=DoneForm() if is_open and says_done else None,
            dropped=DroppedForm() if is_open and keeps else None,
            open_again=OpenAgainForm() if action.state == S.DONE and keeps else None,
        ),
    )


def is_overdue(action: AgreedAction, on: date) -> bool:
    """Whether the action is open though its day has passed."""
    return action.state == S.OPEN and action.due_on < on


def _actions(agreement: Agreement) -> QuerySet[AgreedAction]:
    moves = Prefetch("moves", ActionMove.objects.order_by("pk"))
    return agreement.agreed_actions.select_related("agreement", "owner", "meeting").prefetch_related(moves)


def _row(action: AgreedAction, on: date) -> ActionRow:
    moves = list(action.moves.all())
    if is_overdue(action, on):
        return ActionRow(action, "Overdue", "red", moves[-1] if moves else None)
    return ActionRow(action, action.get_state_display(), STATE_COLOURS[S(action.state)], moves[-1] if moves else None)
