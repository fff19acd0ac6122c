"""What a version's page shows of Equality counts is what every other page shows of the same version."""

from datetime import date

import pytest

from contracts.models import Indicator, Polarity, Role, Target, Unit
from performance.form import Sheet
from performance.indicators import Aggregation, Part
from performance.models import Definition, Line, Measure, Term, Version
from tests.kent import DEMO_MOMENT, Kent
from tests.visiting import RETURNS, text_of, visitor

pytestmark = pytest.mark.django_db
AUGUST, SEPTEMBER = date(2019, 8, 1), date(2019, 9, 1)


def test_a_month_compared_with_is_hidden_as_on_its_own_page(loaded: Kent) -> None:
    """Although the later version says less: the part it speaks of, hidden by itself, would show what was hidden."""
    version = Version.objects.get(of_return__month=AUGUST)
    with_fewer = september_with_fewer_groups(version)
    council = visitor(loaded, Role.COUNCIL_COMMISSIONER)
    text = text_of(council.get(f"{RETURNS}2019-09/versions/{with_fewer.number}/?sheet=equality"))
    # August's 94 and 34 of 4, 59, 94 and 34: on August's own page only 59 and 94 are shown.
    text = text.replace(" Ask about 11 to 15", "").replace(" Ask about 16 to 17", "")
    assert "11 to 15 95 95 16 to 17 35 *" in text


def september_with_fewer_groups(august: Version) -> Version:
    """An accepted version of September without the two younger age bands, made of August's other lines."""
    agreement = august.of_return.agreement
    Measure.objects.filter(agreement=agreement, label__in=["0 to 4", "5 to 10"]).update(
        in_force_from=august.of_return.month, in_force_until=SEPTEMBER
    )
    of = agreement.returns.get(month=SEPTEMBER)
    upload = august.upload
    upload.pk, upload.month, upload.sha256 = None, SEPTEMBER, "fewer groups"
    upload.save(force_insert=True)
    version = Version.objects.create(
        of_return=of, number=9, upload=upload, state="accepted", submitted_at=DEMO_MOMENT, accepted_at=DEMO_MOMENT
    )
    for line in Line.objects.filter(version=august).exclude(measure__label__in=["0 to 4", "5 to 10"]):
        line.pk, line.version = None, version
        line.save(force_insert=True)
    assert version.lines.filter(measure__sheet=Sheet.EQUALITY).count() == 14
    return version


@pytest.mark.parametrize("role", [Role.COUNCIL_COMMISSIONER, Role.ASSOCIATE_COMMISSIONER])
def test_a_count_that_misses_a_target_is_not_marked(loaded: Kent, role: Role) -> None:
    """A mark beside it, or one more flag in all, would say on which side of the target it lies."""
    pages = f"{RETURNS}2019-08/versions/1/?sheet=equality"
    before = text_of(visitor(loaded, role).get(pages))
    measure = Measure.objects.get(agreement=loaded.agreement, characteristic="Sex", label="Female")
    indicator = Indicator.objects.create(
        agreement=loaded.agreement,
        code="girls",
        name="Girls",
        unit=Unit.CHILDREN,
        polarity=Polarity.HIGHER,
        element=measure.element,
    )
    Target.objects.create(indicator=indicator, value=89, in_force_from=AUGUST)
    definition = Definition.objects.create(indicator=indicator, aggregation=Aggregation.MONTH_END, in_force_from=AUGUST)
    Term.objects.create(
        definition=definition,
        part=Part.NUMERATOR,
        source="return",
        sheet=Sheet.EQUALITY,
        element=measure.element,
        label="Female",
    )
    assert text_of(visitor(loaded, role).get(pages)) == before
