"""The Kent agreement for tests: its terms and people, and the sample returns of the months a test asks for."""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from contracts.audit import Actor
from contracts.models import Agreement, Notice, Role, User
from contracts.periods import add_months, months_between
from cypmhs_portal.demo.actions import load_actions
from cypmhs_portal.demo.agreement import load_agreement
from cypmhs_portal.demo.appraisal import load_appraisal
from cypmhs_portal.demo.decisions import load_decisions
from cypmhs_portal.demo.handover import load_standard_handover
from cypmhs_portal.demo.indicators import load_indicators
from cypmhs_portal.demo.lever_signals import load_lever_signals
from cypmhs_portal.demo.measures import load_measures
from cypmhs_portal.demo.money import load_shortfall_rate
from cypmhs_portal.demo.notice_kinds import load_notice_kinds
from cypmhs_portal.demo.notices import load_notices
from cypmhs_portal.demo.people import load_organisations, load_people
from cypmhs_portal.demo.published import load_published_figures
from cypmhs_portal.demo.reminders import load_reminder_rules
from cypmhs_portal.demo.returns import sample_list
from performance.actions.days import open_the_day
from performance.actions.deciding import accept, sign_off
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from performance.models import Version
from performance.recompute import work_off

RETURNS = Path(__file__).parents[1] / "cypmhs_portal" / "demo" / "returns"
LONDON = ZoneInfo("Europe/London")
EVERY_MONTH = months_between(date(2018, 4, 1), date(2019, 9, 1))
DEMO_DAY = date(2019, 10, 17)
DEMO_MOMENT = datetime(2019, 10, 17, 9, 30, tzinfo=LONDON)


@dataclass(frozen=True)
class Kent:
    """The agreement, and the demo's people by role."""

    agreement: Agreement
    people: dict[Role, User]


def load_terms(sign_ins_file: Path) -> Kent:
    """The agreement without any return, and its people."""
    organisations = load_organisations()
    people = load_people(organisations, sign_ins_file)
    agreement = load_agreement(organisations)
    load_measures(agreement)
    load_indicators(agreement)
    load_decisions(agreement)
    load_published_figures(agreement)
    load_reminder_rules(agreement)
    load_shortfall_rate(agreement)
    load_notice_kinds(agreement)
    load_standard_handover(agreement)
    load_lever_signals(agreement)
    load_appraisal(agreement)
    return Kent(agreement, people)


def take_in(kent: Kent, months: Iterable[date]) -> list[Version]:
    """The sample returns of `months`, uploaded, signed off and accepted in the month after each."""
    return [_take_in(kent, month) for month in months]


def load_everything(sign_ins_file: Path) -> Kent:
    """The agreement with every sample return accepted and its figures worked out as of the demo's day.

    The figures are worked out once for all months, not once for each return as they came in.
    """
    kent = load_terms(sign_ins_file)
    load_actions(kent.agreement, kent.people)
    take_in(kent, EVERY_MONTH)
    kent.agreement.recompute_needs.update(done_at=DEMO_MOMENT)
    open_the_day(kent.agreement, at=DEMO_MOMENT)
    work_off(kent.agreement)
    return kent


def tell_notices(kent: Kent) -> list[Notice]:
    """The demo's notices, for tests that look at them; figures of days before the demo's are not known here."""
    load_notices(kent.agreement, kent.people)
    return list(kent.agreement.notices.order_by("asked_at", "pk"))


def _take_in(kent: Kent, month: date) -> Version:
    path = RETURNS / f"nelft-return-{month:%Y-%m}.xlsx"
    at = datetime.combine(add_months(month, 1).replace(day=12), time(15, 40), LONDON)
    file = ReceivedFile(path.read_bytes(), path.name)
    with ExitStack() as opened:
        case_list = sample_list(month, opened)
        judged = judge(file, on=at.date(), expected=kent.agreement, case_list=case_list)
        editor = Actor.person(kent.people[Role.PROVIDER_EDITOR])
        receipt = receive(judged, by=editor, at=at, warnings_reason="Sample data")
    assert receipt.version is not None, receipt.judged.findings
    signed = sign_off(receipt.version, by=Actor.person(kent.people[Role.PROVIDER_SIGNATORY]), at=at)
    return accept(signed, by=Actor.person(kent.people[Role.COORDINATING_COMMISSIONER]), at=at.replace(day=18))
