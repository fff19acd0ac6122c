"""Values beyond the limits of the months before ask for a reason."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.models import Indicator
from performance.actions.judging import Judged, ReceivedFile, judge
from performance.form import AskedArea, AskedMeasure, ReadLine, ReturnForm, Sheet
from performance.models import StepChange
from performance.ranges_before import usual_ranges_before
from performance.reported import Reported
from performance.spc import SpcOptions, xmr
from performance.usual_range import UsualRange, usual_range, values_are_within_their_usual_range
from tests.hostile_files.build import Changes, workbook_with
from tests.kent import DEMO_DAY, DEMO_MOMENT, EVERY_MONTH, Kent

VALUES = st.lists(st.none() | st.integers(0, 400).map(Decimal), min_size=1, max_size=30)
SEPTEMBER = date(2019, 9, 1)
MONEY = AskedMeasure(1, Sheet.OPEN_BOOK, "Early Help", "Pay", "pounds")


@given(VALUES)
def test_the_limits_are_those_of_the_chart(values: list[Decimal | None]) -> None:
    months = [date(2017 + place // 12, place % 12 + 1, 1) for place in range(len(values))]
    found = usual_range(values)
    reported = [value for value in values if value is not None]
    if found is None:
        chart = xmr(months, values, SpcOptions()) if reported else None
        assert len(reported) < 13 or chart is None or chart.points[-1].upl is None
        return
    last = xmr(months, values, SpcOptions()).points[-1]
    assert (found.upper, found.months) == (last.upl, len(reported))
    assert last.lpl is not None
    assert found.lower == max(last.lpl, Decimal(0))


def test_too_few_months_set_no_limits() -> None:
    assert usual_range([Decimal(place) for place in range(12)]) is None
    assert usual_range([Decimal(place % 3) for place in range(13)]) is not None


def test_months_that_never_differed_set_no_limits() -> None:
    assert usual_range([Decimal(5)] * 20) is None


def test_money_beyond_its_range_is_told_in_pounds() -> None:
    form = ReturnForm("A", "RAT", SEPTEMBER, SEPTEMBER, (AskedArea("kent", "Kent", None),), (MONEY,), (), None)
    line = ReadLine(1, "kent", Decimal("1234.5"), "", "", "Open book", "C2")
    known = Reported({(1, "kent"): line}, {1: MONEY}, form)
    (found,) = values_are_within_their_usual_range(known, {1: UsualRange(Decimal(100), Decimal("200.25"), 13)})
    assert found.found == "£1,234.50"
    assert found.expected.startswith("Between £100.00 and £200.")


def september(kent: Kent, changes: Changes) -> Judged:
    file = ReceivedFile(workbook_with(changes, SEPTEMBER), "september.xlsx")
    return judge(file, on=DEMO_DAY, expected=kent.agreement)


def unusual(judged: Judged) -> dict[str | None, str]:
    return {finding.cell: finding.expected for finding in judged.findings if finding.code == "usual-range"}


@pytest.mark.django_db
class TestAReturnAgainstTheMonthsBefore:
    def test_a_value_beyond_the_limits_is_a_warning_that_names_them(self, loaded: Kent) -> None:
        (warned,) = (f for f in september(loaded, {}).findings if f.code == "usual-range" and f.cell == "F2")
        assert (warned.level, warned.sheet, warned.found) == ("warning", "Activity", "191")
        assert warned.title == "Caseload at month end is above its usual range"
        assert warned.expected == "Between 120 and 139.8: the limits of the 17 months before (XmR chart)"

    def test_a_value_within_them_is_none(self, loaded: Kent) -> None:
        within: Changes = {
            ("Activity", "D2"): 70,
            ("Activity", "E2"): 60,
            ("Activity", "F2"): 130,
        }
        assert "F2" not in unusual(september(loaded, within))

    def test_what_is_not_reported_is_beyond_nothing(self, loaded: Kent) -> None:
        hsb = loaded.agreement.measures.get(element__code="hsb", label="Caseload at month end")
        assert hsb.pk not in usual_ranges_before(loaded.agreement, SEPTEMBER)

    def test_a_step_change_begins_the_range_anew(self, loaded: Kent) -> None:
        indicator = Indicator.objects.get(agreement=loaded.agreement, code="early-help-caseload")
        caseload = loaded.agreement.measures.get(element__code="ehu", label="Caseload at month end")
        assert caseload.pk in usual_ranges_before(loaded.agreement, SEPTEMBER)
        StepChange.objects.create(
            indicator=indicator,
            month=date(2019, 4, 1),
            reason="A new team",
            recorded_by=next(iter(loaded.people.values())),
            recorded_at=DEMO_MOMENT,
        )
        assert caseload.pk not in usual_ranges_before(loaded.agreement, SEPTEMBER), "five months are too few"

    def test_only_the_months_before_count(self, loaded: Kent) -> None:
        ranges = usual_ranges_before(loaded.agreement, EVERY_MONTH[13])
        assert {one.months for one in ranges.values()} == {13}
        assert usual_ranges_before(loaded.agreement, EVERY_MONTH[12]) == {}
