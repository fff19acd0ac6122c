"""What breaks each constraint and trigger of reconciliations, differences and what is said of them."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Model

from contracts.models import Area, User
from performance.models import Difference, ExplainedDifference, Explanation, ExplanationAnswer, Reconciliation
from tests.invariants.refusals import Refusals, again, area_elsewhere, changed
from tests.kent import DEMO_MOMENT, Kent

# A month that the sample has no return of.
MONTH = date(2019, 10, 1)
MID_MONTH = date(2019, 10, 2)


def whole() -> Area:
    return Area.objects.get(parent__isnull=True, agreement__reference="KCC-CYPMHS-S76")


def of_a_month(**changes: object) -> dict[str, object]:
    """The agreement and the month of any of these rows."""
    return {"agreement": whole().agreement, "month": MONTH} | changes


def reconciliation(**changes: object) -> Reconciliation:
    fields = of_a_month(area=whole(), reason="No return is accepted", known_from=DEMO_MOMENT)
    return Reconciliation.objects.create(**fields | changes)


def difference(**changes: object) -> Difference:
    fields = of_a_month(area=whole(), reference="EH-2019-99999", kind="council-only", known_from=DEMO_MOMENT)
    return Difference.objects.create(**fields | changes)


def somebody(number: int = 0) -> User:
    return User.objects.order_by("pk")[number]


def explanation(**changes: object) -> Explanation:
    fields = of_a_month(text="Opened late", side="council", written_by=somebody(), written_at=DEMO_MOMENT)
    return Explanation.objects.create(**fields | changes)


def explained(**changes: object) -> ExplainedDifference:
    fields: dict[str, object] = {"explanation": explanation(), "difference": difference()}
    return ExplainedDifference.objects.create(**fields | changes)


def answer(**changes: object) -> ExplanationAnswer:
    fields: dict[str, object] = {"is_signed": True, "answered_by": somebody(1), "answered_at": DEMO_MOMENT}
    if "explanation" not in changes:
        changes["explanation"] = explanation()
    return ExplanationAnswer.objects.create(**fields | changes)


def one_side_and_no_reason(_: Kent) -> None:
    """A council count without the provider's, and nothing that says why."""
    reconciliation(council=197, reason="")


OF_RECONCILIATION: Refusals = {
    "a_reconciliation_is_known_once": lambda _: again(reconciliation()),
    "a_reconciliation_is_known_before_it_is_replaced": lambda _: reconciliation(known_until=DEMO_MOMENT),
    "a_reconciliation_is_of_a_whole_month": lambda _: reconciliation(month=MID_MONTH),
    "a_reconciliation_has_both_sides_or_says_why_not": one_side_and_no_reason,
    "a_reconciliation_is_of_its_agreements_area": lambda kent: reconciliation(area=area_elsewhere(kent)),
    "reconciliations_are_not_deleted": lambda _: reconciliation().delete(),
    "what_a_reconciliation_said_is_not_edited": lambda _: changed(reconciliation(), provider=191),
    "a_difference_is_known_once": lambda _: again(difference()),
    "a_difference_is_known_before_it_is_gone": lambda _: difference(known_until=DEMO_MOMENT - timedelta(days=1)),
    "a_difference_is_of_a_known_kind": lambda _: difference(kind="goals-differ"),
    "a_difference_is_of_a_whole_month": lambda _: difference(month=MID_MONTH),
    "a_difference_is_of_its_agreements_area": lambda kent: difference(area=area_elsewhere(kent)),
    "differences_are_not_deleted": lambda _: difference().delete(),
    "what_a_difference_was_is_not_edited": lambda _: changed(difference(), council_says="2019-07-01"),
    "an_explanation_says_something": lambda _: explanation(text=""),
    "an_explanation_is_of_a_whole_month": lambda _: explanation(month=MID_MONTH),
    "an_explanation_comes_from_a_known_side": lambda _: explanation(side="auditor"),
    "explanations_are_append_only": lambda _: changed(explanation(), text="Closed late"),
    "an_explanation_names_a_difference_once": lambda _: again(explained()),
    "what_was_explained_is_append_only": lambda _: explained().delete(),
    "an_explanation_is_of_its_months_differences": lambda _: explained(difference=difference(month=date(2019, 9, 1))),
    "an_explanation_is_sent_back_for_a_reason": lambda _: answer(is_signed=False),
    "answers_to_explanations_are_append_only": lambda _: changed(answer(), is_signed=False),
    "nobody_signs_their_own_explanation": lambda _: answer(answered_by=somebody()),
}
ROWS_OF_RECONCILIATION: dict[type[Model], Callable[[], Model]] = {
    Explanation: explanation,
    ExplainedDifference: explained,
    ExplanationAnswer: answer,
}
