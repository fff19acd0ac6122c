"""Figures as large as their columns, and larger ones: true numbers as long as they fit, and never a crash."""

from decimal import Decimal, localcontext

import pytest

from contracts.audit import CONSOLE
from performance.actions.deciding import accept, sign_off
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from performance.figure_columns import TOO_LARGE, as_held
from performance.indicators import Worked
from performance.models import Figure
from performance.recompute import work_off
from tests.hostile_files.build import workbook_with
from tests.kent import DEMO_MOMENT, Kent, take_in
from tests.performance.kent_form import TODAY


@pytest.mark.django_db
def test_a_quotient_of_hundreds_of_millions_is_worked_out_to_its_last_decimal(kent: Kent) -> None:
    # What the open book says was spent on Early Help, over its 191 cases.
    content = workbook_with({("Open book", "C2"): 987_654_321, ("Open book", "C3"): 999_999_999.99})
    judged = judge(ReceivedFile(content, "return.xlsx"), on=TODAY, expected=kent.agreement)
    version = receive(judged, by=CONSOLE, at=DEMO_MOMENT, warnings_reason="A test").version
    assert version is not None, judged.findings
    accept(sign_off(version, by=CONSOLE, at=DEMO_MOMENT), by=CONSOLE, at=DEMO_MOMENT)
    work_off(kent.agreement)
    assert not kent.agreement.recompute_needs.filter(done_at=None).exists()
    figure = Figure.objects.get(
        indicator__purpose="cost-per-case", element__code="ehu", area__code="kent", month="2019-08-01", known_until=None
    )
    assert figure.numerator is not None
    assert figure.numerator > 10**9
    with localcontext(prec=60):
        assert figure.value == (figure.numerator / 191).quantize(Decimal(1).scaleb(-20))


@pytest.mark.parametrize(
    ("value", "numerator", "denominator"),
    [
        (Decimal(10) ** 18, Decimal(10) ** 12, Decimal("0.0001")),
        (-(Decimal(10) ** 18), -(Decimal(10) ** 12), Decimal("0.0001")),
        (Decimal(1), Decimal(10) ** 16, Decimal(10) ** 16),
        (Decimal(10) ** 16, Decimal(10) ** 16, None),
    ],
)
def test_what_the_columns_cannot_hold_is_not_available_and_says_so(
    value: Decimal, numerator: Decimal, denominator: Decimal | None
) -> None:
    held = as_held(Worked(value, numerator, denominator))
    assert (held.value, held.reason) == (None, TOO_LARGE)
    assert all(part is None or abs(part) < 10**16 for part in (held.numerator, held.denominator))


def test_the_largest_value_is_held_with_twenty_decimals() -> None:
    value = Decimal(f"{10**18 - 1}.{'9' * 20}")
    assert as_held(Worked(value, Decimal(1), None)).value == value


@pytest.mark.django_db
def test_what_was_worked_out_before_stays_the_same(kent: Kent) -> None:
    take_in(kent, [TODAY.replace(month=8, day=1)])
    work_off(kent.agreement)
    share = Figure.objects.get(
        indicator__purpose="caseload-share",
        element__code="ehu",
        area__code="kent",
        month="2019-08-01",
        known_until=None,
    )
    assert (share.numerator, share.denominator) == (Decimal(191), Decimal(13783))
    assert share.value == Decimal("1.38576507291591090474")
