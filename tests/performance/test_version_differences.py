"""What differs between two versions of a return: the rule, the page and the file, for each reader."""

import csv
import io
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from contracts.audit import CONSOLE
from contracts.models import Role
from performance.actions.deciding import accept, sign_off
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from performance.differences import Kind, Said, differences
from performance.models import Version
from performance.return_pages.wording import difference_between
from tests.hostile_files.build import Changes, workbook_with
from tests.kent import DEMO_MOMENT, Kent
from tests.visiting import RETURNS, text_of, visitor

pytestmark = pytest.mark.django_db
COMPARE = f"{RETURNS}2019-08/compare/"
FILE = f"{RETURNS}2019-08/compare.csv"
HEADS = ["Sheet", "Group", "Measure", "Unit", "Area", "What"]


def number(value: int | str, cell: str = "D4", comment: str = "") -> Said:
    return Said(cell, Decimal(value), str(value), comment)


def unsaid(reason: str) -> Said:
    return Said("G4", None, f"not reported: {reason}", is_reported=False)


HIDDEN = Said("D4", None, "*", is_hidden=True)


@pytest.mark.parametrize(
    ("old", "new", "kind", "by"),
    [
        (number(114), number(130), Kind.CHANGED, 16),
        (number(0), number(3), Kind.CHANGED, 3),
        (None, number(0), Kind.ADDED, None),
        (number(0), None, Kind.TAKEN_OUT, None),
        (number(0), unsaid("No system"), Kind.NOT_REPORTED, None),
        (unsaid("No system"), number(0), Kind.GOT_NUMBER, None),
        (unsaid("No system"), unsaid("Ill"), Kind.OTHER_REASON, None),
        (HIDDEN, number(10), Kind.CHANGED, None),
        (number(10), HIDDEN, Kind.CHANGED, None),
    ],
)
def test_each_way_to_differ(old: Said | None, new: Said | None, kind: Kind, by: int | None) -> None:
    held = differences(["a"], {"a": old} if old else {}, {"a": new} if new else {})
    assert [(one.kind, one.by) for one in held.found] == [(kind, by)]
    assert (held.same, held.hidden) == (0, 0)


def test_what_is_the_same_is_counted_and_what_is_hidden_is_not_compared() -> None:
    old = {"a": number(1), "b": number(2, "D5"), "c": HIDDEN, "d": unsaid("No system")}
    new = {"a": number(1), "b": number(2, "D9"), "c": HIDDEN, "d": unsaid("No system")}
    held = differences("abcdz", old, new)
    assert (held.found, held.same, held.hidden) == ((), 3, 1)


def test_a_comment_that_changed_is_found_beside_a_number_that_did_not() -> None:
    held = differences("a", {"a": number(1)}, {"a": number(1, comment="Checked")})
    assert (len(held.found), len(held.comments), held.same) == (0, 1, 1)


SAID = st.one_of(st.integers(0, 3).map(number), st.sampled_from(["x", "y"]).map(unsaid), st.just(HIDDEN))
STATEMENTS = st.dictionaries(st.sampled_from("abcdef"), SAID)


@given(STATEMENTS, STATEMENTS)
def test_every_thing_said_is_found_the_same_or_hidden(old: dict[str, Said], new: dict[str, Said]) -> None:
    there = differences("abcdef", old, new)
    back = differences("abcdef", new, old)
    assert len(there.found) + there.same + there.hidden == len(old.keys() | new.keys())
    assert (there.same, there.hidden) == (back.same, back.hidden)
    assert [one.by for one in there.found] == [None if one.by is None else -one.by for one in back.found]
    assert differences("abcdef", old, old).found == ()
    assert all(one.by is None for one in there.found if HIDDEN in (one.old, one.new))


@pytest.mark.parametrize(
    ("by", "unit", "text"),
    [("16", "contacts", "+16"), ("-0.25", "WTE", "−0.25"), ("1", "WTE", "+1.0"), ("12.5", "pounds", "+£12.50")],
)
def test_a_difference_in_words(by: str, unit: str, text: str) -> None:
    assert difference_between(Decimal(by), unit) == text


# ---- the page and the file


def hand_in(kent: Kent, changes: Changes, *, signs: bool = True, accepts: bool = True) -> Version:
    """One more version of August, which may stay a draft."""
    at = DEMO_MOMENT + timedelta(minutes=Version.objects.count())
    judged = judge(ReceivedFile(workbook_with(changes), "correction.xlsx"), on=at.date(), expected=kent.agreement)
    version = receive(judged, by=CONSOLE, at=at, why="Counted again", warnings_reason="Checked").version
    assert version is not None, judged.findings
    if signs:
        version = sign_off(version, by=CONSOLE, at=at)
    return accept(version, by=CONSOLE, at=at) if signs and accepts else version


LIAISONS: Changes = {("Activity", "D4"): 130, ("Activity", "F4"): 221}


def rows_of(client: Client, query: str = "") -> list[list[str]]:
    """The rows of the file, without its heads."""
    answer = client.get(f"{FILE}{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="differences-2019-08')
    heads, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert heads[:6] == HEADS
    return rows


def test_the_changed_cells_with_their_difference(loaded: Kent) -> None:
    hand_in(loaded, {**LIAISONS, ("Activity", "H4"): "Two clinics were left out"})
    council = visitor(loaded, Role.COUNCIL_COMMISSIONER)
    said = text_of(council.get(COMPARE))
    assert "Version 1 against version 2" in said
    assert "2 numbers changed" in said
    assert "Liaisons Support to Early Help Units East Kent Changed D4 114 130 +16" in said
    assert "Liaisons Support to Early Help Units Kent Changed F4 205 221 +16" in said
    assert "Liaisons Support to Early Help Units no comment Two clinics were left out" in said
    rows = rows_of(council)
    assert [row[2:] for row in rows] == [
        ["Liaisons", "contacts", "East Kent", "Changed", "D4", "114", "D4", "130", "16"],
        ["Liaisons", "contacts", "Kent", "Changed", "F4", "205", "F4", "221", "16"],
        ["Liaisons", "contacts", "East Kent", "Comment", "D4", "", "D4", "Two clinics were left out", ""],
    ]


def test_a_number_that_is_no_longer_reported_and_back(loaded: Kent) -> None:
    gone = {("Activity", cell): None for cell in ("D4", "E4", "F4")}
    hand_in(loaded, {**gone, ("Activity", "G4"): "@ The system is down"})
    council = visitor(loaded, Role.COUNCIL_COMMISSIONER)
    said = text_of(council.get(COMPARE))
    assert "3 numbers no longer reported" in said
    assert "not reported: @ The system is down none to show" in said
    back = text_of(council.get(f"{COMPARE}?from=2&to=1"))
    assert "3 numbers now reported" in back
    assert {row[-1] for row in rows_of(council)} == {""}


def test_text_that_would_start_a_formula_is_neutralised_and_negative_numbers_are_not(loaded: Kent) -> None:
    hand_in(loaded, {("Activity", "D4"): 100, ("Activity", "F4"): 191, ("Activity", "H4"): "-1+2"})
    rows = rows_of(visitor(loaded, Role.COUNCIL_COMMISSIONER))
    assert [row[-1] for row in rows] == ["-14", "-14", ""]
    assert rows[-1][-2] == "'-1+2"


def test_the_file_says_what_the_page_says(loaded: Kent) -> None:
    hand_in(loaded, {**LIAISONS, ("Open book", "D2"): "1234567.89"})
    council = visitor(loaded, Role.COUNCIL_COMMISSIONER)
    page, rows = text_of(council.get(COMPARE)), rows_of(council)
    assert len(rows) == 3
    plain = page.replace(",", "").replace("£", "").replace("−", "-")
    assert all(f"{row[7]} {row[9]}" in plain for row in rows)


def test_the_last_two_unless_others_are_named(loaded: Kent) -> None:
    hand_in(loaded, LIAISONS)
    hand_in(loaded, {("Activity", "D4"): 131, ("Activity", "F4"): 222})
    council = visitor(loaded, Role.COUNCIL_COMMISSIONER)
    assert "Version 2 against version 3" in text_of(council.get(COMPARE))
    assert "Version 1 against version 2" in text_of(council.get(f"{COMPARE}?to=2"))
    assert "D4 114 131 +17" in text_of(council.get(f"{COMPARE}?from=1&to=3"))
    assert "A version does not differ from itself" in text_of(council.get(f"{COMPARE}?from=2&to=2"))
    links = council.get(f"{RETURNS}2019-08/versions/3/").content.decode()
    assert f'href="{COMPARE}?to=3"' in links
    assert f'href="{COMPARE}?to=2"' in links
    assert f'href="{COMPARE}?to=1"' not in links


@pytest.mark.parametrize("query", ["?from=1&to=9", "?from=9", "?to=x", "?from=1.5", "?from=-1", "?from=" + "9" * 5000])
def test_a_version_that_is_not_there(loaded: Kent, query: str) -> None:
    hand_in(loaded, LIAISONS)
    council = visitor(loaded, Role.COUNCIL_COMMISSIONER)
    assert council.get(f"{COMPARE}{query}").status_code == 404
    assert council.get(f"{FILE}{query}").status_code == 404


def test_a_draft_is_compared_by_those_who_see_drafts(loaded: Kent) -> None:
    hand_in(loaded, LIAISONS, signs=False)
    council, editor = (visitor(loaded, role) for role in (Role.COUNCIL_COMMISSIONER, Role.PROVIDER_EDITOR))
    assert "There is nothing to compare: only version 1" in text_of(council.get(COMPARE))
    assert council.get(f"{COMPARE}?to=2").status_code == 404
    assert council.get(f"{FILE}?from=1&to=2").status_code == 404
    assert rows_of(council) == []
    assert "Version 1 against version 2" in text_of(editor.get(COMPARE))


def test_a_month_of_which_there_is_no_return(loaded: Kent) -> None:
    council = visitor(loaded, Role.COUNCIL_COMMISSIONER)
    assert council.get(f"{RETURNS}2016-08/compare/").status_code == 404
    assert "no version of this month’s return is here" in text_of(council.get(f"{RETURNS}2019-09/compare/"))


# ---- small counts


SEXES = "Support to Early Help Units: Sex"
# Female 88, male 99 and not stated 4: the last two are moved without moving the total of 191.
MOVED_BY_TWO: Changes = {("Equality", "D3"): 97, ("Equality", "D4"): 6}
MOVED_WITHIN_FIVE: Changes = {("Equality", "D2"): 87, ("Equality", "D3"): 100}
EXACT = [Role.COORDINATING_COMMISSIONER, Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY, Role.AUDITOR]
OTHERS = [Role.COUNCIL_COMMISSIONER, Role.COUNCIL_FINANCE, Role.ASSOCIATE_COMMISSIONER]


def sexes(client: Client) -> list[list[str]]:
    """What the file says of the sexes: label, old, new, difference."""
    return [[row[2], row[7], row[9], row[10]] for row in rows_of(client) if row[1] == SEXES]


@pytest.mark.parametrize("role", EXACT)
def test_exact_small_counts_for_those_who_may_see_them(loaded: Kent, role: Role) -> None:
    hand_in(loaded, MOVED_BY_TWO)
    reader = visitor(loaded, role)
    assert sexes(reader) == [["Male", "99", "97", "-2"], ["Not stated", "4", "6", "2"]]
    assert "rounded to the nearest 5" not in text_of(reader.get(COMPARE))


@pytest.mark.parametrize("role", OTHERS)
def test_a_hidden_count_has_no_difference(loaded: Kent, role: Role) -> None:
    hand_in(loaded, MOVED_BY_TWO)
    reader = visitor(loaded, role)
    # 4 is hidden in version 1, and the next smallest with it, because the total is known; nothing is in version 2.
    assert sexes(reader) == [["Female", "*", "90", ""], ["Male", "100", "95", "-5"], ["Not stated", "*", "5", ""]]
    said = text_of(reader.get(COMPARE))
    assert "Not stated Support to Early Help Units: Sex Kent Changed D4 * 5 none to show" in said
    assert "What is compared is what stands here" in said


@pytest.mark.parametrize("role", OTHERS)
def test_what_moves_within_its_rounding_is_not_told(loaded: Kent, role: Role) -> None:
    hand_in(loaded, MOVED_WITHIN_FIVE)
    reader = visitor(loaded, role)
    assert sexes(reader) == []
    said = text_of(reader.get(COMPARE))
    assert "Nothing differs in what you may see of the two versions" in said
    assert re.search(r"\d small counts hidden in both versions, and not compared", said)


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("changes", [MOVED_BY_TWO, MOVED_WITHIN_FIVE])
def test_the_comparison_shows_only_what_each_version_shows(loaded: Kent, role: Role, changes: Changes) -> None:
    hand_in(loaded, changes)
    reader = visitor(loaded, role)
    for label, old, new, _ in sexes(reader):
        for number_of_version, shown in ((1, old), (2, new)):
            page = text_of(reader.get(f"{RETURNS}2019-08/versions/{number_of_version}/?sheet=equality"))
            assert f"{label} {shown} " in page.partition(SEXES)[2].partition("Age band")[0]
