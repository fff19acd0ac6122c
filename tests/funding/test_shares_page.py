"""The pages of shares and of what-if, as people of each role see them."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.models import Role
from funding.models import FundingLine
from tests.kent import Kent
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
MONEY = "/agreements/KCC-CYPMHS-S76/money/"
SEES_PAYMENTS = {
    Role.COUNCIL_COMMISSIONER,
    Role.COUNCIL_FINANCE,
    Role.COORDINATING_COMMISSIONER,
    Role.AUDITOR,
}


def look(kent: Kent, page: str, role: str = Role.COUNCIL_COMMISSIONER, **asked: str):
    return visitor(kent, Role(role)).get(f"{MONEY}{page}/?{urlencode(asked)}")


def test_shares_of_august_2019_with_both_numbers_and_where_they_come_from(loaded: Kent) -> None:
    answer = look(loaded, "shares", month="2019-08")
    text = text_of(answer)
    assert "Early Help takes 7.3% of the contract’s value and holds 1.4% of its caseload." in text
    assert "£1,200,000 of £16,457,000" in text
    assert "191 of 13,783 children" in text
    assert "Not reported by NELFT: Not recorded separately from the Complex Pathway" in text
    for indicator in ("spend-share-of-contract", "spend-share-of-council", "element-caseload-share"):
        assert f"/figures/{indicator}/ehu/kent/2019-08/" in answer.content.decode()


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ("", "Early Help takes 7.3% of the contract’s value and holds 1.4%"),
        ("council", "Early Help takes 45.2% of the council’s funding and holds 1.4% of the caseload."),
        ("open-book", "Early Help takes 35.3% of the month’s open-book spend and holds 1.4%"),
        ("open-book-year", "Early Help takes 35.2% of the open-book spend since April and holds 1.4%"),
    ],
)
def test_the_base_can_be_changed(loaded: Kent, of: str, said: str) -> None:
    assert said in text_of(look(loaded, "shares", month="2019-08", of=of))


def test_the_published_share_says_what_fits_and_that_its_base_is_not_named(loaded: Kent) -> None:
    text = text_of(look(loaded, "shares"))
    assert "The published 8%" in text
    assert "1 of the 19 bases tried gives 8% to the digits printed" in text
    assert "The paper does not name its base" in text


def test_an_agreement_without_published_shares_has_no_such_part(loaded: Kent) -> None:
    loaded.agreement.published_figures.all().delete()
    assert "bases tried" not in text_of(look(loaded, "shares"))


def test_shares_are_shown_as_they_were_known(loaded: Kent) -> None:
    """August's return was accepted on 18 September 2019."""
    before = look(loaded, "shares", **{"month": "2019-07", "as-at": "2019-08-10", "of": "open-book"})
    assert "As known on 10 August 2019" in text_of(before)
    assert "Not available: No return for July 2019 has been accepted." in text_of(before)
    now = look(loaded, "shares", month="2019-07", of="open-book")
    assert "No return for July 2019" not in text_of(now)
    assert "Write a date" in text_of(look(loaded, "shares", **{"as-at": "soon"}))


@pytest.mark.parametrize("asked", [{"month": "2016-01"}, {"month": "x"}, {"of": "everything"}])
def test_what_there_is_not_is_not_found(loaded: Kent, asked: dict[str, str]) -> None:
    assert look(loaded, "shares", **asked).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_everyone_in_the_agreement_sees_shares_and_those_who_see_payments_ask_what_if(loaded: Kent, role: Role) -> None:
    assert look(loaded, "shares", role).status_code == 200
    assert look(loaded, "what-if", role).status_code == (200 if role in SEES_PAYMENTS else 403)


def test_as_many_queries_for_many_elements_as_for_four(loaded: Kent) -> None:
    client = visitor(loaded, Role.COUNCIL_COMMISSIONER)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{MONEY}shares/?month=2019-08")
            client.get(f"{MONEY}what-if/")
        return len(asked)

    count()
    few = count()
    line = loaded.agreement.funding_lines.filter(element__code="hsb").get()
    assert line.element is not None
    for number in range(10):
        element = loaded.agreement.elements.create(
            code=f"more-{number}",
            name=f"More {number}",
            short_name=f"More {number}",
            stage=line.element.stage,
            in_force_from=line.in_force_from,
            position=10 + number,
        )
        FundingLine.objects.create(
            agreement=loaded.agreement,
            funder=line.funder,
            element=element,
            annual_amount=12,
            in_force_from=line.in_force_from,
            source="A test",
        )
    assert count() == few
    assert "More 9" in text_of(look(loaded, "shares"))


def test_the_2019_decision_is_a_ready_example_by_rule(loaded: Kent) -> None:
    page = look(loaded, "what-if", **{"from": "2020-01"})
    assert 'href="?from=2020-01&amp;ehu=0&amp;khnes=40000">Retained in the contract after' in page.content.decode()
    text = text_of(look(loaded, "what-if", **{"from": "2020-01", "ehu": "0", "khnes": "40000"}))
    assert "£1,257,000 of £2,657,000 a year is kept; £1,400,000 moves." in text
    assert "http://testserver/agreements/KCC-CYPMHS-S76/money/what-if/?from=2020-01&ehu=0&khnes=40000" in text


def test_a_stated_change_that_does_not_add_up_is_no_example(loaded: Kent) -> None:
    loaded.agreement.funding_lines.filter(element__code="lac").update(annual_amount=900_000)
    assert "Retained" not in text_of(look(loaded, "what-if"))


def test_without_a_question_everything_is_as_agreed_from_the_next_month(loaded: Kent) -> None:
    text = text_of(look(loaded, "what-if"))
    assert "As agreed, from November 2019" in text
    assert "All of the £2,657,000 a year is kept." in text
    assert "£523.56" in text
    assert "Not available: Not reported by NELFT" in text


def test_what_was_typed_stays_beside_what_is_wrong_with_it(loaded: Kent) -> None:
    answer = look(loaded, "what-if", ehu="forty", khnes="40,000", lac="-1")
    text = text_of(answer)
    assert "Support to Early Help Units: write an amount in pounds and pence, like 1,200.50" in text
    assert "LAC Priority Assessment: write an amount of zero or more" in text
    for typed in ("forty", "40,000", "-1"):
        assert f'value="{typed}"' in answer.content.decode()
    assert "is kept" not in text


def test_a_month_outside_the_agreement_is_refused_plainly(loaded: Kent) -> None:
    assert "Choose a month of the agreement" in text_of(look(loaded, "what-if", **{"from": "2023-01"}))


def test_asking_changes_nothing(loaded: Kent) -> None:
    before = list(loaded.agreement.funding_lines.order_by("pk").values())
    look(loaded, "what-if", ehu="0")
    assert visitor(loaded, Role.COUNCIL_COMMISSIONER).post(f"{MONEY}what-if/", {"ehu": "0"}).status_code == 405
    assert list(loaded.agreement.funding_lines.order_by("pk").values()) == before
