"""No page or file gives an exact Equality count to those who may not see one: they open everything there is."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from contracts.access import ROLE_PERMISSIONS
from contracts.audit import CONSOLE
from contracts.models import Event, Role
from contracts.permissions import Permission
from performance.actions.deciding import accept, sign_off
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from performance.models import Version
from performance.recompute import work_off
from tests.hostile_files.build import csv_with, workbook_with
from tests.kent import DEMO_MOMENT, Kent
from tests.performance.test_equality_page import SEPTEMBER
from tests.visiting import RETURNS, text_of, visitor

pytestmark = pytest.mark.django_db
BLIND = [role for role, held in ROLE_PERMISSIONS.items() if held and Permission.SEE_EXACT_COUNTS not in held]
KENT = "/agreements/KCC-CYPMHS-S76/"
# Of two versions, the counts from D2 down: none is a multiple of five or stands anywhere else in the portal, as the
# key of a row neither.
FIRST = (
    *(731_304, 731_303, 4),
    *(3, 221_701, 940_303, 300_604),
    *(811_101, 222_102, 111_303, 111_704, 206_399, 2),
    *(444_101, 777_202, 241_308),
)
SECOND = (
    *(732_306, 732_304, 3),
    *(2, 222_801, 941_103, 300_707),
    *(812_202, 223_102, 112_403, 112_704, 204_199, 3),
    *(444_802, 778_402, 241_409),
)
COUNTS = {count for count in (*FIRST, *SECOND) if count > 4}
EAST = 6626


def september(kent: Kent, counts: tuple[int, ...], number: int) -> Version:
    """An accepted version of September that says `counts`, and the caseload that they add up to."""
    total = sum(counts[:3])
    caseload = {"D2": EAST, "E2": total - EAST, "F2": total}
    pathway = {"B5": EAST, "C5": total - EAST, "D5": total}
    changes = {("Activity", cell): value for cell, value in caseload.items()}
    changes |= {("Caseload by pathway", cell): value for cell, value in pathway.items()}
    changes |= {("Equality", f"D{row}"): count for row, count in enumerate(counts, start=2)}
    build = workbook_with if number == 1 else csv_with
    name = "september.xlsx" if number == 1 else "september.csv"
    at = DEMO_MOMENT + timedelta(minutes=number)
    judged = judge(ReceivedFile(build(changes, SEPTEMBER), name), on=at.date(), expected=kent.agreement)
    version = receive(judged, by=CONSOLE, at=at, why="Counted again", warnings_reason="A larger team").version
    assert version is not None, judged.findings
    return accept(sign_off(version, by=CONSOLE, at=at), by=CONSOLE, at=at)


@pytest.fixture(scope="module")
def corrected(loaded: Kent) -> Kent:
    """Kent with two versions of September whose Equality counts are found wherever they stand."""
    for number, counts in enumerate((FIRST, SECOND), start=1):
        assert sum(counts[:3]) == sum(counts[3:7]) == sum(counts[7:13]) == sum(counts[13:])
        september(loaded, counts, number)
    work_off(loaded.agreement)
    return loaded


def exact_counts_in(text: str) -> set[int]:
    """The exact counts among the numbers of a page or file, however they are written."""
    numbers = {int(found.replace(",", "")) for found in re.findall(r"(?<![\d.])\d{1,3}(?:,\d{3})+|\d+", unescape(text))}
    return numbers & COUNTS


def pages(client: Client) -> Iterator[tuple[str, str]]:
    """Every address that can be reached from the agreement's menu and concerns September, with what it answers."""
    to_open, met = [KENT], {KENT}
    while to_open:
        path = to_open.pop()
        answer = client.get(path, follow=True)
        if answer.status_code != 200:
            continue
        text = answer.content.decode(errors="replace")  # a workbook is no text
        yield path, text
        here = answer.request["PATH_INFO"]
        for href in re.findall(r'href="([^"#]+)', text):
            url = here + unescape(href) if href.startswith("?") else unescape(href)
            if url.startswith(KENT) and url not in met and is_of_september(url):
                met.add(url)
                to_open.append(url)


def is_of_september(url: str) -> bool:
    return {*re.findall(r"\d{4}-\d\d", url)} <= {"2019-09"}


def test_the_counts_are_found_where_they_are_shown(corrected: Kent) -> None:
    """Those with the permission meet every one of them: the search finds what there is."""
    found: set[int] = set()
    for _, text in pages(visitor(corrected, Role.AUDITOR)):
        found |= exact_counts_in(text)
    assert found == COUNTS


@pytest.mark.parametrize("role", BLIND)
def test_no_page_or_file_has_an_exact_count(corrected: Kent, role: Role) -> None:
    opened = {path: exact_counts_in(text) for path, text in pages(visitor(corrected, role))}
    assert {path: found for path, found in opened.items() if found} == {}
    assert {f"{KENT}equality/", f"{KENT}equality.csv?month=2019-09"} <= opened.keys()
    sheets = {f"{RETURNS}2019-09/versions/{number}/?sheet=equality" for number in (1, 2)}
    assert sheets <= opened.keys()
    assert len(opened) > 40


@pytest.mark.parametrize("role", BLIND)
def test_the_same_counts_are_hidden_on_each_page(corrected: Kent, role: Role) -> None:
    """A correction beside the version before it, that version's own page, and the page of the months."""
    client = visitor(corrected, role)
    first, second = (text_of(client.get(f"{RETURNS}2019-09/versions/{n}/?sheet=equality")) for n in (1, 2))
    months = text_of(client.get(f"{KENT}equality/?month=2019-09"))
    assert "Female 731,305 * Male * 100 Not stated * *" in first
    second = re.sub(r" Ask about (Female|Male|Not stated)", "", second)
    assert "Female 732,305 731,305 * Male * * 100 Not stated * * *" in second
    assert "Female 732,305 about 50% Male * hidden Not stated * hidden" in months


def test_no_page_of_the_admin_site_has_one(corrected: Kent) -> None:
    client = visitor(corrected, Role.ADMINISTRATOR)
    addresses = [reverse("admin:index"), f"{reverse('admin:performance_line_changelist')}?q=Female"]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses.append(reverse(f"{name}_changelist"))
        newest = model._default_manager.order_by("-pk")[:2]
        addresses += [reverse(f"{name}_change", args=[row.pk]) for row in newest]
    opened = {address: client.get(address, follow=True) for address in addresses}
    found = {address: exact_counts_in(answer.content.decode()) for address, answer in opened.items()}
    assert {address: counts for address, counts in found.items() if counts} == {}
    assert any("/version/" in address for address in opened)


def test_no_figure_and_no_event_has_one(corrected: Kent) -> None:
    said = io.StringIO()
    call_command("figures", agreement="KCC-CYPMHS-S76", month="2019-09", json=True, stdout=said)
    assert exact_counts_in(said.getvalue()) == set()
    assert '"value"' in said.getvalue()
    for event in Event.objects.filter(agreement=corrected.agreement):
        assert exact_counts_in(f"{event.subject} {event.before} {event.after}") == set()


def test_whoever_sees_uploads_and_their_findings_may_see_exact_counts() -> None:
    wants = {Permission.SEE_UPLOADS, Permission.UPLOAD_RETURN, Permission.SIGN_RETURN}
    sees_uploads = [held for held in ROLE_PERMISSIONS.values() if held & wants]
    assert len(sees_uploads) > 1
    assert all(Permission.SEE_EXACT_COUNTS in held for held in sees_uploads)
