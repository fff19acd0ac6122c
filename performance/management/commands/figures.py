"""`manage.py figures`: an agreement's figures of a month, as known now or at an earlier moment."""

import json
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from contracts import clock
from contracts.console_arguments import agreement_called, moment_called, month_called
from contracts.formatting import month_name
from contracts.looking_back import in_words
from performance.disputed_figures import FigureDisputes, figure_disputes
from performance.models import Figure
from performance.queries import as_record, figures_of, shown, waiting_recomputes
from performance.told_disputes import beside

COLUMNS = "{:<32} {:<6} {:<10} {:>16} {:>9} {:>9}  {}"


class Command(BaseCommand):
    """Print figures with their targets, verdicts and sources."""

    help = "Print an agreement’s figures of a month, as a table or with --json."

    def add_arguments(self, parser: CommandParser) -> None:
        """--agreement REF --month YYYY-MM [--as-at YYYY-MM-DD[THH:MM]] [--json]"""
        parser.add_argument("--agreement", required=True, metavar="REF")
        parser.add_argument("--month", required=True, metavar="YYYY-MM")
        parser.add_argument(
            "--as-at", metavar="YYYY-MM-DD[THH:MM]", help="As known at the end of that day, or at that moment."
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every figure of the month; a month without any is said plainly."""
        agreement = agreement_called(options["agreement"])
        month = month_called(options["month"])
        as_at = moment_called("--as-at", options["as_at"], clock.now())
        figures = list(figures_of(agreement, as_at).filter(month=month))
        waiting = waiting_recomputes(agreement, as_at)
        disputes = figure_disputes(agreement, [month], as_at)
        if options["json"]:
            records = [as_record(figure, waiting) | beside(figure, disputes) for figure in figures]
            self.stdout.write(json.dumps(records, indent=1))
            return
        if not figures:
            self.stdout.write(_nothing(month, as_at))
            return
        if as_at is not None:
            self.stdout.write(f"As known on {in_words(as_at)}.")
        if waiting.concerns(month):
            self.stdout.write("These figures wait to be worked out again and may change.")
        self.stdout.write(COLUMNS.format("Indicator", "Elem.", "Area", month_name(month), "Target", "Floor", "Verdict"))
        for figure in figures:
            self.stdout.write(_row(figure, disputes))


def _nothing(month: date, as_at: datetime | None) -> str:
    if as_at is not None:
        return f"Nothing was known of {month_name(month)} on {in_words(as_at)}."
    return f"There are no figures of {month_name(month)}: it has not ended, or is outside the term."


def _row(figure: Figure, disputes: FigureDisputes) -> str:
    unit = "%" if figure.unit == "percent" else "£" if figure.unit == "pounds" else ""
    value = shown(figure) if figure.value is None else f"{shown(figure)} {unit}".strip()
    terms = ["" if term is None else f"{term.normalize():f}" for term in (figure.target, figure.floor)]
    element = figure.element.code if figure.element else ""
    said = (figure.reason or figure.verdict) + _dispute(figure, disputes)
    return COLUMNS.format(figure.indicator.code, element, figure.area.code, value, *terms, said)


def _dispute(figure: Figure, disputes: FigureDisputes) -> str:
    told = beside(figure, disputes)
    if told["disputed"]:
        return ", disputed"
    return "" if told["agreed_figure"] is None else f", agreed figure {told['agreed_figure']}"
