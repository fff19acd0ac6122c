"""Stating that there was nothing to report: the portal writes the return itself and takes it in like any other."""

from datetime import date, datetime

from django.utils import timezone

from contracts.audit import Actor
from contracts.models import Agreement
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import Receipt, receive
from performance.blank_return import blank_return
from performance.return_files import nil_name_of
from performance.workbook.csv_twin import nil_csv


def state_nil_return(
    agreement: Agreement, month: date, *, provider: str, because: str, why: str, by: Actor, at: datetime
) -> Receipt:
    """Take in a nil return of `month`: nought for every number asked, `because` of a reason.

    `why` says why it corrects an earlier version, where it does. Raises `NotAsked` for a month without a return.
    """
    on = timezone.localtime(at).date()
    form = blank_return(agreement, month, is_exact=False).form
    content = nil_csv(form, month, prepared_by=by.name, prepared_on=on, reason=because)
    file = ReceivedFile(content, nil_name_of(provider, month), nil_because=because)
    judged = judge(file, on=on, expected=agreement, expected_month=month)
    return receive(judged, by=by, at=at, why=why)
