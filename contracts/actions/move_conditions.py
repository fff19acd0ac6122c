"""What must hold before a notice comes into a stage, beside the table of moves."""

from datetime import date

from contracts.actions.refusals import Refused
from contracts.formatting import day
from contracts.levers.ladder import NoticeStage
from contracts.levers.who_may import steps_of
from contracts.models import Notice, WithholdingBasis
from contracts.queries.notice_terms import withholding_term
from contracts.queries.plans_in_force import milestones_not_met, plan_in_force

S = NoticeStage


def refuse_unmet_conditions(notice: Notice, to: NoticeStage, *, on: date, reason: str) -> None:
    """Refuse a move to `to` on the day `on` that the notice's plan, or the terms of its kind, stand against."""
    if to == S.MONITORED:
        _refuse_without_plan(notice)
    elif to == S.WITHHOLDING:
        _refuse_without_term(notice, on)
    elif to == S.RESOLVED and notice.stage == S.MONITORED:
        _refuse_silent_end(notice, reason)


def _refuse_without_plan(notice: Notice) -> None:
    if S.PLAN not in steps_of(notice):
        return
    if notice.stage == S.PLAN:
        raise Refused("A plan is under way once it is agreed: agree the plan that the provider proposed.")
    if plan_in_force(notice) is None:
        raise Refused("No plan was agreed under this notice yet: the provider proposes one, and it is agreed first.")


def _refuse_without_term(notice: Notice, on: date) -> None:
    term = withholding_term(notice.kind, on)
    if term is None:
        raise Refused(
            f"No term of the agreement says what may be withheld under this kind of notice on {day(on)}. An "
            "administrator adds the term that the contract has."
        )
    if term.basis == WithholdingBasis.ELEMENT and notice.element_id is None:
        raise Refused(
            "What may be withheld is a part of the monthly instalment of the notice’s element, and this notice names "
            "no element. Ask for a notice that names one."
        )


def _refuse_silent_end(notice: Notice, reason: str) -> None:
    open_ones = [milestone.what for milestone in milestones_not_met(notice)]
    if open_ones and not reason:
        raise Refused(
            f"{len(open_ones)} of the plan’s milestones {'is' if len(open_ones) == 1 else 'are'} not recorded as met: "
            f"{'; '.join(open_ones)}. Record that, or say why the notice is closed all the same."
        )
