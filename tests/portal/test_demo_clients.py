"""The demo's API clients: known to whoever runs it, the same at each start, and told with how to try them."""

import json
import stat
from pathlib import Path

from django.contrib.auth.hashers import check_password

from contracts.api_clients import new_secret, revoke
from contracts.audit import CONSOLE
from contracts.models import ApiClient, Event
from cypmhs_portal.demo.clients import FILE_NAME, load_clients
from cypmhs_portal.launch.address import Address
from cypmhs_portal.launch.welcome import welcome
from tests.kent import DEMO_MOMENT, Kent


def written(file: Path) -> dict[str, str]:
    return {row["client_id"]: row["secret"] for row in json.loads(file.read_text())}


def secrets_that_hold(file: Path) -> set[str]:
    held = dict(ApiClient.objects.values_list("client_id", "client_secret"))
    return {identifier for identifier, secret in written(file).items() if check_password(secret, held[identifier])}


EVERY = {"kcc-early-help", "kcc-reporting", "nelft-returns"}


def test_a_second_start_changes_nothing(kent: Kent, tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    assert load_clients(kent.agreement, file, at=DEMO_MOMENT) == 3
    assert secrets_that_hold(file) == EVERY
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before, events = file.read_bytes(), Event.objects.count()
    assert load_clients(kent.agreement, file, at=DEMO_MOMENT) == 0
    assert (file.read_bytes(), Event.objects.count()) == (before, events)


def test_a_file_that_was_lost_is_written_anew_with_secrets_that_hold(kent: Kent, tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    load_clients(kent.agreement, file, at=DEMO_MOMENT)
    revoke(ApiClient.objects.get(client_id="nelft-returns"), by=CONSOLE, at=DEMO_MOMENT)
    file.unlink()
    assert load_clients(kent.agreement, file, at=DEMO_MOMENT) == 0
    assert secrets_that_hold(file) == EVERY - {"nelft-returns"}


def test_a_database_that_is_new_takes_the_secrets_there_are(kent: Kent, tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    file.write_text(json.dumps([{"client_id": "kcc-reporting", "name": "B", "may": "", "secret": "as before"}]))
    load_clients(kent.agreement, file, at=DEMO_MOMENT)
    assert written(file)["kcc-reporting"] == "as before"
    assert secrets_that_hold(file) == EVERY


def test_a_secret_made_by_an_administrator_stays(kent: Kent, tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    load_clients(kent.agreement, file, at=DEMO_MOMENT)
    new_secret(ApiClient.objects.get(client_id="kcc-reporting"), by=CONSOLE, at=DEMO_MOMENT)
    load_clients(kent.agreement, file, at=DEMO_MOMENT)
    assert secrets_that_hold(file) == EVERY - {"kcc-reporting"}


def test_the_launcher_says_how_to_try_them(kent: Kent, tmp_path: Path) -> None:
    address = Address("127.0.0.1", 8100)
    assert "API" not in welcome(address, tmp_path)
    load_clients(kent.agreement, tmp_path / FILE_NAME, at=DEMO_MOMENT)
    said = welcome(address, tmp_path)
    for identifier, secret in written(tmp_path / FILE_NAME).items():
        assert f"  {identifier}" in said
        assert secret in said
    assert f"{address.url}api/v1/token" in said
    assert f"{address.url}api/docs/" in said
