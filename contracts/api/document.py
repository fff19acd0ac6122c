"""The API's own description (OpenAPI 3.1), made from its views: what each takes, answers, and may refuse."""

from http import HTTPStatus
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

PROBLEM = "application/problem+json"
CSV = "text/csv"
# What any operation that a client signs in for may answer besides its own.
ALWAYS = {
    HTTPStatus.BAD_REQUEST: "What was asked for cannot be; `errors` names each thing and says what would do.",
    HTTPStatus.UNAUTHORIZED: "No token, or one that is unknown, has expired or was revoked.",
    HTTPStatus.FORBIDDEN: "The client does not have the scope.",
    HTTPStatus.NOT_FOUND: "There is no such thing, or the client has no part in it.",
    HTTPStatus.NOT_ACCEPTABLE: "No form of the answer that the client takes.",
    HTTPStatus.TOO_MANY_REQUESTS: "More requests than the client may send in a minute; `Retry-After` says when.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "The portal failed; it was logged, and nothing was half done.",
}


class ErrorForm(serializers.Serializer[Any]):
    """One thing that was asked for and cannot be."""

    name = serializers.CharField()
    detail = serializers.CharField()


class ProblemForm(serializers.Serializer[Any]):
    """Problem details (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ErrorForm(many=True, required=False)  # type: ignore[assignment]  # a member of the answer, not of the form


def a_page_of(form: type[serializers.Serializer[Any]]) -> Any:
    """A page of a list of `form`, as answers hold it."""
    return inline_serializer(
        f"PageOf{form.__name__.removesuffix('Form')}s",
        {
            "items": form(many=True),
            "next_cursor": serializers.CharField(help_text="Empty on the last page.", allow_blank=True),
            "next": serializers.CharField(allow_null=True, help_text="The address of the next page."),
        },
    )


class DescribedOperation(AutoSchema):
    """One operation of the document: its own answer, and the problems that any may end in."""

    def get_override_parameters(self) -> list[Any]:
        """What may stand behind the address, where it is read."""
        asked: Any = getattr(self.view, "asked_with", None)
        return [asked] if asked and self.method == "GET" else []

    def get_auth(self) -> list[dict[str, list[str]]]:
        """A token with the operation's scope; none for one that is open to anyone."""
        if not self.view.permission_classes:
            return []
        view: Any = self.view
        scope = view.scope_for(self.method)
        return [{"oauth2": [str(scope)] if scope else []}]

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        """The operation, with each problem it may end in, and CSV as the text that it is."""
        operation = super().get_operation(*args, **kwargs)
        if operation:
            for answer in operation["responses"].values():
                _as_text(answer.get("content", {}))
            problem = self.resolve_serializer(ProblemForm, "response").ref
            for status, words in ALWAYS.items():
                content = {"description": words, "content": {PROBLEM: {"schema": problem}}}
                operation["responses"].setdefault(str(status.value), content)
        return operation


def _as_text(content: dict[str, Any]) -> None:
    if CSV in content:
        content[CSV] = {"schema": {"type": "string"}}
