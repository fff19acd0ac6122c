"""The API's document as a whole: made once in each process, and served to anyone."""

from functools import cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from drf_spectacular.generators import SchemaGenerator
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.access import public
from contracts.api.view import Operation

NOBODY_SIGNS_IN: list[Any] = []


@cache
def document() -> dict[str, Any]:
    """OpenAPI 3.1 of every operation, with the portal's own address."""
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # untyped there
    return made | {"servers": [{"url": settings.PORTAL_ADDRESS, "description": "This portal"}]}


class WholeDocument(Operation):
    """The document. It is no operation of its own."""

    schema = None
    authentication_classes = NOBODY_SIGNS_IN
    permission_classes = NOBODY_SIGNS_IN
    throttle_classes = NOBODY_SIGNS_IN
    renderer_classes = [JSONRenderer]

    def get(self, _request: Request) -> Response:
        """Every operation with its parameters, answers and problems."""
        return Response(document(), HTTPStatus.OK, headers={"Cache-Control": "no-cache"})


whole_document = public(WholeDocument.as_view())
