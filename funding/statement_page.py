"""The page of a year's statement, gathered: the statement itself, its versions, and the steps open to the reader."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from contracts.access import Standing
from contracts.agreement_months import months_of
from contracts.models import Agreement, Organisation
from contracts.periods import financial_year, financial_year_start
from funding.actions.statements import mark_of
from funding.models import AnnualStatement
from funding.payers import councils_of, own_council, payee_of
from funding.queries.statement import statement_of
from funding.queries.statements_held import amounts_as_prepared, of_year, paid_as_prepared
from funding.statement_content import ShownLine, Signature, StatementContent, category_rows
from funding.statement_shapes import StatementDraft
from funding.statement_steps import Findings, StatementSteps, statement_steps
from funding.statement_words import certificate, changes, ledger_difference, obstacles, year_end


class NoStatement(Exception):
    """There is no such year or version, or nobody pays in this agreement."""


@dataclass(frozen=True, slots=True)
class StatementPage:
    """What the page shows; `draft` are the figures as they are now, `mark` names them for whoever prepares."""

    content: StatementContent
    year_start: date
    draft: StatementDraft
    mark: str
    versions: tuple[AnnualStatement, ...]
    is_latest: bool
    has_ended: bool
    steps: StatementSteps


def payer_for(standing: Standing) -> Organisation:
    """Whose statements the reader sees: their own council's, else those of the first council by name."""
    agreement = standing.agreement
    payer = own_council(agreement, standing.user) or councils_of(agreement).first()
    if payer is None:
        raise NoStatement("No council is a party to this agreement.")
    return payer


def statement_page(standing: Standing, year_start: date, *, number: int | None = None, at: datetime) -> StatementPage:
    """The latest version of the year's statement, or that of `number`; without any, the figures as they are now."""
    payer, on = payer_for(standing), timezone.localtime(at).date()
    _refuse_years_outside(standing.agreement, year_start, on)
    versions = of_year(standing.agreement, payer, year_start)
    latest = versions[0] if versions else None
    shown = latest if number is None else next((one for one in versions if one.number == number), None)
    if number is not None and shown is None:
        raise NoStatement("There is no such version of the statement.")
    draft = statement_of(standing.agreement, payer, year_start)
    content = content_of(standing.agreement, payer, draft, shown)
    changed = changes(amounts_as_prepared(latest), draft) if latest else ()
    stand_in_the_way = _obstacles(latest, draft, changed) if latest else ()
    return StatementPage(
        content=content,
        year_start=year_start,
        draft=draft,
        mark=mark_of(draft, latest),
        versions=tuple(versions),
        is_latest=shown is latest,
        has_ended=on > year_end(year_start),
        steps=statement_steps(standing, payer, year_start, latest, Findings(stand_in_the_way, bool(changed)), on),
    )


def content_of(
    agreement: Agreement, payer: Organisation, now: StatementDraft, statement: AnnualStatement | None
) -> StatementContent:
    """What the statement says, as it was prepared; without one, the figures as they are now."""
    then = statement_of(agreement, payer, now.year_start, statement.prepared_at) if statement else now
    recipient = statement.recipient if statement else payee_of(agreement)
    names, rows = category_rows(then.lines)
    draft = StatementContent(
        agreement=agreement.name,
        reference=agreement.reference,
        payer=payer.name,
        recipient=recipient.name if recipient else "",
        year=financial_year(now.year_start),
        ends_on=year_end(now.year_start),
        number=None,
        lines=tuple(_as_known(then)),
        categories=names,
        by_category=rows,
        months=then.months,
        unpaid=then.unpaid,
        gaps=then.gaps,
        shared=then.shared,
        ledger_total=None,
        ledger_difference="",
        certificate=certificate(
            payer.name, recipient.name if recipient else "the recipient", now.year_start, agreement.power
        ),
        why="",
        prepared=None,
        certified=None,
        changes=(),
    )
    return _prepared(draft, statement, now) if statement else draft


def _prepared(content: StatementContent, statement: AnnualStatement, now: StatementDraft) -> StatementContent:
    held = getattr(statement, "certificate", None)
    lines = tuple(_as_prepared(statement))
    # The demo's one day begins again each day, so a moment of it can no longer be looked back at for sure.
    is_same = [one.spent for one in lines] == [row.spent for row in content.by_category]
    return replace(
        content,
        by_category=content.by_category if is_same else (),
        number=statement.number,
        lines=lines,
        ledger_total=statement.ledger_total,
        ledger_difference=ledger_difference(paid_as_prepared(statement), statement.ledger_total),
        why=statement.why,
        prepared=Signature(statement.prepared_by_name, timezone.localtime(statement.prepared_at)),
        certified=Signature(held.by_name, timezone.localtime(held.at), held.office) if held else None,
        changes=changes(amounts_as_prepared(statement), now),
    )


def _as_known(draft: StatementDraft) -> Sequence[ShownLine]:
    return [
        ShownLine(one.element, one.name, one.due, one.deducted, one.added, one.paid, one.spent) for one in draft.lines
    ]


def _as_prepared(statement: AnnualStatement) -> Sequence[ShownLine]:
    lines = sorted(statement.lines.all(), key=lambda line: (line.element.position, line.element_id))
    return [
        ShownLine(
            line.element_id,
            line.element.name,
            line.due,
            line.deducted,
            line.added,
            line.paid,
            line.spent,
            line.explanation,
        )
        for line in lines
    ]


def _obstacles(latest: AnnualStatement, now: StatementDraft, changed: tuple[str, ...]) -> tuple[str, ...]:
    return obstacles(now.gaps, paid_as_prepared(latest), latest.ledger_total, changed)


def _refuse_years_outside(agreement: Agreement, year_start: date, on: date) -> None:
    term = months_of(agreement)
    if not financial_year_start(term.first) <= year_start <= financial_year_start(min(on, term.end)):
        raise NoStatement("The agreement has no such financial year yet.")
