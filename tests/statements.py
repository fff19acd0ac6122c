"""Annual statements of 2018/19 for tests, prepared and certified as people do."""

from datetime import date, datetime
from decimal import Decimal

from contracts.audit import Actor
from contracts.models import Role, User
from funding.actions.statements import Preparation, certify_statement, prepare_statement
from funding.models import AnnualStatement, StatementCertificate
from funding.queries.statement import statement_of
from funding.statement_shapes import StatementDraft
from tests.kent import DEMO_MOMENT, Kent
from tests.money import finance, kcc

YEAR = date(2018, 4, 1)
STATEMENTS = "/agreements/KCC-CYPMHS-S76/money/statements/"
STATEMENT = f"{STATEMENTS}2018-19/"
WHY = "Posts stayed empty"


def figures(kent: Kent, as_at: datetime | None = None, year: date = YEAR) -> StatementDraft:
    """The year's figures now, or as they were known."""
    return statement_of(kent.agreement, kcc(), year, as_at)


def explained(kent: Kent, ledger_total: Decimal | None = None, **more) -> Preparation:
    """Every difference explained, with a ledger that agrees unless another total is given."""
    draft = figures(kent)
    words = {line.element: WHY for line in draft.lines if line.needs_explanation}
    return Preparation(words, draft.paid if ledger_total is None else ledger_total, **more)


def prepare(
    kent: Kent, said: Preparation | None = None, by: User | None = None, at: datetime = DEMO_MOMENT
) -> AnnualStatement:
    """The next version of the statement, by Priya Shah unless somebody else tries."""
    actor = Actor.person(by or finance(kent))
    return prepare_statement(kent.agreement, kcc(), YEAR, said or explained(kent), by=actor, at=at)


def certify(kent: Kent, statement: AnnualStatement, by: User | None = None) -> StatementCertificate:
    """The certificate, by Helen Marsh of the coordinating commissioner unless somebody else tries."""
    actor = Actor.person(by or kent.people[Role.COORDINATING_COMMISSIONER])
    return certify_statement(statement, office="Chief Finance Officer", by=actor, at=DEMO_MOMENT)
