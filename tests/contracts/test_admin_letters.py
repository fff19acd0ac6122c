"""Wordings of letters in the admin site: names that there are, a preview, and letters that are only read."""

import pytest
from django.test import Client

from contracts.letters.names import NAMES, faults_of, filled
from contracts.letters.wording import OWN
from contracts.models import LetterTemplate, Occasion, Role
from cypmhs_portal.demo.letters import load_letter_wordings
from tests.admin_pages import add_address, change_address, errors_of, sent, signed_in
from tests.kent import Kent
from tests.notices import served_notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client, kent: Kent) -> Client:
    return signed_in(client, kent.people[Role.ADMINISTRATOR])


def typed(kent: Kent, title: str = "{notice}", body: str = "Dear {provider}\n\nYours") -> dict[str, str]:
    return {"agreement": str(kent.agreement.pk), "occasion": "served", "title": title, "body": body}


def test_a_wording_kept_here_is_the_next_letters(administrator: Client, kent: Kent) -> None:
    answer = sent(administrator, add_address(LetterTemplate), typed(kent))
    assert answer.status_code == 302, errors_of(answer)
    letter = served_notice(kent).letters.get()
    assert letter.title == "Contract Performance Notice 2019/01"
    assert letter.body == "Dear North East London NHS Foundation Trust\n\nYours"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{notices}", "There is no name “{notices}”."),
        ("{ notice }", "There is no name “{ notice }”."),
        ("{}", "There is no name “{}”."),
        ("{0.__class__}", "There is no name “{0.__class__}”."),
        ("{notice", "A brace stands alone."),
        ("notice}", "A brace stands alone."),
    ],
)
def test_a_name_that_there_is_not_is_refused_with_those_there_are(
    administrator: Client, kent: Kent, text: str, fault: str
) -> None:
    for changes in ({"title": text}, {"body": text}):
        answer = sent(administrator, add_address(LetterTemplate), typed(kent) | changes)
        (said,) = errors_of(answer)
        assert said.startswith(fault)
    assert "{due_on}" in " ".join(faults_of("{notices}"))
    assert not LetterTemplate.objects.exists()


def test_the_page_lists_the_names_and_shows_a_preview(administrator: Client, kent: Kent) -> None:
    said = administrator.get(add_address(LetterTemplate)).content.decode()
    for name in NAMES:
        assert f"<code>{{{name}}}</code>" in said
    assert "Save it first" in said
    template = LetterTemplate.objects.create(
        agreement=kent.agreement, occasion=Occasion.SERVED, title="{kind}", body="<b>Dear</b> {provider}\n\nBy {due_on}"
    )
    said = administrator.get(change_address(template)).content.decode()
    assert "<strong>Contract Performance Notice</strong>" in said
    assert "<p>&lt;b&gt;Dear&lt;/b&gt; North East London NHS Foundation Trust</p><p>By 17 September 2019</p>" in said


def test_every_wording_of_the_portal_and_the_demo_can_be_filled_in(kent: Kent) -> None:
    load_letter_wordings(kent.agreement)
    load_letter_wordings(kent.agreement)
    kept = LetterTemplate.objects.filter(agreement=kent.agreement)
    assert {one.occasion for one in kept} == set(OWN) == set(Occasion.values) - {Occasion.ASKED}
    own = [text for one in OWN.values() for text in one]
    for text in [*own, *(text for one in kept for text in (one.title, one.body))]:
        assert faults_of(text) == []
        assert "{" not in filled(text, {})


def test_one_wording_for_an_occasion(administrator: Client, kent: Kent) -> None:
    sent(administrator, add_address(LetterTemplate), typed(kent))
    sent(administrator, add_address(LetterTemplate), typed(kent))
    assert LetterTemplate.objects.count() == 1


def test_letters_are_read_and_nothing_else(administrator: Client, kent: Kent) -> None:
    letter = served_notice(kent).letters.get()
    assert letter.title in administrator.get(change_address(letter)).content.decode()
    assert administrator.post(change_address(letter), {"title": "Another"}).status_code == 403
