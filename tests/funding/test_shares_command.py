"""What `manage.py shares` says, and that it says the same as the figures that are kept."""

import io
import json
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from performance.models import Figure
from performance.queries import exact_text
from tests.kent import Kent

pytestmark = pytest.mark.django_db
REFERENCE = "KCC-CYPMHS-S76"
NOT_RECORDED = "Not reported by NELFT: Not recorded separately from the Complex Pathway"


def said(*options: str, month: str = "2019-08", reference: str = REFERENCE) -> str:
    output = io.StringIO()
    call_command("shares", "--agreement", reference, "--month", month, *options, stdout=output)
    return output.getvalue()


def record(month: str = "2019-08") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said("--json", month=month))
    return found


def element(found: dict[str, Any], code: str) -> dict[str, Any]:
    return next(one for one in found["elements"] if one["code"] == code)


@pytest.mark.parametrize(
    ("base", "shown", "part", "whole"),
    [
        ("contract", "7.3", "1200000", "16457000"),  # 004 §2.7
        ("council", "45.2", "1200000", "2657000"),
        ("open-book", "35.3", "58739.27", "166244.63"),
        ("open-book-year", "35.2", "290239.27", "825146.73"),
        ("caseload", "1.4", "191", "13783"),  # 004 §2.6 and §2.3
    ],
)
def test_early_help_in_august_2019_on_every_base(loaded: Kent, base, shown, part, whole):
    share = element(record(), "ehu")[base]
    assert (share["shown"], share["part"], share["whole"], share["reason"]) == (shown, part, whole, "")


def test_every_base_is_named(loaded: Kent) -> None:
    found = record()
    assert (found["agreement"], found["month"]) == (REFERENCE, "2019-08")
    codes = [base["code"] for base in found["bases"]]
    assert codes == ["contract", "council", "open-book", "open-book-year", "caseload"]
    assert [one["code"] for one in found["elements"]] == ["ehu", "khnes", "lac", "hsb"]
    assert all(set(codes) < set(one) for one in found["elements"])


def test_a_share_that_is_not_known_has_its_reason_and_no_number(loaded: Kent) -> None:
    share = element(record(), "hsb")["caseload"]
    assert share == {
        "percent": None, "shown": "not available", "part": None, "whole": "13783", "reason": NOT_RECORDED,
    }  # fmt: skip
    assert "KHNES" in element(record(), "khnes")["caseload"]["reason"]


def test_a_month_without_an_accepted_return_keeps_its_money_and_says_why_there_is_no_caseload(loaded: Kent) -> None:
    found = element(record("2019-09"), "ehu")
    assert found["contract"]["shown"] == "7.3"
    for base, lacks in (("open-book", "open book"), ("open-book-year", "open book"), ("caseload", "return")):
        assert (found[base]["percent"], found[base]["reason"]) == (
            None,
            f"No {lacks} for September 2019 has been accepted.",
        )


def test_the_shares_are_the_figures_that_are_kept(loaded: Kent) -> None:
    kept = Figure.objects.filter(
        known_until=None, element__code="lac", month=date(2019, 8, 1), area__parent=None, indicator__purpose__gt=""
    )
    by_purpose = {figure.indicator.purpose: exact_text(figure.value) for figure in kept.select_related("indicator")}
    lac = element(record(), "lac")
    for base, purpose in (("contract", "contract-share"), ("council", "council-share"), ("caseload", "caseload-share")):
        assert lac[base]["percent"] == by_purpose[purpose]


def test_the_published_share_is_held_against_every_base(loaded: Kent) -> None:
    [published] = record()["published"]
    assert (published["code"], published["stated_as"], published["element"]) == ("P15", "8%", "ehu")
    tried = {(one["part"], one["whole"]): (one["shown"], one["gives_what_was_printed"]) for one in published["tried"]}
    assert tried["1200000", "16457000"] == ("7.3", False)
    assert tried["1200000", "16500000"] == ("7.3", False)
    assert tried["1200000", "13800000"] == ("8.7", False)
    assert tried["1200000", "2657000"] == ("45.2", False)
    assert tried["1440000", "16500000"] == ("8.7", False)
    assert tried["58739.27", "166244.63"] == ("35.3", False)
    assert [pair for pair, (_, gives) in tried.items() if gives] == [("1200000", "15964287")]
    assert "does not name its base" in published["conclusion"]


def test_the_table_says_the_same(loaded: Kent) -> None:
    text = said()
    assert "7.3%  £1,200,000.00 of £16,457,000.00" in text
    assert "1.4%  191 children of 13,783 children" in text
    assert f"not available: {NOT_RECORDED}" in text


@pytest.mark.parametrize(
    ("month", "plainly"),
    [
        ("2019-13", '"2019-13" is no month'),
        ("August", '"August" is no month'),
        ("2016-08", "runs from September 2017 to August 2022"),
        ("2022-09", "September 2022 is outside the term"),
        ("2019-10", "October 2019 has not ended"),
    ],
)
def test_a_month_that_cannot_be_answered_for_is_said_plainly(loaded: Kent, month: str, plainly: str) -> None:
    with pytest.raises(CommandError, match=plainly):
        said(month=month)


def test_shares_as_they_were_known(loaded: Kent) -> None:
    """August's return was accepted on 18 September 2019; the figures were worked out on the demo's day."""
    text = said("--as-at", "2019-09-17")
    assert "August 2019, as known on 17 September 2019" in text
    assert "not available: No open book for August 2019 has been accepted." in text
    with pytest.raises(CommandError, match="--as-at: “soon” is no date or moment"):
        said("--as-at", "soon")


def test_an_unknown_agreement_is_said_plainly(loaded: Kent) -> None:
    with pytest.raises(CommandError, match=f"There is no agreement called NOWHERE. There are: {REFERENCE}"):
        said(reference="NOWHERE")


def test_a_month_that_no_return_was_required_for_says_so(loaded: Kent) -> None:
    early_help = element(record("2017-10"), "ehu")
    assert early_help["contract"]["shown"] == "7.3"
    assert early_help["caseload"]["reason"] == "No return was required for October 2017."


def test_an_agreement_that_funds_nothing_has_no_rows(loaded: Kent) -> None:
    loaded.agreement.funding_lines.all().delete()
    assert json.loads(said("--json"))["elements"] == []
    assert "The council funds no element" in said()
