"""Whatever a system sends, it is answered with a problem in plain words, and never with a failure of the portal."""

import base64
import io
import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, InterfaceError, connection
from django.test import Client, RequestFactory
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from contracts.api.agreements import Agreements
from contracts.models import ClientScope, ClientUse, Role, Scope, TokenRequests
from cypmhs_portal.plain_requests import PlainRequest, PortalHandler
from tests.api_callers import SECRET, Caller, caller_for
from tests.kent import Kent
from tests.visiting import visitor

pytestmark = pytest.mark.django_db
AGREEMENTS, TOKEN, FORM = "/api/v1/agreements", "/api/v1/token", "application/x-www-form-urlencoded"
CASE = "EH-2018-10092"
PROBLEM = "application/problem+json"
# What the framework says by itself.
NOT_OURS = (
    "Authentication credentials",
    "Invalid page",
    "was throttled",
    "not allowed.",
    "This field",
    "valid integer",
)


@pytest.fixture
def caller(kent: Kent) -> Caller:
    found = caller_for(kent.agreement)
    found.http.raise_request_exception = False
    return found


def assert_problem(answer: Any, status: int) -> dict[str, Any]:
    """The answer is a problem in full, in the portal's own words; its body."""
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, PROBLEM), answer.content
    body: dict[str, Any] = answer.json()
    assert body["type"] == f"/api/docs/#problem-{status}"
    assert (body["status"], bool(body["title"]), bool(body["detail"])) == (status, True, True)
    assert not any(words in answer.content.decode() for words in NOT_OURS), body
    return body


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace", "post"])
def test_a_method_that_is_not_taken_is_told_which_are(caller: Caller, method: str) -> None:
    answer = getattr(caller.http, method)(AGREEMENTS)
    assert_problem(answer, 405)
    assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("sent", ["", "Basic eDp5", "Bearer", "Bearer one two", "Bearer \xff", "Bearer nobody", "x"])
def test_who_is_not_signed_in_is_asked_to(sent: str) -> None:
    answer = Client().get(AGREEMENTS, headers={"Authorization": sent})
    assert_problem(answer, 401)
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="api"'


def test_a_token_in_an_address_is_refused(caller: Caller) -> None:
    assert "header" in assert_problem(caller.get(AGREEMENTS, access_token=caller.token), 401)["detail"]


def test_a_person_who_is_signed_in_is_no_system(kent: Kent) -> None:
    assert_problem(visitor(kent, Role.COUNCIL_COMMISSIONER).get(AGREEMENTS), 401)


@pytest.mark.parametrize(
    "path",
    ["/api", "/api/", "/api//v1/agreements", f"{AGREEMENTS}/", "/api/v1/%ff", f"{AGREEMENTS}/NOWHERE", "/api/v2/token"],
)
def test_what_is_not_there_is_a_problem_too(caller: Caller, path: str) -> None:
    assert_problem(caller.get(path), 404)


@pytest.mark.parametrize(
    "query",
    [
        *("format=xml", "limit=0", "limit=x", "limit=1001", f"limit={'9' * 5000}", "limit=1&limit=2", "unknown=1"),
        *("cursor=%ff", "cursor=e30", "cursor=WyJcdWQ4MDAiXQ", "cursor=WzEsMl0", "cursor=W1tdXQ", "%ff=%fe", "a=%00"),
    ],
)
def test_what_cannot_be_asked_is_named(caller: Caller, query: str) -> None:
    assert_problem(caller.http.get(f"{AGREEMENTS}?{query}"), 400)


@pytest.mark.parametrize("accept", ["text/html", "a/b; x*=foo'en'bar", "application/json; x*=foo'en'bar", "x" * 9000])
def test_a_form_that_there_is_none_of_is_refused(caller: Caller, accept: str) -> None:
    assert_problem(caller.http.get(AGREEMENTS, headers={"Accept": accept}), 406)


@pytest.mark.parametrize("accept", ["", "*/*", "text/csv;q=0.1, application/json", "application/json; indent=8"])
def test_json_is_what_most_ask_for(caller: Caller, accept: str) -> None:
    assert caller.http.get(AGREEMENTS, headers={"Accept": accept}).headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("charset", ["rot13", "base64", "utf-16", "no-such"])
def test_another_encoding_is_refused(caller: Caller, charset: str) -> None:
    answer = caller.http.get(AGREEMENTS, CONTENT_TYPE=f"application/json; charset={charset}")
    assert "Send it in UTF-8." in assert_problem(answer, 415)["detail"]


def test_a_content_type_that_cannot_be_read_is_none() -> None:
    environ = RequestFactory()._base_environ(REQUEST_METHOD="GET", CONTENT_TYPE="a/b; x*=foo'en'bar")  # type: ignore[attr-defined]
    assert PlainRequest(environ).content_type == ""


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "idna", "rot13", "undefined", "no-such"])
@pytest.mark.parametrize("form", [FORM, "multipart/form-data; boundary=ab"])
def test_every_body_is_read_as_utf_8(form: str, charset: str) -> None:
    environ = RequestFactory()._base_environ(  # type: ignore[attr-defined]
        REQUEST_METHOD="POST", PATH_INFO="/account/sign-in/", CONTENT_TYPE=f"{form}; charset={charset}"
    )
    answer = PortalHandler().get_response(PlainRequest(environ | {"wsgi.input": io.BytesIO(b"")}))
    assert answer.status_code == 403, "there is no token in it"


def test_another_host_is_told_so(caller: Caller) -> None:
    assert_problem(caller.http.get(AGREEMENTS, headers={"Host": "elsewhere.example"}), 400)


def test_too_many_requests_are_told_when_to_come_again(kent: Kent) -> None:
    caller = caller_for(kent.agreement, requests_a_minute=2)
    answers = [caller.get(AGREEMENTS) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert_problem(answers[2], 429)
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60
    assert [one.headers["RateLimit-Remaining"] for one in answers] == ["1", "0", "0"]
    assert {one.headers["RateLimit-Limit"] for one in answers} == {"2"}


def test_what_is_refused_is_counted_like_what_is_answered(kent: Kent) -> None:
    caller = caller_for(kent.agreement, Scope.EARLY_HELP_WRITE, requests_a_minute=2)
    answers = [caller.get(f"{AGREEMENTS}/{kent.agreement.reference}/payments") for _ in range(3)]
    used = ClientUse.objects.filter(client=caller.client)
    if used.count() == 1:  # else a minute ended meanwhile
        assert [one.status_code for one in answers] == [403, 403, 429]
        assert [one.headers["RateLimit-Remaining"] for one in answers] == ["1", "0", "0"]
    assert sum(one.requests for one in used) == 3


def test_too_many_tokens_are_told_when_to_come_again(db: None) -> None:
    now = timezone.now().replace(second=0, microsecond=0)
    # The next minute too, which may begin meanwhile.
    for sender, requests in (("10.9.8.7", 59), ("10.9.8.6", 60)):
        for minute in (now, now + timedelta(minutes=1)):
            TokenRequests.objects.create(sender=sender, minute=minute, requests=requests)
    last, over = (Client(REMOTE_ADDR=sender).post(TOKEN, "", content_type=FORM) for sender in ("10.9.8.7", "10.9.8.6"))
    assert (last.status_code, last.headers["RateLimit-Remaining"]) == (400, "0")
    assert_problem(over, 429)
    assert 1 <= int(over.headers["Retry-After"]) <= 60


def broken(pair: bytes) -> str:
    """A Basic header of `pair`."""
    return f"Basic {base64.b64encode(pair).decode()}"


@pytest.mark.parametrize(
    "sent", ["Basic", "Basic x", "Basic \xe9", *map(broken, (b"\xff\xfe:x", b"a", b"a\0:b", b"a%00:b", b":", b"a:b"))]
)
def test_a_client_that_is_none_is_refused_as_oauth_has_it(db: None, sent: str) -> None:
    answer = Client().post(TOKEN, "grant_type=client_credentials", content_type=FORM, headers={"Authorization": sent})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="api"'
    assert (answer.json()["type"], answer.headers["Cache-Control"]) == ("/api/docs/#problem-401", "no-store")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("", "unsupported_grant_type"),
        ("grant_type=password&username=a&password=b", "unsupported_grant_type"),
        ("grant_type=client_credentials&client_id=%00&client_secret=x", "invalid_client"),
        ("grant_type=client_credentials&client_id={client}&client_secret={secret}&scope=all", "invalid_scope"),
    ],
)
def test_a_form_that_gets_no_token_says_why(caller: Caller, body: str, error: str) -> None:
    filled = body.format(client=caller.client.client_id, secret=SECRET)
    answer = Client().post(TOKEN, filled, content_type=FORM)
    assert answer.json()["error"] == error
    assert answer.json()["detail"] == answer.json()["error_description"]


def test_a_form_of_another_kind_is_a_problem(db: None) -> None:
    assert_problem(Client().post(TOKEN, "{}", content_type="application/json"), 415)
    many = "&".join(f"a{number}=1" for number in range(2000))
    assert_problem(Client().post(TOKEN, many, content_type=FORM), 400)


def test_what_fails_is_logged_without_what_was_sent(caller: Caller, monkeypatch, caplog) -> None:
    def fail(*_arguments: Any, **_named: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::integer", [CASE])

    monkeypatch.setattr(Agreements, "get", fail)
    with caplog.at_level(logging.ERROR):
        assert_problem(caller.get(AGREEMENTS), 500)
    assert "DataError 22P02" in caplog.text
    assert CASE not in caplog.text


def asked_too_long() -> None:
    """A question that the database gives up."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 1")
        cursor.execute("SELECT pg_sleep(60)")


def connection_gone() -> None:
    """As the driver says it, where there is no connection any more."""
    raise InterfaceError("the connection is closed")


@pytest.mark.parametrize("fail", [asked_too_long, connection_gone])
def test_a_database_that_cannot_be_asked_is_asked_again_soon(caller: Caller, monkeypatch, caplog, fail) -> None:
    monkeypatch.setattr(Agreements, "get", lambda *_arguments, **_named: fail())
    with caplog.at_level(logging.ERROR):
        answer = caller.get(AGREEMENTS)
    assert "Send the same again" in assert_problem(answer, 503)["detail"]
    assert int(answer.headers["Retry-After"]) > 0
    assert "Error" in caplog.text, "an administrator is told all the same"


NUMBER, WRITTEN = "943 476 5919", "Jane Smith 943 476 5919"


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("", {WRITTEN: "1"}),
        ("", {WRITTEN: ["1", "2"]}),
        ("", {"format": NUMBER}),
        ("", {"limit": NUMBER}),
        ("", {"cursor": NUMBER}),
        *(("/KCC-CYPMHS-S76/figures", {name: NUMBER}) for name in ("as_at", "month", "indicator", "verdict")),
        ("/KCC-CYPMHS-S76/figures", {"indicator": "jane-smith-9434765919"}),
        ("/KCC-CYPMHS-S76/targets", {"on": NUMBER}),
        ("/KCC-CYPMHS-S76/payments", {"state": NUMBER}),
        ("/KCC-CYPMHS-S76/money", {"year": NUMBER}),
        ("/KCC-CYPMHS-S76/reconciliations", {"month": NUMBER}),
    ],
)
def test_no_problem_repeats_what_was_sent(caller: Caller, path: str, asked: dict[str, Any]) -> None:
    answer = caller.http.get(f"{AGREEMENTS}{path}", asked)
    said = str(assert_problem(answer, 400)).lower()
    assert not {"943", "smith"} & set(re.findall(r"943|smith", said)), said


@pytest.mark.parametrize("sent_as", [f"text/{NUMBER}", f"application/json; charset={NUMBER}", "application/x-smith"])
def test_no_problem_repeats_a_header(caller: Caller, sent_as: str) -> None:
    answer = Client().generic("POST", TOKEN, b"x", sent_as)
    assert (answer.status_code, re.findall(r"943|smith", answer.content.decode())) == (415, [])


def test_a_parameter_is_named_where_it_may_be_a_slip(caller: Caller) -> None:
    for sent, name in (
        ("as_att", "as_att"),
        ("per-page", "per-page"),
        ("Page", "a parameter"),
        ("a" * 41, "a parameter"),
    ):
        assert [one["name"] for one in assert_problem(caller.get(AGREEMENTS, **{sent: "1"}), 400)["errors"]] == [name]


def test_a_failure_outside_an_operation_is_a_problem_too(caller: Caller, monkeypatch) -> None:
    def fail(*_arguments: Any) -> None:
        raise IntegrityError("Never shown")

    monkeypatch.setattr("contracts.api.authentication._caller_of", fail)
    assert "Never shown" not in str(assert_problem(caller.get(AGREEMENTS), 500))
    monkeypatch.setattr(Agreements, "dispatch", fail)
    assert "Never shown" not in str(assert_problem(caller.get(AGREEMENTS), 500))


def test_a_scope_that_is_taken_away_is_gone_at_once(kent: Kent, caller: Caller) -> None:
    assert caller.get(f"{AGREEMENTS}/{kent.agreement.reference}/payments").status_code == 200
    ClientScope.objects.filter(client=caller.client, scope="money:read").delete()
    assert_problem(caller.get(f"{AGREEMENTS}/{kent.agreement.reference}/payments"), 403)


def test_an_answer_that_is_held_already_has_no_body(caller: Caller) -> None:
    first = caller.get(AGREEMENTS)
    etag = first.headers["ETag"]
    again = caller.http.get(AGREEMENTS, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    assert caller.http.head(AGREEMENTS).headers["ETag"] == etag
    assert caller.get(AGREEMENTS, format="csv").headers["ETag"] != etag
    assert {"Accept", "Authorization"} <= set(first.headers["Vary"].split(", "))
    assert_problem(caller.http.get(AGREEMENTS, headers={"If-Match": '"another"'}), 412)


def test_an_answer_is_guarded_like_a_page_and_sets_no_cookie(caller: Caller, settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 60
    for path in (AGREEMENTS, "/api/v1/nothing", "/api/v1/openapi.json", f"{AGREEMENTS}?a=%00"):
        answer = caller.http.get(path, secure=True)
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        assert "Strict-Transport-Security" in answer.headers, path
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"], path
    assert not caller.http.cookies


@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cursor=st.text(max_size=60) | st.binary(max_size=40).map(lambda one: base64.urlsafe_b64encode(one).decode()))
def test_no_cursor_breaks_a_list(caller: Caller, cursor: str) -> None:
    assert caller.get(AGREEMENTS, cursor=cursor).status_code in {200, 400}
