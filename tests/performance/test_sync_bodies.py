"""What refuses a whole batch: one problem in a plain sentence that repeats nothing of it."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.council_sync.body import read_body
from performance.council_sync.cutting import cut
from performance.council_sync.keys import is_a_key, kept_key
from performance.council_sync.limits import MAX_BYTES, MAX_CASES
from performance.council_sync.refused import BatchRefused
from tests.council_batches import AS_OF, GOOD, KENT, SAMPLE, body_of

TODAY = date(2019, 10, 17)
SECRET = "Jane Doe"
FRAME = json.dumps({"agreement": KENT, "as_of": AS_OF, "cases": []})


def status(body: bytes) -> int:
    """The status that a body is refused with."""
    with pytest.raises(BatchRefused) as refused:
        read_body(body, TODAY)
    assert SECRET not in refused.value.detail
    assert refused.value.detail.endswith(".")
    return refused.value.status.value


def test_the_sample_is_a_batch() -> None:
    batch = read_body(SAMPLE.read_bytes(), TODAY)
    assert (batch.agreement, batch.as_of, len(batch.cases)) == (KENT, date(2019, 8, 31), 229)


def test_a_batch_without_cases_or_agreement_is_one() -> None:
    assert read_body(b'{"as_of": "2019-10-17", "cases": []}', TODAY).cases == []
    assert read_body(b'{"as_of": "2019-10-17", "cases": [], "agreement": null}', TODAY).agreement is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        SECRET.encode(),
        b"\xef\xbb\xbf" + FRAME.encode(),
        FRAME.encode("utf-16"),
        FRAME.encode() + b"{}",
        FRAME.replace("[]", "[NaN]").encode(),
        FRAME.replace("[]", "[Infinity]").encode(),
        FRAME.replace("[]", "[,]").encode(),
        FRAME.replace("[]", "['Jane Doe']").encode(),
        FRAME.replace("[]", '["\xff"]').encode("latin-1"),
        FRAME.replace("[]", '["\\ud800", NaN]').encode(),
        FRAME.replace("[]", '["\\ud800",]').encode(),
        FRAME.replace("[]", '["\\ud800" 1]').encode(),
        FRAME.replace("[]", '["\\ud800", "a\nb"]').encode(),
        FRAME.replace("[]", '["\\ud800"').encode(),
        FRAME.replace("[]", '{"a": "\\ud800"}').encode(),
        FRAME.replace(KENT, "\\ud800").encode(),
        FRAME.replace("[]", "[" * 100_000).encode(),
        FRAME.replace(f'"{KENT}"', "[" * 100_000 + "]" * 100_000).encode(),
        FRAME.replace("[]", "[" + "[" * 2_000 + "[],[]," * 60_000 + "1" + "]" * 2_000 + "]").encode(),
    ],
    ids=lambda body: repr(body[:40]),
)
def test_what_is_no_json_is_400(body: bytes) -> None:
    assert status(body) == 400


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"null",
        b"{}",
        b'"Jane Doe"',
        b'{"as_of": "2019-08-31"}',
        b'{"as_of": "2019-08-31", "cases": null}',
        b'{"as_of": "2019-08-31", "cases": {}}',
        b'{"as_of": "2019-08-31", "cases": "Jane Doe"}',
        b'{"as_of": "2019-08-31", "cases": [], "agreement": 76}',
        b'{"as_of": "2019-08-31", "cases": [], "Jane Doe": 1}',
        b'{"as_of": "2019-08-31", "cases": [], "cases": []}',
        b'{"as_of": "2019-08-31", "cases": [{}], "cases": [[[]]]}',
        b'{"as_of": "2019-08-31", "as_of": "2019-08-31", "cases": []}',
        b'{"cases": [' + b"9" * 5000 + b'], "as_of": "2019-08-31", "as_of": "2019-08-31"}',
        b'{"cases": []}',
        *(
            json.dumps({"as_of": as_of, "cases": []}).encode()
            for as_of in ("", SECRET, "2019-02-29", "31/08/2019", "2019-08-31T00:00:00Z", "1999-12-31", "2019-10-18")
        ),
        b'{"as_of": "2019-08-31", "cases": ["\\ud800"], "cases": []}',
        b'{"as_of": "2019-08-31", "cases": ["\\ud800"], "Jane Doe": 1}',
        b'{"as_of": null, "cases": []}',
        b'{"as_of": 20190831, "cases": []}',
    ],
    ids=lambda body: repr(body[:60]),
)
def test_what_is_no_batch_is_422(body: bytes) -> None:
    assert status(body) == 422


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"[]", "one JSON object"),
        (b'{"as_of": "2019-08-31"}', "no list called cases"),
        (b'{"as_of": "2019-08-31", "cases": {}}', "no list called cases"),
        (b'{"as_of": "2019-08-31", "cases": [], "agreement": 3}', "agreement must be"),
        (b'{"as_of": "2019-08-31", "cases": [], "sent_by": 1}', "something called sent_by beside"),
        (b'{"as_of": "2019-08-31", "cases": [], "child_name": 1}', "something beside"),
        (b'{"as_of": "2019-08-31", "as_of": "2019-08-31", "cases": []}', "twice"),
        (b'{"a":', "cut short"),
    ],
)
def test_each_fault_of_a_batch_has_its_own_sentence(body: bytes, says: str) -> None:
    with pytest.raises(BatchRefused, match=says):
        read_body(body, TODAY)


DEEP = "[" * 50_000 + "]" * 50_000
DEEP_OBJECT = '{"a": "]\\"", "b": ' * 3_000 + "1" + "}" * 3_000


@pytest.mark.parametrize("bad", ['{"unit": "\\ud800"}', DEEP, DEEP_OBJECT, '{"unit": ' + DEEP + "}"])
def test_a_case_that_nobody_can_read_leaves_the_others_whole(bad: str) -> None:
    good = json.dumps(GOOD)
    batch = read_body(FRAME.replace("[]", f" [ {good} , {bad},{good} ] ").encode(), TODAY)
    assert [bytes(raw).decode() for raw in batch.cases] == [good, bad, good]
    assert (batch.agreement, batch.as_of) == (KENT, date(2019, 8, 31))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(JSON, max_size=5), st.sampled_from([None, 1]), st.booleans())
def test_cut_case_by_case_a_batch_is_the_one_that_is_read_at_once(
    cases: list[Any], indent: int | None, is_ascii: bool
) -> None:
    told = {"agreement": KENT, "cases": cases, "as_of": AS_OF}
    text = json.dumps(told, indent=indent, ensure_ascii=is_ascii)
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    frame, found = cut(text)
    assert [json.loads(bytes(raw)) for raw in found] == cases
    assert json.loads(frame) == told | {"cases": []}


def test_more_than_a_batch_may_have_is_413() -> None:
    assert status(FRAME.replace("[]", '["\\ud800"' + ",1" * MAX_CASES + "]").encode()) == 413
    assert len(read_body(body_of([GOOD] * MAX_CASES), TODAY).cases) == MAX_CASES
    assert status(body_of([GOOD] * (MAX_CASES + 1))) == 413
    assert status(b" " * MAX_BYTES + FRAME.encode()) == 413


@pytest.mark.parametrize("key", ["a", "!~", "x" * 255, "7c1f0c4e-5d0e-4a52-9d9f-0a3a0f0f0f0f"])
def test_a_key_is_visible_ascii(key: str) -> None:
    assert is_a_key(key)


def test_of_a_key_only_its_fingerprint_is_kept() -> None:
    assert (kept_key(None), len(kept_key("943-476-5919"))) == ("", 64)
    assert kept_key("a") != kept_key("b")


@pytest.mark.parametrize("text", ["", "x" * 256, "a b", "a,b", ",", "é", "a\n", "\x7f", "a\0"])
def test_anything_else_is_no_key(text: str) -> None:
    assert not is_a_key(text)
