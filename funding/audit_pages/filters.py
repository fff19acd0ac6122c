"""Which payments and events the audit view is asked for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.db.models import Q

from funding.audit_pages.kinds import KINDS, Kind, kind_called
from funding.payment_moves import PaymentState

YEAR = re.compile(r"(20[0-9]{2})-([0-9]{2})")
CENTURY = 100
LONGEST_KEY = 9
# What asks for the changes of money as a file; anything else asks for the payments.
EVENTS = "events"


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What an address asks for; what it cannot mean is left out, and the page shows what it is filtered by."""

    year: str = ""
    state: str = ""
    payer: str = ""
    kind: str = ""

    @property
    def payments(self) -> Q:
        """The payments asked for."""
        asked = Q()
        if self.year:
            first = int(self.year[:4])
            asked &= Q(month__gte=date(first, 4, 1), month__lt=date(first + 1, 4, 1))
        if self.state:
            asked &= Q(state=self.state)
        return asked & Q(payer=int(self.payer)) if self.payer else asked

    @property
    def events(self) -> Q:
        """The events asked for: of one kind, or of every kind about money."""
        kind = kind_called(self.kind)
        return _of_any([kind] if kind else KINDS) & ~_of_earlier_kinds(self.kind)

    def query(self, **more: str) -> str:
        """The filter as the query of an address, `?` included; empty where nothing is asked for."""
        asked = {"year": self.year, "state": self.state, "payer": self.payer, "kind": self.kind, **more}
        written = urlencode({name: value for name, value in asked.items() if value})
        return f"?{written}" if written else ""


def asked_for(query: Mapping[str, str]) -> AuditFilter:
    """The filter that an address asks for."""
    state, payer, kind = query.get("state", ""), query.get("payer", ""), query.get("kind", "")
    is_key = payer.isascii() and payer.isdecimal() and len(payer) <= LONGEST_KEY
    return AuditFilter(
        year=_year(query.get("year", "")),
        state=state if state in PaymentState.values else "",
        payer=payer if is_key else "",
        kind=kind if kind_called(kind) else "",
    )


def year_name(first: int) -> str:
    """A financial year as an address writes it: "2019-20"."""
    return f"{first}-{(first + 1) % CENTURY:02d}"


def _year(text: str) -> str:
    found = YEAR.fullmatch(text)
    return text if found and text == year_name(int(found[1])) else ""


def _of_earlier_kinds(code: str) -> Q:
    """The events that an earlier kind of the list takes: "payment tested" is a test."""
    codes = [kind.code for kind in KINDS]
    return _of_any(KINDS[: codes.index(code)] if code else ())


def _of_any(kinds: Iterable[Kind]) -> Q:
    """The events that one of the kinds holds."""
    return reduce(or_, (_of(kind) for kind in kinds), Q(pk__in=[]))


def _of(kind: Kind) -> Q:
    actions = reduce(or_, (Q(action__istartswith=action) for action in kind.actions))
    said = (Q(**{f"{one.side}__{one.name}__contains": one.value}) for one in kind.says)
    return actions & reduce(or_, said, Q())
