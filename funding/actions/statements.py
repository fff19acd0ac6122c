"""Preparing and certifying the annual statement of a year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from contracts import audit
from contracts.access import standing_of
from contracts.audit import Actor
from contracts.formatting import day, money
from contracts.models import Agreement, Organisation, User
from contracts.permissions import Permission
from funding.models import AnnualStatement, PaymentMove, StatementCertificate, StatementLine
from funding.payers import own_council, payee_of
from funding.queries.statement import statement_of
from funding.queries.statements_held import amounts_as_prepared, paid_as_prepared
from funding.statement_shapes import StatementDraft
from funding.statement_steps import has_an_officer, is_settled, nothing_to_prepare
from funding.statement_words import changes, no_officer, obstacles, year_end
from performance.models import Version


class CannotState(Exception):
    """A statement cannot be prepared or certified, as things are now or by whom; the message is a plain sentence."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a finance officer says: why paid and spent differ by element's key, and what the ledger shows in pounds.

    `why` is asked for from the second version on. `seen` is the mark of what they had before them (`mark_of`): the
    statement is refused where that is no longer so; None asks nothing of it.
    """

    explanations: Mapping[int, str]
    ledger_total: Decimal
    why: str = ""
    seen: str | None = None


@transaction.atomic
def prepare_statement(
    agreement: Agreement, payer: Organisation, year_start: date, said: Preparation, *, by: Actor, at: datetime
) -> AnnualStatement:
    """Prepare the next version of the year's statement, once the year is over and each difference is explained."""
    person, recipient = _preparer(agreement, payer, by), payee_of(agreement)
    if recipient is None:
        raise CannotState("The agreement names nobody who receives the money, so there is no statement to prepare.")
    if timezone.localtime(at).date() <= year_end(year_start):
        raise CannotState(f"The year ends on {day(year_end(year_start))}: its statement is prepared after that.")
    latest = _latest(agreement, payer, year_start)
    draft = statement_of(agreement, payer, year_start)
    _refuse_what_moved_on(draft, latest, said)
    _refuse_what_is_settled(draft, latest)
    _refuse_unexplained(draft, said.explanations)
    statement = AnnualStatement.objects.create(
        agreement=agreement,
        payer=payer,
        recipient=recipient,
        year_start=year_start,
        number=latest.number + 1 if latest else 1,
        ledger_total=said.ledger_total,
        why=said.why.strip() if latest else "",
        prepared_by=person,
        prepared_by_name=by.name,
        prepared_at=_no_earlier_than_what_it_rests_on(agreement, at),
    )
    _write_lines(statement, draft, said.explanations)
    _record("annual statement prepared", statement, by, _figures(draft, said.ledger_total) | {"why": statement.why})
    return statement


@transaction.atomic
def certify_statement(statement: AnnualStatement, *, office: str, by: Actor, at: datetime) -> StatementCertificate:
    """Certify, for the recipient, that the money was spent as the latest version of the statement says."""
    latest = _latest(statement.agreement, statement.payer, statement.year_start)
    person = _certifier(statement, by)
    if latest != statement:
        raise CannotState(f"{statement} was replaced: look at the latest version.")
    if StatementCertificate.objects.filter(statement=statement).exists():
        raise CannotState(f"{statement} is certified already: somebody acted before you.")
    draft = statement_of(statement.agreement, statement.payer, statement.year_start)
    changed = changes(amounts_as_prepared(statement), draft)
    for obstacle in obstacles(draft.gaps, paid_as_prepared(statement), statement.ledger_total, changed):
        raise CannotState(obstacle)
    certificate = StatementCertificate.objects.create(
        statement=statement, by=person, by_name=by.name, office=office.strip(), at=max(at, statement.prepared_at)
    )
    _record("annual statement certified", statement, by, {"office": certificate.office, "paid": draft.paid})
    return certificate


def mark_of(draft: StatementDraft, latest: AnnualStatement | None) -> str:
    """What somebody who fills the form in has before them: the version to follow, and the figures."""
    return f"{latest.number if latest else 0}-{draft.fingerprint}"


def _latest(agreement: Agreement, payer: Organisation, year_start: date) -> AnnualStatement | None:
    """The latest version. Who prepares or certifies in an agreement waits here for whoever does already."""
    Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
    held = AnnualStatement.objects.filter(agreement=agreement, payer=payer, year_start=year_start)
    return held.order_by("-number").first()


def _preparer(agreement: Agreement, payer: Organisation, by: Actor) -> User:
    person = by.user
    if person is None or not standing_of(person, agreement).may(Permission.PREPARE_STATEMENT):
        raise CannotState("Only the finance officers of the council that pays prepare its statement.")
    if own_council(agreement, person) != payer:
        raise CannotState(f"Only {payer.short_name}’s own finance officers prepare its statement.")
    return person


def _certifier(statement: AnnualStatement, by: Actor) -> User:
    person, recipient = by.user, statement.recipient
    may = person is not None and standing_of(person, statement.agreement).may(Permission.CERTIFY_STATEMENT)
    if not has_an_officer(statement.agreement):
        raise CannotState(no_officer(recipient.short_name))
    if person is None or not may or not person.memberships.filter(organisation=recipient).exists():
        raise CannotState(f"Only {recipient.short_name}’s officer, who received the money, certifies the statement.")
    if person.pk == statement.prepared_by_id:
        raise CannotState("You prepared this statement, so somebody else certifies it.")
    return person


def _refuse_what_moved_on(draft: StatementDraft, latest: AnnualStatement | None, said: Preparation) -> None:
    if said.seen is not None and said.seen != mark_of(draft, latest):
        raise CannotState(
            "Somebody prepared a version before you, or the figures moved, since you opened the page: look at it again."
        )
    if latest and not said.why.strip():
        raise CannotState(f"Version {latest.number} was prepared already: say why another replaces it.")


def _refuse_what_is_settled(draft: StatementDraft, latest: AnnualStatement | None) -> None:
    if latest and is_settled(latest, has_changed=bool(changes(amounts_as_prepared(latest), draft))):
        raise CannotState(nothing_to_prepare(latest))


def _refuse_unexplained(draft: StatementDraft, explanations: Mapping[int, str]) -> None:
    for line in draft.lines:
        if line.needs_explanation and not explanations.get(line.element, "").strip():
            raise CannotState(
                f"{line.name}: {money(line.paid)} was paid and {money(line.spent)} was spent. Explain the difference."
            )


def _no_earlier_than_what_it_rests_on(agreement: Agreement, at: datetime) -> datetime:
    """The moment of preparing, after what it rests on: the demo's one day begins again each day."""
    versions = Version.objects.filter(of_return__agreement=agreement, accepted_at__isnull=False)
    moves = PaymentMove.objects.filter(payment__agreement=agreement)
    steps = [
        versions.order_by("-accepted_at").values_list("accepted_at", flat=True).first(),
        moves.order_by("-at").values_list("at", flat=True).first(),
    ]
    return max([at, *(step for step in steps if step is not None)])


def _write_lines(statement: AnnualStatement, draft: StatementDraft, explanations: Mapping[int, str]) -> None:
    StatementLine.objects.bulk_create(
        StatementLine(
            statement=statement,
            element_id=line.element,
            due=line.due,
            deducted=line.deducted,
            added=line.added,
            paid=line.paid,
            spent=line.spent,
            explanation=explanations.get(line.element, "").strip() if line.needs_explanation else "",
        )
        for line in draft.lines
    )


def _figures(draft: StatementDraft, ledger_total: Decimal) -> dict[str, object]:
    return {
        "paid": draft.paid,
        "spent": draft.spent,
        "ledger_total": ledger_total,
        "by_element": {line.name: {"paid": line.paid, "spent": line.spent} for line in draft.lines},
        "versions": {f"{one.month:%Y-%m}": one.version.number for one in draft.months if one.version},
    }


def _record(action: str, statement: AnnualStatement, by: Actor, after: dict[str, object]) -> None:
    audit.record(action, by=by, agreement=statement.agreement, subject=str(statement), after=after)
