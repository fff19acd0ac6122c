"""An agreement that grows from one month of returns to sixty, each taken in as any upload is."""

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
from django.conf import settings

from contracts.audit import Actor
from contracts.models import Agreement, Role, User
from contracts.periods import add_months
from cypmhs_portal.demo.agreement import load_agreement
from cypmhs_portal.demo.decisions import load_decisions
from cypmhs_portal.demo.indicators import load_indicators
from cypmhs_portal.demo.measures import load_measures
from cypmhs_portal.demo.people import load_organisations, load_people
from cypmhs_portal.demo.published import load_published_figures
from cypmhs_portal.demo.returns import FOLDER
from performance.actions.days import open_the_day
from performance.actions.deciding import accept, sign_off
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from performance.recompute import work_off

LONDON = ZoneInfo("Europe/London")
FIRST_MONTH = date(2018, 4, 1)
# Months without a sample repeat this one's numbers.
LAST_SAMPLE = date(2019, 8, 1)


class History:
    """The Kent agreement and its people, with the months that were taken in so far."""

    def __init__(self) -> None:
        organisations = load_organisations()
        self.people: dict[Role, User] = load_people(organisations, Path(settings.VAR) / "demo-sign-ins.json")
        self.agreement = load_agreement(organisations)
        load_measures(self.agreement)
        load_indicators(self.agreement)
        load_decisions(self.agreement)
        load_published_figures(self.agreement)
        self.months: list[date] = []

    def last_as_long_as(self, months: int) -> None:
        """Let the agreement run long enough for so many months of returns."""
        ends_on = max(self.agreement.ends_on, add_months(FIRST_MONTH, months + 1))
        Agreement.objects.filter(pk=self.agreement.pk).update(ends_on=ends_on)
        self.agreement.refresh_from_db()

    def take_in_next(self) -> None:
        """Read, check, keep, sign off and accept the next month's return; its figures wait."""
        month = add_months(self.months[-1], 1) if self.months else FIRST_MONTH
        at = datetime.combine(add_months(month, 1) + timedelta(days=11), time(15, 40), LONDON)
        editor, signatory, commissioner = (
            Actor.person(self.people[role])
            for role in (Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY, Role.COORDINATING_COMMISSIONER)
        )
        file = ReceivedFile(workbook_of(month), f"nelft-return-{month:%Y-%m}.xlsx")
        judged = judge(file, on=at.date(), expected=self.agreement)
        receipt = receive(judged, by=editor, at=at, warnings_reason="Measuring")
        if receipt.version is None:
            raise RuntimeError(f"The return for {month:%Y-%m} was not taken in: {judged.findings}")
        accept(sign_off(receipt.version, by=signatory, at=at), by=commissioner, at=at)
        self.months.append(month)

    def live_on(self) -> None:
        """Move the portal's day to the middle of the month after the last one taken in, and open that day."""
        settings.PORTAL_TODAY = add_months(self.months[-1], 1).replace(day=17)
        open_the_day(self.agreement, at=datetime.combine(settings.PORTAL_TODAY, time(9), LONDON))

    def work_off(self) -> int:
        """Work out every figure that waits."""
        return work_off(self.agreement)


def workbook_of(month: date) -> bytes:
    """The sample return of a month, or the last sample's numbers under its name."""
    path = FOLDER / f"nelft-return-{min(month, LAST_SAMPLE):%Y-%m}.xlsx"
    if month <= LAST_SAMPLE:
        return path.read_bytes()
    workbook = openpyxl.load_workbook(path)
    workbook["Return"]["B5"] = datetime.combine(month, time())
    workbook["Return"]["B7"] = datetime.combine(add_months(month, 1) + timedelta(days=11), time())
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()
