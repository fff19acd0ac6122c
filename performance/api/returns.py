"""The returns of an agreement, and the taking in of another one."""

from http import HTTPStatus
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from contracts import clock
from contracts.api.document import PROBLEM, ProblemForm, a_page_of
from contracts.api.examples import a_page_with, an_answer
from contracts.api.fields import MonthWritten
from contracts.api.months import AskedOfMonths, is_asked_for
from contracts.api.pages import page_of_list
from contracts.api.reader import reader_for
from contracts.api.view import OfAnAgreement
from contracts.models import Scope
from performance.api.obligations import STATES
from performance.api.receipts import KNOWN, REFUSED, TAKEN, ReceiptForm, RefusedForm, receipt_told, refusal_of
from performance.api.sent_files import SentReturn, kept
from performance.return_pages.calendar import month_rows

SENT = {"return": "nelft-return-2019-08.xlsx", "case_list": "nelft-cases-2019-08.csv"}
AUGUST = {
    "month": "2019-08",
    "due_on": "2019-09-13",
    "is_required": True,
    "state": "Accepted",
    "version": 1,
    "correction": None,
    "signed_off_at": "2019-09-12T16:05:00+01:00",
    "accepted_at": "2019-09-18T10:42:00+01:00",
}


class ReturnForm(serializers.Serializer[Any]):
    """A month's return. `state` is about `version`, null where the client sees none."""

    month = MonthWritten()
    due_on = serializers.DateField()
    is_required = serializers.BooleanField(help_text="Whether the agreement asks for a return of the month.")
    state = serializers.ChoiceField(STATES)
    version = serializers.IntegerField(source="number", allow_null=True)
    correction = serializers.IntegerField(
        source="correction.number", allow_null=True, default=None, help_text="A later version that is under way."
    )
    signed_off_at = serializers.DateTimeField(allow_null=True)
    accepted_at = serializers.DateTimeField(allow_null=True)


class Returns(OfAnAgreement):
    """The returns of an agreement."""

    scope = Scope.FIGURES_READ
    sending_scope = Scope.RETURNS_WRITE
    asked_with = AskedOfMonths
    parser_classes = [MultiPartParser]

    @extend_schema(
        summary="Returns",
        description="Each month that has begun or was reported, the newest first, and how far its return has come.",
        responses=a_page_of(ReturnForm),
        examples=a_page_with(AUGUST),
    )
    def get(self, _request: Request, reference: str) -> Response:
        """The newest month first."""
        asked, on = self.asked, clock.today()
        rows = month_rows(reader_for(self.caller, self.agreement), on=on)
        begun = [row for row in rows if row.has_begun(on) and is_asked_for(row.month, asked)]
        return self.page(page_of_list(begun, cursor=asked["cursor"], limit=asked["limit"]), ReturnForm)

    @extend_schema(
        summary="Upload a return",
        description="Takes in the return of a month, with its case list, as the upload page does: XLSX or CSV, judged "
        "by the same rules. Agreement and month are read from the file. It becomes a draft, which the provider’s "
        "signatory signs off in the portal. The file that is there already is recognised, and makes no other version.",
        request={"multipart/form-data": SentReturn},
        responses={
            HTTPStatus.CREATED: OpenApiResponse(ReceiptForm, "A draft was made of it."),
            HTTPStatus.OK: OpenApiResponse(ReceiptForm, "This very file is a version already; nothing was kept."),
            (HTTPStatus.UNPROCESSABLE_ENTITY, PROBLEM): OpenApiResponse(RefusedForm, "It has errors; each is named."),
            (HTTPStatus.LENGTH_REQUIRED, PROBLEM): OpenApiResponse(ProblemForm, "Sent in pieces, without a length."),
            (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, PROBLEM): OpenApiResponse(ProblemForm, "A file is too large."),
            (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, PROBLEM): OpenApiResponse(
                ProblemForm, "Not sent as multipart/form-data."
            ),
        },
        examples=[
            OpenApiExample("A return", SENT, request_only=True, media_type="multipart/form-data"),
            *an_answer(TAKEN, "A draft", HTTPStatus.CREATED),
            *an_answer(KNOWN, "The file that is there already"),
            *an_answer(REFUSED, "A cell with words in it", 422, PROBLEM),
        ],
    )
    def post(self, request: Request, reference: str) -> Response:
        """201 with a new draft, 200 where the file is known, 422 with everything that is wrong with it."""
        receipt = kept(request, self.agreement, by=self.caller.client, on=clock.today(), at=clock.now())
        if receipt.version is None:
            raise refusal_of(receipt)
        told, is_new, address = receipt_told(receipt)
        status = HTTPStatus.CREATED if is_new else HTTPStatus.OK
        return Response(ReceiptForm(told).data, status=status, headers={"Location": address})
