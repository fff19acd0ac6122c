"""What stands beside a figure that shows a disputed caseload, or one that both sides have signed a figure for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, CharField, F, Value, When

from contracts.formatting import whole
from contracts.models import Agreement
from performance.caseload_subjects import NO_SUBJECTS, CaseloadSubjects, caseload_subjects
from performance.dispute_rules import AgreedFigure, Status
from performance.disputes import differences_known, signed_figures
from performance.models import Figure
from performance.month_reconciled import within
from performance.reconciliation import Kind
from performance.return_pages.sight import names_in

WHOLE = ""


@dataclass(frozen=True, slots=True)
class ShownDispute:
    """That a figure of the month is disputed; or, with `agreed`, the figure that both sides signed in its place."""

    month: date
    agreed: AgreedFigure | None = None


@dataclass(frozen=True, slots=True)
class FigureDisputes:
    """The months and areas in which a difference is left, the figures signed where none is, and whom it concerns."""

    subjects: CaseloadSubjects
    disputed: frozenset[tuple[date, str]]
    signed: Mapping[date, AgreedFigure]
    signed_by: str = ""

    def signed_in_words(self, agreed: AgreedFigure) -> str:
        """ "KCC and NELFT signed 195 in its place."."""
        return f"{self.signed_by} signed {whole(agreed.children)} in its place."

    def of(self, figure: Figure | None) -> ShownDispute | None:
        """What stands beside `figure`; None for nothing. A part of the area is disputed where its own cases are."""
        if figure is None or not self.subjects.has_caseload(figure):
            return None
        area = WHOLE if figure.area.parent_id is None else figure.area.code
        if (figure.month, area) in self.disputed:
            return ShownDispute(figure.month)
        agreed = self.signed.get(figure.month)
        if agreed is None or area != WHOLE or not self.subjects.is_caseload(figure):
            return None
        return ShownDispute(figure.month, agreed)


NOTHING = FigureDisputes(NO_SUBJECTS, frozenset(), {})


def figure_disputes(agreement: Agreement, months: Sequence[date], at: datetime | None) -> FigureDisputes:
    """What stands beside the figures of `months`, as known at `at`. One query where all is agreed, else up to six.

    A difference leaves every area in doubt that it is counted in: its own, those that hold it, and where the case is
    held in another, that one and those that hold it.
    """
    elsewhere = Case(
        When(kind=Kind.AREA_DIFFERS.value, then=F("council_says")), default=Value(""), output_field=CharField()
    )
    known = differences_known(agreement, months, at).annotate(elsewhere=elsewhere).order_by()
    rows = list(known.values_list("month", "area__code", "elsewhere", "status").distinct())
    if not rows:
        return NOTHING
    left = [row[:3] for row in rows if row[3] != Status.SIGNED]
    above = _above(agreement) if left else {}
    disputed = frozenset(
        (month, area) for month, *areas in left for one in areas for area in (WHOLE, *above.get(one, ()))
    )
    explained = {row[0] for row in rows} - {month for month, _ in disputed}
    signed = signed_figures(agreement, explained, at) if explained else {}
    return FigureDisputes(caseload_subjects(agreement), disputed, signed, _both_sides(agreement) if signed else "")


def _above(agreement: Agreement) -> Mapping[str, Sequence[str]]:
    """By the code of each area the codes of those that it is counted in: itself, and what it lies in however deep."""
    holding = within(list(agreement.areas.all()))
    codes = frozenset().union(*holding.values())
    return {code: [area.code for area, parts in holding.items() if code in parts] for code in codes}


def _both_sides(agreement: Agreement) -> str:
    names = names_in(agreement)
    return f"{names.council} and {names.provider}"
