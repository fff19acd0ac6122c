"""The demo's contract notices, made as people make them: asked for by KCC, served and moved by West Kent CCG.

Every day and sentence is made up to show a notice at each stage; the figures quoted are the sample returns'.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from contracts.actions.notice_entries import acknowledge_notice, answer_notice
from contracts.actions.notice_moving import move_notice
from contracts.actions.notice_plans import PlannedMilestone, agree_plan, propose_plan, record_milestone
from contracts.actions.notices import AskedNotice, ask_for_notice, decline_notice, serve_notice
from contracts.audit import Actor
from contracts.levers.ladder import NoticeStage
from contracts.levers.quoted import QuotedFigure
from contracts.models import Agreement, MilestoneOutcome, Notice, Organisation, Role, User
from cypmhs_portal.demo.lever_signals import AQN, CPN, IBN
from performance.quoting import FigureKey, quote

S = NoticeStage
AUGUST = date(2019, 8, 1)
People = Mapping[Role, User]


def moment_on(on: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of a day in the portal's time zone."""
    return datetime.combine(on, time(hour, minute), timezone.get_current_timezone())


@dataclass(frozen=True, slots=True)
class Telling:
    """Who acts in the demo, in which agreement."""

    agreement: Agreement
    people: People

    def by(self, role: Role) -> Actor:
        """The demo's person in that role."""
        return Actor.person(self.people[role])

    def quoted(self, at: datetime, *figures: tuple[str, str], month: date = AUGUST) -> tuple[QuotedFigure, ...]:
        """Figures of the whole area, by indicator and element, as known at `at`."""
        whole = self.agreement.areas.get(parent=None).code
        keys = [FigureKey(indicator, element, whole, month) for indicator, element in figures]
        return quote(self.agreement, keys, at=at, as_at=at)

    def asked(
        self,
        kind: str,
        subject: str,
        reason: str,
        at: datetime,
        element: str = "",
        figures: Sequence[QuotedFigure] = (),
    ) -> Notice:
        """What Alex Morgan of KCC asked for."""
        of_kind = self.agreement.notice_kinds.get(code=kind)
        about = self.agreement.elements.get(code=element) if element else None
        asked = AskedNotice(of_kind, subject, reason, about)
        by = self.by(Role.COUNCIL_COMMISSIONER)
        return ask_for_notice(self.agreement, asked=asked, evidence=figures, by=by, at=at)

    def served(self, notice: Notice, at: datetime, *figures: tuple[str, str], month: date = AUGUST) -> Notice:
        """What Helen Marsh of West Kent CCG served, with the figures as they stood that day."""
        evidence = self.quoted(at, *figures, month=month)
        by = self.by(Role.COORDINATING_COMMISSIONER)
        return serve_notice(notice, served_on=at.date(), evidence=evidence, by=by, at=at)

    def moved(self, notice: Notice, to: NoticeStage, on: date, reason: str = "") -> Notice:
        """A step that Helen Marsh recorded on its day."""
        by = self.by(Role.COORDINATING_COMMISSIONER)
        return move_notice(notice, to=to, on=on, reason=reason, by=by, at=moment_on(on, 16))


def load_notices(agreement: Agreement, people: People) -> int:
    """The demo's notices, where there are none yet; returns how many were made."""
    if agreement.notices.exists():
        return 0
    told = Telling(agreement, people)
    with transaction.atomic():
        for tell in NOTICES:
            tell(told)
    return len(NOTICES)


def closed_referrals(told: Telling) -> None:
    """CPN 2019/01: put right at once, and closed (003 §3.4)."""
    march, share = date(2019, 3, 1), ("early-help-spa-share", "ehu")
    asked_at = moment_on(date(2019, 4, 24))
    reason = "In March 68.9% of Early Help referrals came through the Single Point of Access; all were agreed to."
    notice = told.asked(
        CPN, "Early Help referrals outside the SPA", reason, asked_at, "ehu", told.quoted(asked_at, share, month=march)
    )
    notice = told.served(notice, moment_on(date(2019, 5, 1)), share, month=march)
    acknowledge_notice(notice, by=told.by(Role.PROVIDER_EDITOR), at=moment_on(date(2019, 5, 2)))
    notice = told.moved(notice, S.ACTION, date(2019, 5, 9))
    told.moved(notice, S.RESOLVED, date(2019, 7, 22), "Every referral of June came through the Single Point of Access.")


def declined_consultations(told: Telling) -> None:
    """Asked for and declined: the figures were in question."""
    asked_at = moment_on(date(2019, 7, 3))
    reason = "Consultations fell from 105 in April to 101 in May."
    consultations = told.quoted(asked_at, ("early-help-consultations", "ehu"), month=date(2019, 5, 1))
    notice = told.asked(AQN, "Early Help consultations", reason, asked_at, "ehu", consultations)
    why = "No number of consultations was agreed, so there is nothing to query it against."
    decline_notice(notice, reason=why, by=told.by(Role.COORDINATING_COMMISSIONER), at=moment_on(date(2019, 7, 8)))


def khnes_staffing(told: Telling) -> None:
    """CPN 2019/02: a plan was agreed, its first step missed, and the breach not put right in its days."""
    april, staff = date(2019, 4, 1), ("khnes-in-post", "khnes")
    asked_at = moment_on(date(2019, 6, 10))
    reason = "Far fewer staff are in post than the model that KCC pays for."
    figures = told.quoted(asked_at, staff, month=april)
    notice = told.asked(CPN, "Kent Health Needs Education staffing", reason, asked_at, "khnes", figures)
    notice = told.served(notice, moment_on(date(2019, 6, 12)), staff, month=april)
    acknowledge_notice(notice, by=told.by(Role.PROVIDER_SIGNATORY), at=moment_on(date(2019, 6, 13)))
    notice = told.moved(notice, S.PLAN, date(2019, 6, 26))
    _khnes_plan(told, notice)
    reason = "1.9 of 5.0 WTE in post in August. The plan’s step for 30 September was missed."
    told.moved(Notice.objects.get(pk=notice.pk), S.BREACHED, date(2019, 10, 3), reason)


def _khnes_plan(told: Telling, notice: Notice) -> None:
    nelft = Organisation.objects.get(short_name="NELFT")
    steps = [
        PlannedMilestone("Advertise the three vacant posts", date(2019, 7, 31), nelft),
        PlannedMilestone("4.0 WTE in post", date(2019, 9, 30), nelft),
        PlannedMilestone("5.0 WTE in post", date(2019, 12, 31), nelft),
    ]
    text = "The vacant posts are advertised at once and filled by the end of the year."
    proposed_at = moment_on(date(2019, 7, 2))
    plan = propose_plan(notice, text=text, milestones=steps, by=told.by(Role.PROVIDER_EDITOR), at=proposed_at)
    commissioner = told.by(Role.COORDINATING_COMMISSIONER)
    agree_plan(plan, on=date(2019, 7, 3), by=commissioner, at=moment_on(date(2019, 7, 3)))
    advertised, filled, _ = plan.milestones.order_by("position")
    met, missed = MilestoneOutcome.MET, MilestoneOutcome.MISSED
    seen = "The three advertisements are on NHS Jobs."
    record_milestone(
        advertised, outcome=met, on=date(2019, 7, 29), evidence=seen, by=commissioner, at=moment_on(date(2019, 7, 29))
    )
    short = "1.9 WTE in post by the return of August, and no start agreed."
    record_milestone(
        filled, outcome=missed, on=date(2019, 10, 1), evidence=short, by=commissioner, at=moment_on(date(2019, 10, 1))
    )


def early_help_caseload(told: Telling) -> None:
    """CPN 2019/03: the meeting is due by 22 October."""
    figures = (("early-help-caseload", "ehu"), ("early-help-in-post", "ehu"), ("funded-not-spent", "ehu"))
    asked_at = moment_on(date(2019, 9, 30), 14, 12)
    reason = "191 children in August 2019 against a target of 300. Below target in 17 of 17 months."
    notice = told.asked(CPN, "Early Help caseload", reason, asked_at, "ehu", told.quoted(asked_at, *figures))
    notice = told.served(notice, moment_on(date(2019, 10, 8), 9, 50), *figures)
    text = "We will bring the recruitment plan."
    at = moment_on(date(2019, 10, 10), 16, 31)
    acknowledge_notice(notice, text=text, by=told.by(Role.PROVIDER_SIGNATORY), at=at)
    text = "We propose 21 October for the meeting."
    answer_notice(notice, text=text, by=told.by(Role.PROVIDER_EDITOR), at=moment_on(date(2019, 10, 15), 11, 20))


def referrals(told: Telling) -> None:
    """AQN 2019/01: the meeting is due by 23 October."""
    figures = (("referrals-received", ""), ("waiting-assessment", ""))
    asked_at = moment_on(date(2019, 10, 4))
    reason = "1,861 referrals in August, above the usual range. The reason is not known."
    notice = told.asked(AQN, "referrals to the whole service", reason, asked_at, "", told.quoted(asked_at, *figures))
    told.served(notice, moment_on(date(2019, 10, 9)), *figures)


def hsb_not_reported(told: Telling) -> None:
    """IBN 2019/01: the remedy is due by 21 October."""
    caseload = ("hsb-caseload", "hsb")
    asked_at = moment_on(date(2019, 10, 7))
    reason = "17 of 17 returns give no figure: ‘Not recorded separately from the Complex Pathway’."
    figures = told.quoted(asked_at, caseload)
    notice = told.asked(IBN, "Harmful Sexual Behaviour not reported", reason, asked_at, "hsb", figures)
    told.served(notice, moment_on(date(2019, 10, 14)), caseload)


def september_return(told: Telling) -> None:
    """Asked for the day before the demo's, and not served yet."""
    reason = "Due 14 October 2019, not received."
    told.asked(IBN, "September 2019 return", reason, moment_on(date(2019, 10, 16)))


# In the order in which they were asked for.
NOTICES: tuple[Callable[[Telling], None], ...] = (
    closed_referrals,
    khnes_staffing,
    declined_consultations,
    early_help_caseload,
    referrals,
    hsb_not_reported,
    september_return,
)
