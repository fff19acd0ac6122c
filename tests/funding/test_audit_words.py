"""What an event changed, in plain words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.formatting import money
from funding.audit_pages.kinds import KINDS, kind_of
from funding.audit_pages.words import changes

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.from_regex(r"\A-?[0-9]{1,40}\.[0-9]{2}\Z")
    | st.from_regex(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:00\+14:00)?\Z"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"annual_amount": "240.00"}, {"annual_amount": "40.00"}, ["Pounds a year: from £240.00 to £40.00"]),
        ({"in_force_from": None}, {"in_force_from": "2019-05-01"}, ["First day in force: from none to 1 May 2019"]),
        (
            {"annual_amount": "217000.00"},
            {"annual_amount": "1E+5"},
            ["Pounds a year: from £217,000.00 to £100,000.00"],
        ),
        (None, {"amount": "5"}, ["Amount: £5.00"]),
        (None, {"to_pay": "-12.30", "reversed": None}, ["To pay: −£12.30"]),
        ({"source": "004 §1.8", "id": 3}, None, ["Source: 004 §1.8 no longer"]),
        ({"state": "tested"}, {"state": "approved"}, ["State: from Waiting for approval to Approved, to be sent"]),
        (None, {"answers": {"ehu": "met"}}, ["Answers, Early Help: met"]),
        (None, {"versions": {"2019-08": 2}}, ["Versions, August 2019: 2"]),
        (None, {"for_month": "2019-08-01"}, ["Of the month: August 2019"]),
        (None, {"is_illustrative": True}, ["Is illustrative: yes"]),
        (None, {"funded_wte": "5.00"}, ["Funded wte: 5.00"]),
        (
            None,
            {
                "items": [
                    {"kind": "shortfall", "amount": "12.40", "element": "KHNES", "notice": "", "direction": "deduction"}
                ]
            },
            ["Items, 1: Deduction; £12.40; KHNES; Empty posts"],
        ),
        (None, {"left_out": ["One", "Two"]}, ["Proposed and left out: One, Two"]),
        (None, {"lines": [{"due": "1.00"}, {"due": "2.00"}]}, ["Lines, 1, due: £1.00", "Lines, 2, due: £2.00"]),
        (None, "A word", ["Said: A word"]),
        ({"note": "Same"}, {"note": "Same"}, []),
    ],
)  # fmt: skip
def test_values_before_and_after(before, after, said: list[str]) -> None:
    assert list(changes(before, after, {"ehu": "Early Help"})) == said


@given(before=JSON, after=JSON)
def test_whatever_was_recorded_can_be_said(before, after) -> None:
    assert all(isinstance(text, str) for text in changes(before, after, {}))


@given(pence=st.integers(min_value=-(10**14), max_value=10**14))
def test_pounds_are_said_to_the_penny(pence: int) -> None:
    sign, whole = "-" if pence < 0 else "", abs(pence)
    text = f"{sign}{whole // 100}.{whole % 100:02d}"
    said = changes(None, {"to_pay": text}, {})
    assert said == (f"To pay: {money(Decimal(text))}",)


@pytest.mark.parametrize(
    ("action", "code"),
    [
        ("funding line changed", "funding-lines"),
        ("shortfall rate added", "empty-posts"),
        ("payment certified", "payments"),
        ("payment tested", "tests"),
        ("payment stopped by its test", "tests"),
        ("counter-entry approved", "counter-entries"),
        ("annual statement prepared", "statements"),
        ("return accepted", None),
    ],
)
def test_each_action_is_of_one_kind(action: str, code: str | None) -> None:
    kind = kind_of(action)
    assert (kind.code if kind else None) == code
    assert len({one.code for one in KINDS}) == len(KINDS)
