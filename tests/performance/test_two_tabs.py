"""The reasons for warnings, written in two pages at once: nothing that somebody else wrote is lost without a word."""

import re
from collections import Counter
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from contracts.models import Role
from performance.models import Version
from performance.reasons import reasons_given
from tests.hostile_files.build import workbook_with
from tests.kent import Kent, take_in
from tests.visiting import address, hand_in, text_of, visitor

FEWER = {("Activity", f"{column}10"): number for column, number in (("D", 3), ("E", 2), ("F", 5))}
BOX = re.compile(r'<textarea name="(reason-\d+)"[^>]*>\n?(.*?)</textarea>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="(initial-reason-\d+)"(?: value="(.*?)")?', re.DOTALL)
FIRST, SECOND = "The units were closed.\nUntil the 9th", "A team moved"


@pytest.fixture
def editor(kent: Kent) -> Client:
    take_in(kent, [date(2019, 8, 1)])
    return visitor(kent, Role.PROVIDER_EDITOR)


@pytest.fixture
def signatory(kent: Kent) -> Client:
    return visitor(kent, Role.PROVIDER_SIGNATORY)


@pytest.fixture
def version(editor: Client) -> Version:
    hand_in(editor, workbook_with(FEWER, month=date(2019, 9, 1)))
    return Version.objects.get(of_return__month=date(2019, 9, 1))


def form_in(answer: Any) -> dict[str, str]:
    """What a browser would send of the page's boxes, if nobody touched them."""
    page = answer.content.decode()
    fields = {name: unescape(text) for pattern in (HIDDEN, BOX) for name, text in pattern.findall(page)}
    return {name: text.replace("\r\n", "\n").replace("\n", "\r\n") for name, text in fields.items()}


def opened(client: Client, version: Version) -> dict[str, str]:
    fields = form_in(client.get(address(version)))
    assert {"reason-0", "initial-reason-0"} <= fields.keys()
    return fields


def send(client: Client, version: Version, tab: dict[str, str], **typed: str) -> Any:
    fields = {name.replace("_", "-"): text for name, text in typed.items()}
    return client.post(address(version, "warnings/"), tab | fields, follow=True)


def given(version: Version) -> dict[int, str]:
    return {place: one.text for place, one in reasons_given(version).items()}


def test_a_page_that_stood_open_does_not_write_what_it_showed(editor: Client, signatory: Client, version: Version):
    send(editor, version, opened(editor, version), reason_0=FIRST)
    stale = opened(signatory, version)
    send(editor, version, opened(editor, version), reason_0=SECOND)
    answer = send(signatory, version, stale)
    assert "There is a problem" not in text_of(answer)
    assert given(version) == {0: SECOND}
    assert version.warning_reasons.count() == 2


def test_what_somebody_wrote_meanwhile_is_kept_and_said(editor: Client, signatory: Client, version: Version):
    stale = opened(signatory, version)
    send(editor, version, opened(editor, version), reason_0=FIRST)
    answer = send(signatory, version, stale, reason_0=SECOND)
    assert "Meanwhile Sam Ellis wrote ‘The units were closed. Until the 9th’, which is kept." in text_of(answer)
    assert given(version) == {0: FIRST}
    again = form_in(answer)
    assert again["reason-0"] == SECOND
    send(signatory, version, again)
    assert given(version) == {0: SECOND}


def test_both_may_write_the_same(editor: Client, signatory: Client, version: Version):
    stale = opened(signatory, version)
    send(editor, version, opened(editor, version), reason_0=FIRST)
    assert "Meanwhile" not in text_of(send(signatory, version, stale, reason_0=FIRST))
    assert given(version) == {0: FIRST}
    assert version.warning_reasons.count() == 1


@pytest.mark.parametrize("nothing", ["", "  \r\n", "\u200b"])
def test_a_reason_is_not_taken_away(editor: Client, version: Version, nothing: str):
    send(editor, version, opened(editor, version), reason_0=FIRST)
    answer = send(editor, version, opened(editor, version), reason_0=nothing)
    assert "A reason that was given stays: write another in its place" in text_of(answer)
    assert given(version) == {0: FIRST}


def test_every_box_has_its_own_name_and_label(editor: Client, version: Version):
    page = editor.get(address(version)).content.decode()
    ids = Counter(re.findall(r'\bid="([^"]+)"', page))
    assert not [name for name, times in ids.items() if times > 1]
    assert {"id_reason-0", "initial-id_reason-0"} <= ids.keys()
    assert 'for="initial-' not in page
