"""The API's page for people says what its document says, and needs no script."""

import re
import shlex

import pytest
from django.test import Client
from django.urls import reverse

from contracts.api.described import operations_in
from contracts.api.described_problems import EVERY
from contracts.models import Scope
from cypmhs_portal.api.docs_page import docs_page
from cypmhs_portal.api.whole_document import document
from cypmhs_portal.api_settings import SCOPES
from performance.council_sync.reasons import Reason

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def content() -> str:
    return str(Client().get(reverse("api_docs")).content.decode())


def test_every_operation_stands_on_it_with_its_parameters(content: str) -> None:
    for _, operation in operations_in(document()):
        section = content[content.index(f'id="{operation["operationId"]}"') :].partition("</section>")[0]
        assert [one["name"] for one in operation["parameters"] if f"<code>{one['name']}</code>" not in section] == []


def test_the_members_of_a_batch_stand_on_it_with_their_words(content: str) -> None:
    section = content[content.index('id="sendEarlyHelpBatch"') :].partition("</section>")[0]
    for name in ("as_of", "closed_on", "goals_met", "unit", "deleted", "stale", "refused"):
        assert f"<code>{name}</code>" in section, name
    shown = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", section))
    for words in ("Up to 5,000 cases", "8 MB", "tombstone", "closed_on (required)", "The portal holds a newer telling"):
        assert words in shown, words
    assert [reason for reason in Reason if f"<code>{reason.value}</code>" not in section] == []
    assert "unit (required)" not in shown


def test_what_the_type_of_a_problem_leads_to_is_there(content: str) -> None:
    assert [status for status in EVERY if f'id="problem-{status:d}"' not in content] == []
    statuses = {status for _, operation in operations_in(document()) for status in operation["responses"]}
    assert {one for one in statuses if one >= "400"} <= {f"{status:d}" for status in EVERY}


def test_every_scope_is_explained(content: str) -> None:
    assert [scope for scope in Scope if str(scope.label) not in content] == []


def test_every_link_on_the_page_leads_somewhere(content: str) -> None:
    anchors = set(re.findall(r'id="([^"]+)"', content))
    assert set(re.findall(r'href="#([^"]+)"', content)) <= anchors


def test_it_has_neither_script_nor_style_of_its_own(content: str) -> None:
    assert "<script>" not in content
    assert "style=" not in content
    assert "<style" not in content


def test_each_request_is_a_command_that_a_shell_can_read() -> None:
    for part in docs_page(document(), SCOPES).parts:
        for operation in part.operations:
            words = shlex.split(operation.curl)
            assert words[0] == "curl"
            assert any(word.startswith("http") and "{" not in word for word in words), operation.curl


def test_the_page_is_found_without_its_slash_and_from_every_page() -> None:
    assert Client().get("/api/docs").headers["Location"] == reverse("api_docs")
    assert f'href="{reverse("api_docs")}"' in Client().get(reverse("guide")).content.decode()
