"""The example client and the walk-through do what they say, against a portal that runs."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from contracts.api.pages import PAGE
from contracts.models import ApiClient, Scope
from cypmhs_portal.embedded.places import CHECKOUT
from performance.recompute import work_off
from tests.api_callers import SECRET, client_for
from tests.kent import load_terms, take_in
from tests.performance.two_caseloads import AUGUST
from tests.running_server import committing, listening

pytestmark = pytest.mark.django_db
DOCS = CHECKOUT / "docs" / "api"
BATCH = CHECKOUT / "cypmhs_portal" / "demo" / "council" / "early-help-cases-2019-08.json"
CLIENT_LINES = 100


@dataclass(frozen=True)
class Portal:
    """Where the portal listens, and a client that may do what the demo’s Early Help system may."""

    url: str
    client: ApiClient

    def run(self, *command: str, secret: str = SECRET, folder: Path = CHECKOUT) -> subprocess.CompletedProcess[str]:
        """Run a command that knows the client's secret from its environment."""
        environment = {"CLIENT_ID": self.client.client_id, "CLIENT_SECRET": secret, "PORTAL": self.url}
        return subprocess.run(
            command, cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=60
        )


@pytest.fixture(scope="module")
def portal(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Portal]:
    """Kent with the return of August, and a client like the demo’s Early Help system, committed."""
    with committing(django_db_blocker):
        kent = load_terms(tmp_path_factory.mktemp("kent") / "sign-ins.json")
        take_in(kent, [AUGUST])
        work_off(kent.agreement)
        client = client_for(kent.agreement, [Scope.EARLY_HELP_WRITE, Scope.FIGURES_READ])
        with listening() as url:
            yield Portal(url, client)


def test_the_walk_through_does_what_it_says(portal: Portal, tmp_path: Path) -> None:
    commands = re.findall(r"^```sh\n(.*?)^```", (DOCS / "walk-through.md").read_text(), re.DOTALL | re.MULTILINE)
    script = "set -eu\n" + "\n".join(f"{block}echo '--- step'" for block in commands)
    ran = portal.run("bash", "-c", script, folder=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    _, agreements, sent, again, slip, back, read, unchanged, refused, _ = ran.stdout.split("--- step\n")
    assert '"reference":"KCC-CYPMHS-S76"' in agreements
    assert '"result":"created"' in sent
    assert '"result":"refused"' in sent
    assert "a name is no reference" not in sent
    assert again.strip().lower() == "idempotency-replayed: true"
    assert '"status": 409' in slip
    assert '"case_ref":"EH-2018-10092"' in back
    assert '"refused":1' in back
    assert "early-help-caseload,ehu,kent,2019-08,191" in read
    assert '"provider":191' in read
    assert "scope" not in "".join([read, unchanged, refused])
    assert unchanged.strip() == "304"
    assert "Write a month as in 2019-08." in refused


def test_the_client_sends_reads_back_and_reads_figures(portal: Portal) -> None:
    client = str(DOCS / "client.py")
    ran = portal.run(sys.executable, client, portal.url, str(BATCH), "2019-08")
    assert (ran.returncode, ran.stderr) == (0, "")
    lines = ran.stdout.splitlines()
    assert re.fullmatch(r"\d+ cases, \d+ created, .* 0 stale, \d+ refused", lines[0])
    read_back = [line.split()[0] for line in lines if re.fullmatch(r"EH-\d{4}-\d+ 2019-\S+", line)]
    assert len(read_back) == len(set(read_back)) > PAGE
    assert any(line.startswith("2019-08 early-help-caseload ehu 191 children red") for line in lines)
    # The same batch again has the same key, so it is answered as before.
    assert portal.run(sys.executable, client, portal.url, str(BATCH), "2019-08").stdout == ran.stdout


@pytest.mark.parametrize(
    ("secret", "month", "said"),
    [("not the secret", "2019-08", "The identifier or the secret is wrong"), (SECRET, "August", "as in 2019-08")],
)
def test_the_client_says_why_it_was_refused(portal: Portal, secret: str, month: str, said: str) -> None:
    ran = portal.run(sys.executable, str(DOCS / "client.py"), portal.url, str(BATCH), month, secret=secret)
    assert ran.returncode == 1
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("http://127.0.0.1:9", str(BATCH)), "name the portal's address, the batch's file and a month"),
        (("http://127.0.0.1:9", str(BATCH), "2019-08"), "No portal answered at http://127.0.0.1:9/api/v1"),
        (("nowhere", str(BATCH), "2019-08"), "No portal answered at nowhere/api/v1"),
    ],
)
def test_the_client_says_what_is_missing(portal: Portal, arguments: tuple[str, ...], said: str) -> None:
    ran = portal.run(sys.executable, str(DOCS / "client.py"), *arguments)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_client_is_short() -> None:
    assert len((DOCS / "client.py").read_text().splitlines()) <= CLIENT_LINES
