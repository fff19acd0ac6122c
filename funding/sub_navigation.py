"""The pages of money, in the order of their menu, and what it takes to open each."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from contracts.access import Standing
from contracts.permissions import Permission


@dataclass(frozen=True, slots=True)
class MoneyPage:
    """One entry of the menu; `stands_for` is what the names of the pages behind it begin with."""

    text: str
    address: str
    permission: Permission
    stands_for: str = ""

    def is_of(self, here: str) -> bool:
        """Whether the page named `here` is this one or behind it."""
        return here == self.address or bool(self.stands_for and here.startswith(self.stands_for))

    def current(self, here: str) -> str:
        """What `aria-current` says of this entry on the page named `here`; empty where it is another's."""
        return "page" if here == self.address else "true" if self.is_of(here) else ""


MONEY_PAGES = (
    MoneyPage("Money", "money", Permission.SEE_MONEY),
    MoneyPage("Payments", "payments", Permission.SEE_PAYMENTS, "payment"),
    MoneyPage("Open book", "open_book", Permission.SEE_MONEY),
    MoneyPage("Shares", "shares", Permission.SEE_MONEY),
    MoneyPage("What if", "what_if", Permission.SEE_PAYMENTS),
    MoneyPage("Annual statement", "statements", Permission.SEE_PAYMENTS, "statement"),
    MoneyPage("Audit", "money_audit", Permission.SEE_AUDIT_TRAIL),
)


def is_about_money(here: str) -> bool:
    """Whether the page named `here` is one of money's."""
    return any(page.is_of(here) for page in MONEY_PAGES)


def sub_navigation(standing: Standing, here: str) -> list[dict[str, Any]]:
    """The menu for a page of money named `here`, with what the reader may open; none for any other page."""
    if not is_about_money(here):
        return []
    reference = standing.agreement.reference
    return [
        {"text": page.text, "url": reverse(page.address, args=[reference]), "current": page.current(here)}
        for page in MONEY_PAGES
        if standing.may(page.permission)
    ]
