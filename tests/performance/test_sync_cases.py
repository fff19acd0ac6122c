"""Each case of a batch is judged by itself: what it tells, or the first reason that it is refused."""

import json
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.council_sync.cases import CaseReader
from performance.council_sync.reasons import SENTENCES, Reason
from performance.council_sync.shapes import District, Pathway, RefusedCase, SyncRules, ToldCase
from tests.council_batches import GOOD, Case, case, tombstone, without

RULES = SyncRules(
    pattern="EH-[0-9]{4}-[0-9]{5}",
    districts={"E07000105": District(1, "E07000105", 11), "E07000108": District(2, "E07000108", 11)},
    pathways={"early help": Pathway(5, "early-help"), "early-help": Pathway(5, "early-help")},
    routes={"spa": "SPA", "direct": "Direct"},
    as_of=date(2019, 8, 31),
    today=date(2019, 10, 17),
    now=datetime(2026, 1, 5, 12, 0, tzinfo=UTC),
)


def judged(told: object, rules: SyncRules = RULES) -> ToldCase | RefusedCase:
    """What one case comes to; bytes are JSON as they stand."""
    return CaseReader(rules).judge(msgspec.Raw(told if isinstance(told, bytes) else json.dumps(told).encode()))


def reason(told: object, rules: SyncRules = RULES) -> Reason | None:
    """Why a case is refused; None where it is not."""
    one = judged(told, rules)
    return one.reason if isinstance(one, RefusedCase) else None


def taken(told: object, rules: SyncRules = RULES) -> ToldCase:
    """A case that is not refused."""
    one = judged(told, rules)
    assert isinstance(one, ToldCase), one
    return one


def test_a_good_case_is_told_as_it_stands() -> None:
    told = taken(case(closed_on="2019-08-30", goals_met=True))
    assert told._replace(fingerprint="") == ToldCase(
        reference="EH-2019-10001",
        updated_at=datetime(2019, 8, 30, 9, 0, tzinfo=UTC),
        fingerprint="",
        is_deleted=False,
        district=1,
        area=11,
        pathway=5,
        referral_route="SPA",
        opened_on=date(2019, 7, 4),
        closed_on=date(2019, 8, 30),
        unit="EHU-105-1",
        goals_met=True,
    )


@pytest.mark.parametrize(
    "same",
    [
        case(pathway="early-help"),
        case(pathway=" EARLY  help "),
        case(referral_route="spa"),
        case(deleted=False),
        case(updated_at="2019-08-31T10:00:00+01:00"),
        without("goals_met"),
        b'{"goals_met": null, ' + json.dumps(without("goals_met")).encode()[1:],
        json.dumps(GOOD).replace("E07000105", "E0700010\\u0035").encode(),
    ],
)
def test_one_content_has_one_fingerprint_however_it_is_spelt(same: object) -> None:
    assert taken(same).fingerprint == taken(GOOD).fingerprint


@pytest.mark.parametrize(
    "changes",
    [
        {"district": "E07000108"},
        {"referral_route": "Direct"},
        {"opened_on": "2019-07-05"},
        {"closed_on": "2019-08-01"},
        {"unit": "EHU-105-2"},
        {"unit": None},
        {"goals_met": False},
    ],
)
def test_other_content_has_another_fingerprint(changes: dict[str, Any]) -> None:
    assert taken(case(**changes)).fingerprint != taken(GOOD).fingerprint


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (b"3", Reason.NOT_A_CASE),
        (b"null", Reason.NOT_A_CASE),
        (b"[]", Reason.NOT_A_CASE),
        (b'"EH-2019-10001"', Reason.NOT_A_CASE),
        (b'{"case_ref": 1e999}', Reason.UNREADABLE),
        (b'{"case_ref": ' + b"9" * 5000 + b"}", Reason.UNREADABLE),
        (b'{"case_ref": ' + b"[" * 5000 + b"]" * 5000 + b"}", Reason.UNREADABLE),
        (json.dumps(GOOD).encode()[:-1] + b', "unit": "EHU-105-2"}', Reason.REPEATED_FIELD),
        (json.dumps(GOOD).encode()[:-1] + b', "goals_met": true}', Reason.REPEATED_FIELD),
        ({}, Reason.MISSING_FIELD),
        (without("case_ref"), Reason.MISSING_FIELD),
        (without("updated_at"), Reason.MISSING_FIELD),
        (without("closed_on"), Reason.MISSING_FIELD),
        (without("district"), Reason.MISSING_FIELD),
        (case(colour="blue"), Reason.UNKNOWN_FIELD),
        (case(case_ref=None), Reason.WRONG_TYPE),
        (case(case_ref=201910001), Reason.WRONG_TYPE),
        (case(district=["E07000105"]), Reason.WRONG_TYPE),
        (case(opened_on=None), Reason.WRONG_TYPE),
        (case(closed_on=20190830), Reason.WRONG_TYPE),
        (case(goals_met="yes"), Reason.WRONG_TYPE),
        (case(goals_met=1), Reason.WRONG_TYPE),
        (case(deleted="true"), Reason.WRONG_TYPE),
        (case(deleted=None), Reason.WRONG_TYPE),
        (case(case_ref=""), Reason.CASE_REFERENCE),
        (case(case_ref="EH-2019-1000"), Reason.CASE_REFERENCE),
        (case(case_ref="EH-2019-10001\u0000"), Reason.CASE_REFERENCE),
        (case(case_ref="EH-2019-1000\u0661"), Reason.CASE_REFERENCE),
        (case(case_ref="x" * 100_000), Reason.CASE_REFERENCE),
        (case(updated_at="2019-08-30T09:00:00"), Reason.UPDATED_AT),
        (case(updated_at="2019-08-30"), Reason.UPDATED_AT),
        (case(updated_at=1567155600), Reason.UPDATED_AT),
        (case(updated_at="1999-12-31T23:59:59Z"), Reason.UPDATED_AT),
        (case(updated_at="0001-01-01T00:00:00+23:00"), Reason.UPDATED_AT),
        (case(updated_at="9999-12-31T23:59:59-23:00"), Reason.UPDATED_AT),
        (case(updated_at="2026-01-06T12:00:01Z"), Reason.UPDATED_AHEAD),
        (case(district="E07000999"), Reason.DISTRICT),
        (case(district="Ashford"), Reason.DISTRICT),
        (case(pathway="Complex"), Reason.PATHWAY),
        (case(referral_route="Walk-in"), Reason.REFERRAL_ROUTE),
        (case(opened_on="2019-02-29"), Reason.DATE),
        (case(opened_on="4 July 2019"), Reason.DATE),
        (case(opened_on="20190704"), Reason.DATE),
        (case(opened_on="2019-W27-4"), Reason.DATE),
        (case(opened_on="2019-07-04T00:00:00Z"), Reason.DATE),
        (case(closed_on=""), Reason.DATE),
        (case(opened_on="2019-09-01"), Reason.OPENED_LATER),
        (case(opened_on="2003-12-31"), Reason.OPENED_LONG_AGO),
        (case(closed_on="2019-07-03"), Reason.CLOSED_BEFORE_OPENED),
        (case(closed_on="2019-10-18"), Reason.CLOSED_AHEAD),
        (case(unit=""), Reason.UNIT),
        (case(unit="Ashford"), Reason.UNIT),
        (case(unit="EHU"), Reason.UNIT),
        (case(unit="EHU 105 1"), Reason.UNIT),
        (case(unit="ehu-105-1"), Reason.UNIT),
        (case(unit="JOHNSON-1"), Reason.UNIT),
        (case(unit="A-2009-03-04"), Reason.UNIT),
        (case(unit="JOHN-SMIT-H1"), Reason.UNIT),
        (case(unit="J-1503-08"), Reason.UNIT),
        (case(unit="EHU-A1"), Reason.UNIT),
        (case(unit="1"), Reason.UNIT),
        (case(unit="EHU-1-2-3"), Reason.UNIT),
        (case(unit="EHU-105-1-105-1-105-1"), Reason.UNIT),
        (tombstone() | {"closed_on": None}, Reason.TOMBSTONE),
        (tombstone() | {"unit": "EHU-105-1"}, Reason.TOMBSTONE),
        ({"case_ref": "EH-2019-10001", "deleted": True}, Reason.MISSING_FIELD),
        (tombstone(updated_at="yesterday"), Reason.UPDATED_AT),
        (tombstone("Jane Doe"), Reason.CASE_REFERENCE),
    ],
    ids=lambda one: str(one)[:60] if isinstance(one, (str, bytes)) else None,
)
def test_a_bad_case_is_refused_for_its_first_reason(told: object, expected: Reason) -> None:
    assert reason(told) is expected


@pytest.mark.parametrize(
    "good",
    [
        case(opened_on="2019-08-31"),
        case(opened_on="2004-01-01"),
        case(closed_on="2019-07-04"),
        case(closed_on="2019-09-02"),
        case(closed_on="2019-10-17"),
        case(updated_at="2026-01-06T12:00:00Z"),
        case(updated_at="2000-01-01T00:00:00Z"),
        case(unit=None),
        without("unit"),
        case(unit="EHU1"),
        tombstone(),
    ],
)
def test_a_case_at_the_edge_of_a_rule_is_taken(good: Case) -> None:
    assert reason(good) is None


def test_a_refused_case_is_named_by_its_reference_where_that_is_of_the_agreed_form() -> None:
    assert judged(case(district="Ashford"))[:3] == ("EH-2019-10001", Reason.DISTRICT, "district")
    assert judged(case(case_ref="Jane Doe", district="Ashford")) == RefusedCase(None, Reason.WRONG_TYPE, "x")._replace(
        reason=Reason.CASE_REFERENCE, field="case_ref"
    )


WITHOUT_ROUTES = RULES._replace(routes={})


@pytest.mark.parametrize("depth", range(880, 1_010, 5))
@pytest.mark.parametrize("nest", ["[", '{"a":'])
def test_a_value_of_any_depth_is_a_case_refused(depth: int, nest: str) -> None:
    """Near the depth that can be read something else must not fail that reads it again."""
    close = "]" if nest == "[" else "}"
    text = json.dumps(case(unit=0)).replace(": 0", ": " + nest * depth + "1" + close * depth)
    assert reason(text.encode()) in (Reason.WRONG_TYPE, Reason.UNREADABLE)


def said(told: object, rules: SyncRules = RULES) -> str:
    """The sentence that a case is refused with."""
    one = judged(told, rules)
    assert isinstance(one, RefusedCase)
    return one.reason.said(one.field, one.agreed)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (case(referral_route="Walk-in"), "referral_route is no agreed route. Send one of: SPA, Direct."),
        (case(pathway="Complex"), "of the agreement. Send one of: early-help."),
        (case(district="Ashford"), "There are 2, from E07000105 to E07000108; an administrator of the portal finds"),
        (case(colour="blue"), "The case has a field called colour that is not agreed."),
        (case(forename="blue"), "The case seems to hold"),
        (case(Ann=1), "The case has a field that is not agreed."),
        (without("case_ref"), "The case has no case_ref. Send the pseudonym that both systems know the case by."),
        (without("closed_on"), "The case has no closed_on. Send the day, or null while the case is open."),
        (without("pathway"), "The case has no pathway. Send the name or the code"),
    ],
)
def test_a_refusal_says_what_would_be_right(told: object, says: str) -> None:
    assert says in said(told)


def test_of_many_routes_the_first_are_named_and_none_is_said_to_be_none() -> None:
    many = RULES._replace(routes={f"route {n}": f"Route {n}" for n in range(25)})
    assert said(case(referral_route="Walk-in"), many).endswith("Route 18, Route 19 (and 5 more).")
    assert "None are agreed, so send one word" in said(case(referral_route="Route 66"), WITHOUT_ROUTES)
    assert "There is none yet" in said(case(), RULES._replace(districts={}))


@pytest.mark.parametrize("route", ["", "Jane Doe", "Route 66", "SPA1", "=SPA", "x" * 41, "SPA\n"])
def test_without_agreed_routes_a_route_is_one_word(route: str) -> None:
    assert reason(case(referral_route=route), WITHOUT_ROUTES) is Reason.REFERRAL_ROUTE
    assert taken(case(referral_route="Self-referral"), WITHOUT_ROUTES).referral_route == "Self-referral"


def test_every_reason_has_a_sentence_and_every_sentence_is_plain() -> None:
    assert SENTENCES.keys() == set(Reason)
    assert [one for one in Reason if "{" in one.said("unit") or not one.said("unit").endswith(".")] == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(JSON | st.dictionaries(st.sampled_from([*GOOD, "deleted"]), JSON | st.sampled_from(list(GOOD.values()))))
def test_nothing_in_a_case_raises_and_nothing_of_a_refused_one_is_repeated(told: Any) -> None:
    text = json.dumps(told, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    one = judged(text.encode())
    if isinstance(one, RefusedCase):
        assert one.reference in (None, GOOD["case_ref"])


@given(st.fixed_dictionaries({}, optional=dict.fromkeys((*GOOD, "deleted"), JSON)))
def test_a_case_with_any_values_is_told_or_refused(changes: dict[str, Any]) -> None:
    text = json.dumps(case(**changes), ensure_ascii=False)
    judged(text.encode("utf-8", "surrogatepass"))
