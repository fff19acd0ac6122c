"""What every operation of the API is: who may call it, of which agreement, and what its answer carries."""

from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from contracts.api.asked import Asked, named
from contracts.api.authentication import Caller
from contracts.api.conditions import answer_if_changed
from contracts.api.pages import Page
from contracts.api.problems import Problem, as_problem
from contracts.api.scopes import agreements_of
from contracts.api.sentences import NOT_THERE
from contracts.counted_requests import Allowance
from contracts.held_scopes import scopes_held
from contracts.models import Agreement, Scope

ANY_SCOPE = "any scope"
UTF_8 = frozenset({"", "utf-8", "utf8", "us-ascii", "ascii"})


class Operation(APIView):
    """One address of the API. `scope` is what the client's token must have; None for any.

    `sending_scope` is what it must have to send something there, where that is another.
    """

    http_method_names = ["get", "head", "post"]
    scope: ClassVar[Scope | None] = None
    sending_scope: ClassVar[Scope | None] = None
    asked_with: ClassVar[type[serializers.Serializer[Any]]] = Asked
    allowance: Allowance | None = None

    @classmethod
    def as_view(cls, **options: Any) -> Any:
        """The view, which states its permission as every address does."""
        view: Any = super().as_view(**options)
        view.permission = cls.scope or ANY_SCOPE  # read by the test that walks addresses
        return view

    @classmethod
    def scope_for(cls, method: str | None) -> Scope | None:
        """The scope that a request with `method` needs."""
        return cls.sending_scope if method == "POST" and cls.sending_scope else cls.scope

    @property
    def caller(self) -> Caller:
        """Who calls."""
        assert isinstance(self.request.auth, Caller)  # HasScope stands before
        return self.request.auth

    @property
    def asked(self) -> dict[str, Any]:
        """What the address asks for, judged; raises a problem that names what it is not."""
        sent = self.request.query_params
        twice = sorted(name for name in sent if len(sent.getlist(name)) > 1)
        if twice:
            raise serializers.ValidationError({named(name): "It is asked for more than once." for name in twice})
        asking = self.asked_with(data=sent.dict())
        asking.is_valid(raise_exception=True)
        return dict(asking.validated_data)

    def page(self, page: Page, form: type[serializers.Serializer[Any]], **more: Any) -> Response:
        """A page of a list: its items, the cursor of the next one, and that page's whole address."""
        address = _with_cursor(self.request, page.next_cursor) if page.next_cursor else None
        body = {**more, "items": form(page.items, many=True).data, "next_cursor": page.next_cursor, "next": address}
        return Response(body, headers={"Link": f'<{address}>; rel="next"'} if address else None)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Turn away what is written in another encoding, before anything of it is read."""
        charset = request._request.content_params.get("charset", "") if request._request.content_params else ""
        if charset.lower() not in UTF_8:
            raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body is in another encoding. Send it in UTF-8.")
        super().initial(request, *args, **kwargs)

    def check_permissions(self, request: Request) -> None:
        """Count the request first: what is refused was asked too. The framework would count what it lets in."""
        super().check_throttles(request)
        super().check_permissions(request)

    def check_throttles(self, request: Request) -> None:
        """Nothing more, where the framework asks after the permissions: it is counted."""

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """The answer as it was asked for; nobody but the client keeps it."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        if self.authentication_classes:
            patch_vary_headers(answer, ["Authorization", "Accept"])
        return answer

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The answer with what is left of the client's minute; 304 where the client holds it already."""
        answer = answer_if_changed(request, _rendered(super().dispatch(request, *args, **kwargs)))
        for name, value in (self.allowance.headers if self.allowance else {}).items():
            answer.headers[name] = value
        return answer


def _rendered(response: HttpResponseBase) -> HttpResponseBase:
    """The answer written out; what fails at that is a problem like any other."""
    try:
        return response.render() if isinstance(response, Response) else response
    except Exception as error:
        return as_problem(error, {})


class OfAnAgreement(Operation):
    """An operation on one agreement: that of the address, in which the client has the operation's scope."""

    agreement: Agreement

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Find the agreement: 404 where the client has no part in it, 403 where it has another scope only."""
        super().initial(request, *args, **kwargs)
        self.agreement = agreement_or_problem(self.caller, kwargs["reference"], self.scope_for(request.method))


def agreement_or_problem(caller: Caller, reference: str, scope: Scope | None) -> Agreement:
    """The agreement called `reference`; raises Http404 or a problem. Two queries."""
    held = scopes_held(caller.client).filter(agreement__reference=reference).select_related("agreement").order_by("pk")
    scopes = {one.scope: one.agreement for one in held}
    if not scopes:
        raise Http404(NOT_THERE)
    if scope is not None and scope not in scopes:
        raise Problem(HTTPStatus.FORBIDDEN, f"This client does not have the scope {scope} in {reference}.")
    return next(iter(scopes.values()))


def agreement_asked_for(caller: Caller, reference: str, scope: Scope) -> Agreement:
    """The agreement called `reference`; where none is named, the only one in which the client has `scope`."""
    if reference:
        return agreement_or_problem(caller, reference, scope)
    return _only(list(agreements_of(caller, [scope]).order_by("reference")), scope)


def _only(agreements: Sequence[Agreement], scope: Scope) -> Agreement:
    if len(agreements) == 1:
        return agreements[0]
    if not agreements:
        raise Problem(HTTPStatus.FORBIDDEN, f"This client does not have the scope {scope} in any agreement.")
    names = _listed(agreement.reference for agreement in agreements)
    raise Problem(HTTPStatus.BAD_REQUEST, f"This client has {scope} in several agreements. Name one: {names}.")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _with_cursor(request: Request, cursor: str) -> str:
    query = request.query_params.copy()
    query["cursor"] = cursor
    return f"{request.path}?{query.urlencode()}"
