"""A letter as a paper: its text as it was written and, where the notice was served by it, the figures quoted then."""

import re

from django.utils import timezone
from django.utils.text import slugify

from contracts.formatting import day, moment, month_name, plain, quantity, term
from contracts.letters.month_by_month import month_by_month
from contracts.levers.quoted import name_with_element
from contracts.models import EvidenceFigure, Letter, Occasion
from contracts.papers.paper import Block, Heading, Items, Paper, Paragraph, Table, paragraphs_of
from contracts.periods import parse_month

HEADINGS = ("Figure", "Area", "Month", "Value", "Target", "Verdict")
NUMBERS = frozenset({3, 4})
# What stands in a paper or a register is named in place of a cell.
A_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]*")


def paper_of(letter: Letter) -> Paper:
    """The letter; the same whenever it is made, because nothing of it changes."""
    return Paper(
        title=letter.title,
        stamp=(f"Written on {day(letter.written_on)}", letter.agreement_then),
        blocks=(*paragraphs_of(letter.body), *_evidence(letter)),
        written_at=letter.at,
        author=letter.move.by_name,
    )


def file_name_of(letter: Letter) -> str:
    """What its file is called, without an ending: "contract-performance-notice-2019-02-served"."""
    return slugify(f"{letter.notice.title.replace('/', '-')} {letter.occasion}") or f"letter-{letter.pk}"


def _evidence(letter: Letter) -> tuple[Block, ...]:
    if letter.occasion != Occasion.SERVED:
        return ()
    figures = _figures(letter)
    if not figures:
        return (Heading("Figures quoted"), Paragraph("No figures were quoted with this notice."))
    as_at = timezone.localtime(max(figure.as_at for figure in figures))
    table = Table(f"Figures as they were known on {moment(as_at)}", HEADINGS, tuple(map(_row, figures)), NUMBERS)
    sources = tuple(line for figure in figures for line in _sources(figure))
    months = (block for figure in figures for block in month_by_month(figure))
    listed = _listed("Where the figures come from", sources)
    return (Heading("Figures quoted"), table, *_notes(figures), *months, *listed)


def _figures(letter: Letter) -> list[EvidenceFigure]:
    """The figures of the moment of service; where none were quoted then, those that the notice was asked for with."""
    rows = list(letter.notice.evidence.order_by("position"))
    served = [row for row in rows if row.occasion == Occasion.SERVED]
    return served or [row for row in rows if row.occasion == Occasion.ASKED]


def _row(figure: EvidenceFigure) -> tuple[str, ...]:
    value = "Not available" if figure.value is None else quantity(figure.value, figure.unit)
    target = term(figure.agreed, figure.unit) or "None"
    if figure.agreed_is_illustrative:
        target += " (illustrative: no paper has it)"
    verdict = figure.verdict or "Not judged"
    name = name_with_element(figure.indicator_name, figure.element_name)
    return (name, figure.area_name, month_name(figure.month), value + _worked(figure), target, verdict)


def _worked(figure: EvidenceFigure) -> str:
    """ " (9.4 of 13)", what a share is worked out from; empty for a figure that is none."""
    if figure.value is None or figure.numerator is None or figure.denominator is None:
        return ""
    return f" ({plain(figure.numerator)} of {plain(figure.denominator)})"


def _notes(figures: list[EvidenceFigure]) -> tuple[Block, ...]:
    """What must be known of a figure before it is relied on."""
    said = ((figure, text) for figure in figures for text in (figure.why_not_available, figure.doubt) if text)
    return tuple(Paragraph(f"{_name(figure)}: {text}") for figure, text in said)


def _sources(figure: EvidenceFigure) -> list[str]:
    return [f"{_name(figure)}: {said}" for source in figure.sources if (said := _place(source))]


def _place(source: dict[str, object]) -> str:
    """Where one part of a figure stands: "return for August 2019, version 2, sheet Activity, cell F2 (191)"."""
    parts = (
        ("return for {}", _month(source.get("month"))),
        ("version {}", source.get("version")),
        ("sheet {}", source.get("sheet")),
        ("cell {}" if A_CELL.fullmatch(str(source.get("cell"))) else "{}", source.get("cell")),
        ("{}", source.get("label")),
        ("{}", source.get("area")),
    )
    said = ", ".join(words.format(value) for words, value in parts if value not in (None, ""))
    value = source.get("value")
    return f"{said} ({value})" if said and value not in (None, "") else said


def _month(written: object) -> str:
    """ "2019-08" as "August 2019"; anything else as it is."""
    try:
        return month_name(parse_month(str(written)))
    except ValueError:
        return str(written or "")


def _listed(heading: str, lines: tuple[str, ...]) -> tuple[Block, ...]:
    return (Heading(heading, level=3), Items(lines)) if lines else ()


def _name(figure: EvidenceFigure) -> str:
    name = name_with_element(figure.indicator_name, figure.element_name)
    return f"{name}, {figure.area_name}, {month_name(figure.month)}"
