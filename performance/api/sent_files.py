"""A return as a system sends it: taken apart, held against the limits, and handed to what the upload page uses."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from rest_framework import serializers
from rest_framework.request import Request

from contracts.api.problems import Problem
from contracts.audit import Actor
from contracts.formatting import month_name
from contracts.forms.texts import LONGEST_REASON
from contracts.models import Agreement, ApiClient
from contracts.upload_limit import largest_body, too_large_in
from performance.actions.receiving import Receipt, receive
from performance.case_list.limits import LIMIT_IN_WORDS as LIST_LIMIT
from performance.forms import LIMIT_IN_WORDS, UploadForm

RETURN, CASE_LIST, WHY = "return", "case_list", "why"
# As the upload page calls them.
OF_PAGE = {RETURN: "file", CASE_LIST: "case_list", WHY: "why"}
NAME = "api_returns"
LIMITS = {
    RETURN: f"A return has at most {LIMIT_IN_WORDS}: send the workbook itself, without pictures or copies.",
    CASE_LIST: f"A case list has at most {LIST_LIMIT}: leave out cases that closed before the month.",
}
EXPECTED = "Send one file “return”, with “case_list”, a file, and “why”, a text, if need be, as multipart/form-data."


class SentReturn(serializers.Serializer[Any]):
    """A return as it is sent: its file, the case list that goes with it, and why it corrects an earlier one."""

    # "return" is a word of the language, so its field is put in by its name.
    def get_fields(self) -> Any:
        """The parts."""
        return {
            RETURN: serializers.FileField(help_text=f"XLSX or CSV, up to {LIMIT_IN_WORDS}."),
            CASE_LIST: serializers.FileField(
                required=False,
                help_text=f"CSV, up to {LIST_LIMIT}: a row for each case, by its reference. No names, NHS numbers, "
                "dates of birth or postcodes.",
            ),
            WHY: serializers.CharField(
                required=False,
                allow_blank=True,
                max_length=LONGEST_REASON,
                help_text="Why it corrects an earlier version. Needed where the month was accepted or sent back.",
            ),
        }


def kept(request: Request, agreement: Agreement, *, by: ApiClient, on: date, at: datetime) -> Receipt:
    """Judge what was sent and keep it, in the client's name. Raises a problem where it is no return to judge."""
    _read(request)
    form = UploadForm(*_filled_in(request), agreement=agreement, on=on)
    if not form.is_valid() or form.judged is None:
        raise serializers.ValidationError(_errors_of(form))
    return receive(form.judged, by=Actor(by.name), at=at, why=form.cleaned_data["why"])


def _read(request: Request) -> None:
    """Take the body apart as it arrives; raises a problem for one that is too large or has other parts."""
    _refuse_by_length(request)
    try:
        sent: Any = request.data
    except RequestDataTooBig:
        raise
    except SuspiciousOperation as fault:
        raise Problem(HTTPStatus.BAD_REQUEST, f"{EXPECTED} Found more parts than that.") from fault
    for name in too_large_in(request._request):
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, LIMITS.get(name, EXPECTED))
    odd = [name for name in sent if name not in OF_PAGE or len(sent.getlist(name)) > 1]
    if odd or isinstance(sent.get(RETURN), str) or isinstance(sent.get(CASE_LIST), str):
        raise Problem(HTTPStatus.BAD_REQUEST, EXPECTED)
    if RETURN not in request.FILES:
        raise serializers.ValidationError({RETURN: EXPECTED})


def _refuse_by_length(request: Request) -> None:
    """Refuse a body that cannot be within the limits, or does not say how long it is, before any of it is read."""
    if "HTTP_TRANSFER_ENCODING" in request.META:
        raise Problem(HTTPStatus.LENGTH_REQUIRED, "Send the body in one piece, with its length in Content-Length.")
    if int(request.META.get("CONTENT_LENGTH") or 0) > largest_body(NAME):
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"{LIMITS[RETURN]} {LIMITS[CASE_LIST]}")


def _filled_in(request: Request) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields and the files of the page's form."""
    sent: Any = request.data
    files = {theirs: request.FILES[ours] for ours, theirs in OF_PAGE.items() if ours in request.FILES}
    return {WHY: sent.get(WHY, "")}, files


def _errors_of(form: UploadForm) -> dict[str, list[str]]:
    """What the page's form says, by the names of the parts that were sent."""
    own = {theirs: ours for ours, theirs in OF_PAGE.items()}
    errors = {own.get(name, name): [str(sentence) for sentence in said] for name, said in form.errors.items()}
    if form.judged is not None and form.judged.month and not form.data[WHY]:
        month = month_name(form.judged.month)
        errors[WHY] = [f"The return for {month} was accepted or sent back before. Say in `why` what this corrects."]
    return errors
