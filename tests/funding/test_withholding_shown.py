"""What a notice withholds as pages and files show it, and what the notice's own page says of it."""

from datetime import date

import pytest
from django.urls import reverse

from contracts.access import standing_of
from contracts.levers.consequences import consequences_of
from contracts.models import Notice, Role
from tests.kent import Kent
from tests.money import approved, certified
from tests.notices import AQN, served_notice
from tests.visiting import text_of, visitor
from tests.withholding import put_right, withholding_notice

pytestmark = pytest.mark.django_db
JUNE = date(2019, 6, 1)


def said(notice: Notice, role: Role, kent: Kent) -> list[str]:
    standing = standing_of(kent.people[role], kent.agreement)
    return [one.sentence for one in consequences_of(notice, standing, date(2019, 7, 20))]


def test_the_notice_says_what_it_does_to_payments(loaded: Kent) -> None:
    notice = withholding_notice(loaded)
    rule = "If it is put right by 3 December 2019, what is withheld is released. Put right later, or never, it is kept."
    unchecked = " This is to be checked against your contract."
    assert said(notice, Role.COUNCIL_FINANCE, loaded) == [
        "£2,000.00 of Early Help is proposed to be withheld from the payment for June 2019.",
        "£2,000.00 of Early Help is proposed to be withheld from the payment for July 2019.",
        rule + unchecked,
    ]
    payment = certified(loaded, JUNE)
    assert said(notice, Role.COUNCIL_FINANCE, loaded)[0].startswith("£2,000.00 of Early Help is withheld from")
    # A payment that nobody approved is no more than a draft to who sees no payments.
    assert "proposed" in said(notice, Role.PROVIDER_EDITOR, loaded)[0]
    approved(loaded, payment)
    assert "proposed" not in said(notice, Role.PROVIDER_EDITOR, loaded)[0]
    put_right(loaded, notice)
    assert said(notice, Role.COUNCIL_FINANCE, loaded)[1:] == [
        "£2,000.00 of Early Help is proposed to be paid after all, with the payment for July 2019.",
        "It was put right on 10 July 2019, so what was withheld is released." + unchecked,
    ]


def test_a_notice_that_may_come_to_withholding_says_what_that_would_be(loaded: Kent) -> None:
    notice = served_notice(loaded)
    assert said(notice, Role.PROVIDER_EDITOR, loaded) == [
        "If it comes to withholding, 2% of the monthly instalment of Early Help is withheld each month until it "
        "is put right: £2,000.00 of the £100,000.00 due for July 2019. This is to be checked against your contract."
    ]
    assert said(served_notice(loaded, AQN), Role.PROVIDER_EDITOR, loaded) == []


def test_the_page_of_the_notice_says_it_too(loaded: Kent) -> None:
    notice = withholding_notice(loaded)
    page = visitor(loaded, Role.PROVIDER_EDITOR).get(f"/agreements/KCC-CYPMHS-S76/notices/{notice.pk}/")
    assert "£2,000.00 of Early Help is proposed to be withheld from the payment for June 2019." in text_of(page)


def test_pages_lead_from_what_is_withheld_to_its_notice(loaded: Kent) -> None:
    notice = withholding_notice(loaded)
    here, priya = "/agreements/KCC-CYPMHS-S76/", visitor(loaded, Role.COUNCIL_FINANCE)
    link = f"{here}notices/{notice.pk}/"
    assert link in priya.get(f"{here}money/payments/certify/2019-06/").content.decode()
    assert link in priya.get(f"{here}money/?month=2019-06").content.decode()
    payment = certified(loaded, JUNE)
    assert link in priya.get(f"{here}money/payments/{payment.number}/").content.decode()
    assert link in visitor(loaded, Role.AUDITOR).get(f"{here}money/audit/").content.decode()
    assert link in priya.get(f"{here}money/?month=2019-06").content.decode()


def test_files_name_the_notice(loaded: Kent) -> None:
    withholding_notice(loaded)
    certified(loaded, JUNE)
    ledger = visitor(loaded, Role.COUNCIL_FINANCE).get(reverse("payments_csv", args=["KCC-CYPMHS-S76"]))
    assert "CPN 2019/01" in ledger.content.decode()


def test_only_a_month_that_has_ended_leads_to_its_page_of_money(loaded: Kent) -> None:
    notice = withholding_notice(loaded)
    standing = standing_of(loaded.people[Role.COUNCIL_FINANCE], loaded.agreement)
    june, july, _ = consequences_of(notice, standing, date(2019, 7, 20))
    assert (june.url, july.url) == ("/agreements/KCC-CYPMHS-S76/money/?month=2019-06", "")
