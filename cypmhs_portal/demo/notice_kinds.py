"""The contract levers that 003 §4.1 names, with the usual stages. Every day count and percentage is unchecked."""

from decimal import Decimal
from typing import NamedTuple

from contracts.levers.ladder import NoticeStage
from contracts.models import (
    Agreement,
    ClockUnit,
    NoticeKind,
    NoticeStep,
    StepClock,
    WhoActs,
    WithholdingBasis,
    WithholdingTerm,
)

S, W = NoticeStage, WhoActs
SOURCE = "NHS Standard Contract, edition not known"


class Step(NamedTuple):
    """A stage, what the contract calls it, who acts, and how long it may take."""

    stage: NoticeStage
    name: str
    who: WhoActs
    days: int | None = None
    unit: ClockUnit = ClockUnit.OPERATIONAL_DAYS


class Kind(NamedTuple):
    """A kind of notice with its stages and, where money may be withheld, the percentage and after how many months
    it is kept.
    """

    code: str
    name: str
    abbreviation: str
    clause: str
    used_when: str
    steps: tuple[Step, ...]
    withheld: tuple[str, int] | None = None


KINDS = (
    Kind(
        "activity-query-notice",
        "Activity Query Notice",
        "AQN",
        "Service Condition 29",
        "Activity is above or below what was planned, and the reason is not known.",
        (
            Step(S.MEETING, "Activity management meeting", W.BOTH, 10),
            Step(S.INVESTIGATION, "Joint activity review", W.BOTH),
            Step(S.PLAN, "Activity management plan", W.BOTH, 5),
            Step(S.MONITORED, "Activity management plan under way", W.PROVIDER),
        ),
    ),
    Kind(
        "contract-performance-notice",
        "Contract Performance Notice",
        "CPN",
        "General Condition 9",
        "The provider does not deliver what the contract asks for.",
        (
            Step(S.MEETING, "Contract management meeting", W.BOTH, 10),
            Step(S.INVESTIGATION, "Joint investigation", W.BOTH, 2, ClockUnit.CALENDAR_MONTHS),
            Step(S.ACTION, "Immediate action", W.PROVIDER),
            Step(S.PLAN, "Remedial action plan", W.BOTH, 5),
            Step(S.MONITORED, "Remedial action plan under way", W.PROVIDER),
            Step(S.BREACHED, "Breach to be put right", W.PROVIDER, 5),
            Step(S.EXCEPTION_REPORT, "Exception report", W.COMMISSIONER),
            Step(S.WITHHOLDING, "Withholding", W.PROVIDER),
        ),
        ("2", 6),
    ),
    Kind(
        "information-breach-notice",
        "Information breach notice",
        "IBN",
        "Service Condition 28",
        "A return, or a figure that it must hold, is missing.",
        (
            Step(S.ACTION, "Remedy", W.PROVIDER, 5),
            Step(S.WITHHOLDING, "Withholding", W.PROVIDER),
        ),
        ("1", 6),
    ),
)


def load_notice_kinds(agreement: Agreement) -> None:
    """The kinds of notice of `agreement`, where it has none yet."""
    if agreement.notice_kinds.exists():
        return
    for position, one in enumerate(KINDS, start=1):
        kind = NoticeKind.objects.create(
            agreement=agreement,
            code=one.code,
            name=one.name,
            abbreviation=one.abbreviation,
            clause=one.clause,
            used_when=one.used_when,
            position=position,
        )
        for step in one.steps:
            _load_step(kind, step)
        if one.withheld:
            percent, months = one.withheld
            WithholdingTerm.objects.create(
                kind=kind,
                percent=Decimal(percent),
                basis=WithholdingBasis.ELEMENT,
                kept_after_months=months,
                in_force_from=agreement.starts_on,
                source=SOURCE,
            )


def _load_step(kind: NoticeKind, step: Step) -> None:
    row = NoticeStep.objects.create(kind=kind, stage=step.stage, name=step.name, who_acts=step.who)
    if step.days:
        StepClock.objects.create(
            step=row, count=step.days, unit=step.unit, in_force_from=kind.agreement.starts_on, source=SOURCE
        )
