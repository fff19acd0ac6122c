"""The council's Early Help cases: sent in batches by its system, and read back by it to check itself."""

from http import HTTPStatus
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from contracts import clock
from contracts.api.document import a_page_of
from contracts.api.examples import an_answer
from contracts.api.pages import Key, a_moment, a_number, a_text, page_of
from contracts.api.problems import Problem
from contracts.api.view import Operation, agreement_asked_for
from contracts.models import Scope
from performance.actions.syncing import take_batch
from performance.api.early_help_batch import BATCH_WORDS, BatchForm
from performance.api.early_help_forms import (
    CAME,
    HELD,
    AskedOfCases,
    AskedOfSync,
    CouncilCaseForm,
    SyncRunForm,
    TakenBatchForm,
)
from performance.api.early_help_problems import OF_A_BATCH
from performance.api.whole_body import whole_body
from performance.council_cases_held import council_cases, sync_runs
from performance.council_sync.limits import LONGEST_KEY, MAX_BYTES
from performance.council_sync.refused import BatchRefused

KEY = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
JSON = "application/json"
OF_AGREEMENT = serializers.CharField(help_text="The agreement’s reference.")
A_PAGE = {"agreement": "KCC-CYPMHS-S76", "next_cursor": "", "next": None}
KEY_PARAMETER = OpenApiParameter(
    KEY,
    {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-+.-~-]+$"},
    OpenApiParameter.HEADER,
    description="1 to 255 visible ASCII characters of the client's choice, no comma. The same key with the same body "
    "is given the stored answer, however much later, and writes nothing; with another body it is refused with 409. "
    "Only the key's SHA-256 is kept.",
)
REPLAYED_PARAMETER = OpenApiParameter(
    REPLAYED, location=OpenApiParameter.HEADER, response=[200], description="true for a stored answer; else not there."
)


class EarlyHelpBatch(Operation):
    """A batch of cases."""

    scope = Scope.EARLY_HELP_WRITE
    renderer_classes = [JSONRenderer]

    @extend_schema(
        summary="Send a batch of cases",
        description=BATCH_WORDS,
        request=BatchForm,
        parameters=[KEY_PARAMETER, REPLAYED_PARAMETER],
        responses={HTTPStatus.OK.value: TakenBatchForm, **OF_A_BATCH},
    )
    def post(self, request: Request) -> Response:
        """Each case is judged by itself: the good ones land, each bad one comes back with its reason."""
        assert self.asked is not None
        _refuse_by_headers(request)
        body, key = whole_body(request._request, MAX_BYTES), request.headers.get(KEY)
        try:
            taken = take_batch(body, client=self.caller.client, key=key, at=clock.now(), on=clock.today())
        except BatchRefused as refused:
            raise Problem(refused.status, refused.detail) from refused
        return Response(taken.answer, headers={REPLAYED: "true"} if taken.is_replay else None)


def _refuse_by_headers(request: Request) -> None:
    """Refuse a body in a form that is not read, before any of it is."""
    if (request.content_type or "").partition(";")[0].strip().lower() != JSON:
        raise UnsupportedMediaType("", f"Send the batch as {JSON}.")
    if request.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        detail = "The body is compressed. Send the batch as it is, without a Content-Encoding such as gzip."
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail)
    if "Transfer-Encoding" in request.headers:
        raise Problem(HTTPStatus.LENGTH_REQUIRED, "Send the batch in one piece, with its length in Content-Length.")


class EarlyHelpCases(Operation):
    """The council's cases, as the portal holds them."""

    scope = Scope.EARLY_HELP_WRITE
    asked_with = AskedOfCases

    @extend_schema(
        summary="Read the council's cases back",
        responses=a_page_of(CouncilCaseForm, agreement=OF_AGREEMENT),
        examples=an_answer({**A_PAGE, "items": HELD}),
    )
    def get(self, _request: Request) -> Response:
        """Every case in the order in which they changed, those deleted too. Nothing of the provider's is among them."""
        asked = self.asked
        agreement = agreement_asked_for(self.caller, asked["agreement"], Scope.EARLY_HELP_WRITE)
        keys = (Key("updated_at", a_moment), Key("reference", a_text))
        cases = council_cases(agreement, asked["updated_since"])
        page = page_of(cases, keys, cursor=asked["cursor"], limit=asked["limit"])
        return self.page(page, CouncilCaseForm, agreement=agreement.reference)


class SyncRuns(Operation):
    """The batches that were taken in."""

    scope = Scope.EARLY_HELP_WRITE
    asked_with = AskedOfSync

    @extend_schema(
        summary="The batches that were taken in",
        responses=a_page_of(SyncRunForm, agreement=OF_AGREEMENT),
        examples=an_answer({**A_PAGE, "items": [CAME]}),
    )
    def get(self, _request: Request) -> Response:
        """The newest first, with how many cases were refused for which reason."""
        asked: dict[str, Any] = self.asked
        agreement = agreement_asked_for(self.caller, asked["agreement"], Scope.EARLY_HELP_WRITE)
        keys = (Key("received_at", a_moment, descending=True), Key("id", a_number, descending=True))
        page = page_of(sync_runs(agreement), keys, cursor=asked["cursor"], limit=asked["limit"])
        return self.page(page, SyncRunForm, agreement=agreement.reference)
