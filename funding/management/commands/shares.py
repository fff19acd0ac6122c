"""`manage.py shares`: each element's share of the money beside its share of the caseload."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from contracts import clock
from contracts.console_arguments import agreement_called, ended_month_called, moment_called
from contracts.formatting import POUNDS, month_name, percent, quantity
from contracts.looking_back import in_words
from contracts.models import Agreement
from funding.known_shares import KnownShare
from funding.queries.published_shares import PublishedShare, published_shares
from funding.queries.shares import ElementShares, MonthOfShares, shares_of
from funding.share_bases import Basis
from performance.queries import NOT_AVAILABLE, exact_text

CASELOAD, CHILDREN = "caseload", "children"


class Command(BaseCommand):
    """Print the shares of a month with what each is a share of."""

    help = "Print each element’s share of the money beside its share of the caseload, as a table or with --json."

    def add_arguments(self, parser: CommandParser) -> None:
        """--agreement REF --month YYYY-MM [--as-at YYYY-MM-DD[THH:MM]] [--json]"""
        parser.add_argument("--agreement", required=True, metavar="REF")
        parser.add_argument("--month", required=True, metavar="YYYY-MM")
        parser.add_argument(
            "--as-at", metavar="YYYY-MM-DD[THH:MM]", help="As known at the end of that day, or at that moment."
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every element that the council funds in the month, on every base."""
        agreement = agreement_called(options["agreement"])
        month = ended_month_called(options["month"], agreement, clock.today())
        as_at = moment_called("--as-at", options["as_at"], clock.now())
        held, published = shares_of(agreement, month, as_at), published_shares(agreement, as_at)
        if options["json"]:
            self.stdout.write(json.dumps(_record(agreement, held, published), indent=1, ensure_ascii=False))
            return
        known = f", as known on {in_words(as_at)}" if as_at else ""
        self.stdout.write(f"Shares of money and of caseload, {month_name(month)}{known}")
        if not held.elements:
            self.stdout.write("The council funds no element in this month.")
        for one in held.elements:
            self.stdout.write(f"\n{one.element.name} ({one.element.code})")
            for title, share, unit in _titled(one):
                self.stdout.write(f"  {title:<30} {_in_words(share, unit)}")
        for each in published:
            self.stdout.write(f"\n{each.published.figure}, {each.published.source}: {each.conclusion}")


def _titled(one: ElementShares) -> list[tuple[str, KnownShare, str]]:
    money = [(basis.heading, share, POUNDS) for basis, share in one.money.items()]
    return [*money, ("Caseload", one.caseload, CHILDREN)]


def _in_words(share: KnownShare, unit: str) -> str:
    if share.percent is None:
        return f"{NOT_AVAILABLE}: {share.reason}"
    return f"{percent(share.percent):>6}  {quantity(share.part, unit)} of {quantity(share.whole, unit)}"


def _record(agreement: Agreement, held: MonthOfShares, published: tuple[PublishedShare, ...]) -> dict[str, Any]:
    bases = [{"code": basis.value, "name": basis.heading, "unit": POUNDS} for basis in Basis]
    return {
        "agreement": agreement.reference,
        "month": f"{held.month:%Y-%m}",
        "bases": [*bases, {"code": CASELOAD, "name": "Caseload", "unit": CHILDREN}],
        "elements": [
            {
                "code": one.element.code,
                "name": one.element.name,
                **{basis.value: share.as_record() for basis, share in one.money.items()},
                CASELOAD: one.caseload.as_record(),
            }
            for one in held.elements
        ],
        "published": [_published_record(each) for each in published],
    }


def _published_record(each: PublishedShare) -> dict[str, Any]:
    assert each.published.element is not None
    return {
        "code": each.published.code,
        "element": each.published.element.code,
        "stated_as": each.published.stated_as,
        "source": each.published.source,
        "conclusion": each.conclusion,
        "tried": [
            {
                "part": exact_text(one.part.pounds),
                "part_name": one.part.name,
                "part_source": one.part.source,
                "whole": exact_text(one.whole.pounds),
                "whole_name": one.whole.name,
                "whole_source": one.whole.source,
                "percent": exact_text(one.percent),
                "shown": percent(one.percent).rstrip("%"),
                "gives_what_was_printed": gives,
            }
            for one, gives in each.rows
        ],
    }
