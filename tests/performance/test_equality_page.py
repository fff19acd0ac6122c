"""The page about equality, its charts and its file: the same counts in each, and in each as its reader may see them."""

import csv
import io
import json
import re
from datetime import date
from html import unescape

import pytest
from django.test import Client

from contracts.access import standing_of
from contracts.models import Agreement, Role, User
from performance.equality.counts import seen_by
from performance.equality.file import HEADINGS
from performance.equality.page import equality_page
from performance.equality.shapes import Characteristic
from performance.form import Sheet
from performance.models import Line, Measure, MeasureRule, Outcome, Return, State, Upload, Version
from performance.suppression import small_counts
from tests.barset import REFERENCE, load_barset
from tests.kent import DEMO_MOMENT, Kent
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
HERE = "/agreements/KCC-CYPMHS-S76/equality"
APRIL, AUGUST, SEPTEMBER = date(2018, 4, 1), date(2019, 8, 1), date(2019, 9, 1)
COUNCIL, EDITOR = Role.COUNCIL_COMMISSIONER, Role.PROVIDER_EDITOR
SEE_EXACT = [EDITOR, Role.PROVIDER_SIGNATORY, Role.COORDINATING_COMMISSIONER, Role.AUDITOR]
SEE_ROUNDED = [COUNCIL, Role.COUNCIL_FINANCE, Role.ASSOCIATE_COMMISSIONER]
AUGUST_ROUNDED = {
    "Sex": ["*", "100", "*"],
    "Age band": ["*", "60", "95", "*"],
    "Ethnic group": ["155", "10", "*", "*", "*", "15"],
    "Disability": ["30", "135", "25"],
}


def shown_to(kent: Kent, role: Role, month: date = AUGUST) -> dict[str, Characteristic]:
    """The characteristics as the demo's person of `role` sees them."""
    return {one.name: one for one in seen_by(standing_of(kent.people[role], kent.agreement), month)}


def now_texts(characteristic: Characteristic) -> list[str]:
    return [seen.text for seen in characteristic.now.counts]


def file_of(client: Client, query: str = "") -> list[dict[str, str]]:
    content = client.get(f"{HERE}.csv{query}").content.decode()
    return list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"))))


# ---- who sees what


@pytest.mark.parametrize("role", SEE_ROUNDED)
def test_most_readers_see_counts_rounded_and_small_ones_hidden(loaded: Kent, role: Role) -> None:
    assert {name: now_texts(one) for name, one in shown_to(loaded, role).items()} == AUGUST_ROUNDED
    answer = visitor(loaded, role).get(f"{HERE}/")
    assert "You see rounded counts." in text_of(answer)
    assert "You see exact counts." not in text_of(answer)


@pytest.mark.parametrize("role", SEE_EXACT)
def test_those_with_the_permission_see_exact_counts(loaded: Kent, role: Role) -> None:
    seen = shown_to(loaded, role)
    assert now_texts(seen["Sex"]) == ["88", "99", "4"]
    assert [one.share_text for one in seen["Sex"].now.counts] == ["46.1%", "51.8%", "2.1%"]
    assert "You see exact counts." in text_of(visitor(loaded, role).get(f"{HERE}/"))


def test_every_role_is_one_or_the_other(loaded: Kent) -> None:
    assert {*SEE_EXACT, *SEE_ROUNDED, Role.ADMINISTRATOR} == set(Role)
    assert visitor(loaded, Role.ADMINISTRATOR).get(f"{HERE}/").status_code == 404


def test_every_month_is_hidden_by_itself(loaded: Kent) -> None:
    exact, rounded = shown_to(loaded, EDITOR), shown_to(loaded, COUNCIL)
    for name, one in rounded.items():
        assert len(one.months) == 17
        for month, exactly in zip(one.months, exact[name].months, strict=True):
            counts = [seen.count for seen in exactly.counts]
            assert sum(count or 0 for count in counts) == exactly.total == month.total
            shown = small_counts([count or 0 for count in counts])
            assert [seen.text for seen in month.counts] == [str(count) for count in shown]


# ---- page, chart and file


def test_the_page_shows_the_month_and_says_what_it_shows(loaded: Kent) -> None:
    text = text_of(visitor(loaded, COUNCIL).get(f"{HERE}/"))
    assert "Male is the largest group in August 2019: about 100 children, about 52% of 191." in text
    assert "A year before, it was about 50 children, about 51%. Of 3 counts, 2 are hidden." in text
    assert "The groups add up to 191: Caseload at month end." in text
    exact = text_of(visitor(loaded, EDITOR).get(f"{HERE}/"))
    assert "Male is the largest group in August 2019: 99 children, 51.8% of 191." in exact


@pytest.mark.parametrize("role", [COUNCIL, EDITOR])
def test_charts_hold_the_numbers_of_their_table_and_no_others(loaded: Kent, role: Role) -> None:
    html = visitor(loaded, role).get(f"{HERE}/").content.decode()
    charts = [
        json.loads(found) for found in re.findall(r'<script id="[^"]*" type="application/json">(.*?)</script>', html)
    ]
    characteristics = list(shown_to(loaded, role).values())
    assert len(charts) == len(characteristics) == 4
    for chart, one in zip(charts, characteristics, strict=True):
        drawn = {line["name"]: tuple(line["y"]) for line in chart["data"]}
        shown = {group: one.counts_of(group) for group in one.groups}
        assert drawn == {group: counts for group, counts in shown.items() if any(c is not None for c in counts)}
        said = re.findall(r": (?:about )?([\d,]+)", unescape(json.dumps([line["hovertext"] for line in chart["data"]])))
        assert sorted(map(int, said)) == sorted(c for counts in shown.values() for c in counts if c is not None)


@pytest.mark.parametrize("role", [COUNCIL, EDITOR])
@pytest.mark.parametrize("month", ["", "?month=2018-06", "?month=2019-09"])
def test_the_file_equals_the_page(loaded: Kent, role: Role, month: str) -> None:
    client = visitor(loaded, role)
    html = client.get(f"{HERE}/{month}").content.decode()
    tables = re.findall(r'<table class="govuk-table">.*?</table>', html, re.S)
    rows = file_of(client, month)
    on_page = [cells for table in tables for row in table.split("<tr")[2:] for cells in _counts_in(row)]
    in_file = [(row["Children"], row["Share of the total (%)"]) for row in rows]
    assert on_page == in_file
    assert {row["Counts are"] for row in rows} == {"exact" if role == EDITOR else _rounded()}


def _counts_in(row: str) -> list[tuple[str, str]]:
    """The counts and shares of a row of the table by month, without its month and its total."""
    cells = re.findall(r"<td.*?</td>", row, re.S)[:-1]
    texts = [re.sub(r'<span class="govuk-visually-hidden">hidden</span>|<[^>]+>', " ", cell).split() for cell in cells]
    found = []
    for words in texts:
        share = words.pop().rstrip("%") if words[-1].endswith("%") else ""
        found.append((" ".join(word for word in words if word != "about"), share))
    return found


def _rounded() -> str:
    return "rounded to the nearest 5, small ones hidden (*)"


def test_the_file_is_one_that_a_spreadsheet_program_opens(loaded: Kent) -> None:
    answer = visitor(loaded, COUNCIL).get(f"{HERE}.csv?month=2019-07")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kcc-cypmhs-s76-equality-2019-07.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = file_of(visitor(loaded, COUNCIL), "?month=2019-07")
    assert tuple(rows[0]) == HEADINGS
    assert (rows[0]["Month"], rows[-1]["Month"], len(rows)) == ("2018-04", "2019-07", 16 * 16)


def test_looking_twice_shows_the_same(loaded: Kent) -> None:
    client = visitor(loaded, COUNCIL)
    assert client.get(f"{HERE}.csv").content == client.get(f"{HERE}.csv").content
    assert client.get(f"{HERE}/").content == client.get(f"{HERE}/").content


# ---- months


def test_a_month_without_an_accepted_return_says_so_and_is_no_nought(loaded: Kent) -> None:
    page = text_of(visitor(loaded, COUNCIL).get(f"{HERE}/?month=2019-09"))
    assert "No return for September 2019 has been accepted." in page
    one = shown_to(loaded, COUNCIL, SEPTEMBER)["Disability"]
    assert now_texts(one) == ["no return"] * 3
    assert one.counts_of("Disabled")[-2:] == (30, None)


@pytest.mark.parametrize("month", ["2019-10", "2017-01", "never"])
def test_a_month_that_is_not_shown_is_not_there(loaded: Kent, month: str) -> None:
    client = visitor(loaded, COUNCIL)
    assert client.get(f"{HERE}/?month={month}").status_code == 404
    assert client.get(f"{HERE}.csv?month={month}").status_code == 404


def test_the_first_month_has_tables_and_no_charts(loaded: Kent) -> None:
    html = visitor(loaded, COUNCIL).get(f"{HERE}/?month=2018-04").content.decode()
    assert "application/json" not in html
    assert "month by month since" not in html
    assert "Male is the largest group in April 2018" in html


def test_the_menu_leads_there(loaded: Kent) -> None:
    html = visitor(loaded, COUNCIL).get("/agreements/KCC-CYPMHS-S76/").content.decode()
    assert f'href="{HERE}/"' in html


# ---- another agreement


def ask(agreement: Agreement, element: str, characteristic: str, *groups: str) -> list[Measure]:
    """Ask the returns of `agreement` for the groups of a characteristic."""
    of = agreement.elements.get(code=element)
    return [
        Measure.objects.create(
            agreement=agreement,
            sheet=Sheet.EQUALITY,
            element=of,
            characteristic=characteristic,
            label=group,
            unit="children",
        )
        for group in groups
    ]


def accepted(agreement: Agreement, month: date, *said: tuple[Measure, int | str], nil_because: str = "") -> None:
    """An accepted return that says these counts, or why there is none."""
    upload = Upload.objects.create(
        agreement=agreement, month=month, file_name="x.xlsx", sha256=f"{month}", size=1, content=b"1",
        outcome=Outcome.VERSION, uploaded_by_name="Somebody", uploaded_at=DEMO_MOMENT,
    )  # fmt: skip
    of, _ = Return.objects.get_or_create(agreement=agreement, month=month, defaults={"due_on": date(2019, 12, 1)})
    version = Version.objects.create(
        of_return=of, number=1, upload=upload, state=State.ACCEPTED, nil_because=nil_because,
        submitted_at=DEMO_MOMENT, accepted_at=DEMO_MOMENT,
    )  # fmt: skip
    whole = agreement.areas.get(parent=None)
    for place, (measure, value) in enumerate(said):
        number, reason = (value, "") if isinstance(value, int) else (None, value)
        Line.objects.create(
            version=version, measure=measure, area=whole, value=number, not_reported_because=reason, cell=f"D{place}"
        )


@pytest.fixture
def barset(db: None, on_the_demo_day: date) -> tuple[Agreement, User]:
    return load_barset()


def page_text(user: User, query: str = "") -> str:
    client = Client()
    client.force_login(user)
    return text_of(client.get(f"/agreements/{REFERENCE}/equality/{query}"))


def test_an_agreement_without_equality_counts_says_so(barset: tuple[Agreement, User]) -> None:
    agreement, user = barset
    assert "are not asked for any equality counts" in page_text(user)
    assert equality_page(standing_of(user, agreement), SEPTEMBER).elements == ()


def test_any_characteristics_of_any_elements(barset: tuple[Agreement, User]) -> None:
    agreement, user = barset
    home = ask(agreement, "mentoring", "Language at home", "English", "Another")
    faith = ask(agreement, "support", "Religion", "None", "Any")
    mentored = agreement.measures.get(label="Children mentored")
    for measure in home:
        MeasureRule.objects.create(kind="adds up to", measure=measure, against=mentored)
    accepted(
        agreement,
        SEPTEMBER,
        (home[0], 41),
        (home[1], 3),
        (mentored, 44),
        (faith[0], 30),
        (faith[1], "Not asked of families"),
    )
    text = page_text(user)
    assert "No count can be shown for September 2019. Of 2 counts, 2 are hidden." in text
    assert "The groups add up to 44: Children mentored." in text
    # No total: counts without shares; what is not reported says why.
    assert "The agreement names no total that the groups add up to, so no shares are shown." in text
    assert "None is the largest group in September 2019: about 30 children. Of 2 counts, 1 is not reported." in text
    assert "Not asked of families" in text
    names = [name for name, _ in equality_page(standing_of(user, agreement), SEPTEMBER).elements]
    assert names == ["Mentoring", "Family support"]


def test_a_characteristic_not_reported_has_the_reason_and_a_nil_return_its_own(barset: tuple[Agreement, User]) -> None:
    agreement, user = barset
    home = ask(agreement, "mentoring", "Language at home", "English", "Another")
    accepted(agreement, AUGUST, *((measure, "The system cannot say") for measure in home))
    accepted(agreement, SEPTEMBER, nil_because="No sessions were held")
    august = page_text(user, "?month=2019-08")
    assert "Language at home is not reported for August 2019." in august
    assert "BCT: ‘The system cannot say’" in august
    september = page_text(user)
    assert "The return for September 2019 is a nil return." in september
    assert "No sessions were held" in september


def test_a_group_that_ended_is_not_asked_for_any_more(barset: tuple[Agreement, User]) -> None:
    agreement, user = barset
    home = ask(agreement, "mentoring", "Language at home", "English", "Another", "Welsh")
    Measure.objects.filter(pk=home[2].pk).update(in_force_until=SEPTEMBER)
    accepted(agreement, AUGUST, *((measure, 20) for measure in home))
    accepted(agreement, SEPTEMBER, (home[0], 30), (home[1], 30))
    (one,) = seen_by(standing_of(user, agreement), SEPTEMBER)
    assert now_texts(one) == ["30", "30", "not asked"]
    assert [group for group, _ in one.rows] == ["English", "Another"]
    assert one.counts_of("Welsh")[-2:] == (20, None)
