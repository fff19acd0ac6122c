"""The API's own description (OpenAPI 3.1), made from its views: one operation's name, scope and own answers."""

import re
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

from contracts.models import Scope

PROBLEM = "application/problem+json"
SIGN_IN, AGREEMENTS = "Sign-in", "Agreements"
# Operations stand together by what a client must be allowed.
TAGS = {
    Scope.EARLY_HELP_WRITE: "Early Help",
    Scope.FIGURES_READ: "Returns and figures",
    Scope.RETURNS_WRITE: "Uploading returns",
    Scope.MONEY_READ: "Money",
}
UNCOUNTED = frozenset({"ElementMoney", "Published"})
LEADING = re.compile(r"^(One|An?|The)(?=[A-Z])")
VERBS = {"GET": "read", "POST": "send"}


class ErrorForm(serializers.Serializer[Any]):
    """One thing that was asked for and cannot be."""

    name = serializers.CharField(help_text="The name it was sent under.")
    detail = serializers.CharField(help_text="What is wrong with it, and what would be understood.")


class ProblemForm(serializers.Serializer[Any]):
    """Problem details (RFC 9457)."""

    type = serializers.CharField(help_text="Where this kind of problem is explained.")
    title = serializers.CharField(help_text="The name of the status.")
    status = serializers.IntegerField(help_text="The status.")
    detail = serializers.CharField(help_text="What was found, what was expected, and how to put it right.")
    errors = ErrorForm(many=True, required=False)  # type: ignore[assignment]  # a member of the answer, not of the form


def a_page_of(form: type[serializers.Serializer[Any]], **more: serializers.Field[Any, Any, Any, Any]) -> Any:
    """A page of a list of `form`, as answers hold it, with the members `more` beside the list."""
    return inline_serializer(
        f"PageOf{many_of(form.__name__.removesuffix('Form'))}",
        {
            **more,
            "items": form(many=True),
            "next_cursor": serializers.CharField(help_text="Empty on the last page.", allow_blank=True),
            "next": serializers.CharField(allow_null=True, help_text="The address of the next page."),
        },
    )


def many_of(noun: str) -> str:
    """A noun's plural: Figures, Differences; Published as it is."""
    return noun if noun in UNCOUNTED else f"{noun}s"


class DescribedOperation(AutoSchema):
    """One operation of the document. What all have in common is added when every one is there (`described`)."""

    def get_override_parameters(self) -> list[Any]:
        """What may stand behind the address, where it is read."""
        asked: Any = getattr(self.view, "asked_with", None)
        return [asked] if asked and self.method == "GET" else []

    def get_operation_id(self) -> str:
        """A name that reads well and stays as it is: `listAgreements`, `readAgreement`, `sendEarlyHelpBatch`."""
        asked: Any = getattr(self.view, "asked_with", None)
        is_list = self.method == "GET" and asked is not None and "cursor" in asked().fields
        verb = "list" if is_list else VERBS[self.method]
        return verb + LEADING.sub("", type(self.view).__name__)

    def get_tags(self) -> list[str]:
        """Its part of the document."""
        if not self.view.permission_classes:
            return [SIGN_IN]
        view: Any = self.view
        scope: Scope | None = view.scope_for(self.method)
        return [TAGS[scope] if scope else AGREEMENTS]

    def get_auth(self) -> list[dict[str, list[str]]]:
        """A token with the operation's scope; none for one that is open to anyone."""
        if not self.view.permission_classes:
            return []
        view: Any = self.view
        scope = view.scope_for(self.method)
        return [{"oauth2": [str(scope)] if scope else []}]

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        """The operation; the form of problems is in the document whether or not it names one itself."""
        operation = super().get_operation(*args, **kwargs)
        self.resolve_serializer(ProblemForm, "response")
        return operation
