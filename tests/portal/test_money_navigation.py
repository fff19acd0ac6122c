"""The menu of money: each reader finds what they may open, and nothing else."""

import re

import pytest
from django.urls import reverse

from contracts.access import ROLE_PERMISSIONS, Standing
from contracts.models import Agreement, Role, User
from contracts.permissions import Permission
from funding.sub_navigation import MONEY_PAGES, is_about_money, sub_navigation
from tests.kent import Kent
from tests.visiting import visitor

HERE = "/agreements/KCC-CYPMHS-S76/"
READERS = [role for role in Role if ROLE_PERMISSIONS[role]]


def a_reader(role: Role) -> Standing:
    return Standing(User(), Agreement(reference="KCC-CYPMHS-S76"), frozenset({role}), ROLE_PERMISSIONS[role])


@pytest.mark.parametrize("page", MONEY_PAGES, ids=lambda page: page.address)
def test_each_entry_leads_to_a_page_that_asks_for_what_the_menu_asks_for(kent: Kent, page) -> None:
    address = reverse(page.address, args=[kent.agreement.reference])
    for role in READERS:
        is_there = page.permission in ROLE_PERMISSIONS[role]
        assert visitor(kent, role).get(address).status_code == (200 if is_there else 403), (role, address)


@pytest.mark.parametrize(
    ("role", "texts"),
    [
        (Role.PROVIDER_EDITOR, ["Money", "Open book", "Shares"]),
        (Role.ASSOCIATE_COMMISSIONER, ["Money", "Open book", "Shares"]),
        (Role.AUDITOR, [page.text for page in MONEY_PAGES]),
        (Role.COUNCIL_FINANCE, [page.text for page in MONEY_PAGES]),
        (Role.ADMINISTRATOR, []),
    ],
)
def test_readers_see_what_they_may_open(role: Role, texts: list[str]) -> None:
    assert [entry["text"] for entry in sub_navigation(a_reader(role), "money")] == texts


def test_the_page_one_is_on_is_marked() -> None:
    reader = a_reader(Role.COUNCIL_FINANCE)
    marks = {entry["text"]: entry["current"] for entry in sub_navigation(reader, "payments") if entry["current"]}
    assert marks == {"Payments": "page"}
    behind = {entry["text"]: entry["current"] for entry in sub_navigation(reader, "payment_detail") if entry["current"]}
    assert behind == {"Payments": "true"}


def test_other_pages_have_no_menu_of_money() -> None:
    assert not is_about_money("overview")
    assert sub_navigation(a_reader(Role.AUDITOR), "overview") == []


@pytest.mark.parametrize("role", READERS)
def test_the_main_menu_leads_to_money_and_knows_when_one_is_there(kent: Kent, role: Role) -> None:
    assert Permission.SEE_MONEY in ROLE_PERMISSIONS[role]
    client = visitor(kent, role)
    elsewhere = client.get(HERE).content.decode()
    assert f'<a class="govuk-service-navigation__link" href="{HERE}money/">Money</a>' in elsewhere
    there = client.get(f"{HERE}money/open-book/").content.decode()
    assert re.search(rf'href="{HERE}money/" aria-current="true"', there)
    assert re.search(rf'href="{HERE}money/open-book/" aria-current="page"', there)
