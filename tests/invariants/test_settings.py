"""Settings that a start depends on, each tried in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping

import pytest

from cypmhs_portal.embedded.places import CHECKOUT

SECRET = "k" * 20 + "8f-Wq3_zT6yLm0Xb" + "v" * 20
PRODUCTION = {"PORTAL_PRODUCTION": "1", "SECRET_KEY": SECRET, "ALLOWED_HOSTS": "portal.example.org",
              "PORTAL_ADDRESS": "https://portal.example.org"}  # fmt: skip
# What this test's own process was given.
NOT_HANDED_ON = (
    "PORTAL_DEMO", "PORTAL_TESTING", "PORTAL_TODAY", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DJANGO_SETTINGS_MODULE",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
)  # fmt: skip
ASK = """
import json, sys
from django.conf import settings
names = sys.argv[1:]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""
NAMES = (
    "PRODUCTION", "PORTAL_TODAY", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "DEBUG",
)  # fmt: skip


def process(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A Python process with only these settings in its environment."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_HANDED_ON}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=CHECKOUT,
        env=kept | {"DJANGO_SETTINGS_MODULE": "cypmhs_portal.settings"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def settings_with(environment: Mapping[str, str]) -> dict[str, object]:
    asked = process("-c", ASK, *NAMES, **environment)
    assert asked.returncode == 0, asked.stderr
    found: dict[str, object] = json.loads(asked.stdout)
    return found


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": "not-for-production"}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": "short" * 7}, "at least 40 random characters"),
        ({"DEBUG": "1"}, "DEBUG must not be set"),
        ({"ALLOWED_HOSTS": "portal.example.org,*"}, "ALLOWED_HOSTS must name the hosts"),
        ({"PORTAL_ADDRESS": ""}, "PORTAL_ADDRESS must be the address people type"),
        ({"PORTAL_ADDRESS": "http://portal.example.org"}, "such as https://portal.example.org"),
        ({"PORTAL_ADDRESS": "https://portal.example.org/here"}, "PORTAL_ADDRESS must be"),
        ({"SECRET_KEY": "x", "DEBUG": "1", "ALLOWED_HOSTS": "*"}, "; ALLOWED_HOSTS"),
    ],
)
def test_production_refuses_to_start(changes: dict[str, str], words: str) -> None:
    asked = process("-c", ASK, "DEBUG", **(PRODUCTION | changes))
    assert asked.returncode != 0
    last = asked.stderr.strip().splitlines()[-1]
    assert "The portal does not start: " in last
    assert words in last
    assert "shortshort" not in asked.stderr, "a secret is not printed"


def test_a_web_server_is_production_without_being_told() -> None:
    asked = process("-m", "gunicorn", "--check-config", "cypmhs_portal.wsgi")
    assert asked.returncode != 0
    assert "The portal does not start: SECRET_KEY must be set" in asked.stderr


def test_in_production_cookies_stay_on_https_and_the_clock_is_real() -> None:
    found = settings_with(PRODUCTION | {"PORTAL_TODAY": "2019-10-17"})
    assert found == {
        "PRODUCTION": True,
        "PORTAL_TODAY": None,
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "DEBUG": False,
    }


def test_links_in_mails_begin_with_where_people_find_the_portal() -> None:
    asked = {"HOST": "127.0.0.2", "PORT": "8123"}
    for environment, address in (
        (PRODUCTION | {"PORTAL_ADDRESS": "https://portal.example.org/"}, "https://portal.example.org"),
        (asked, "http://127.0.0.2:8123"),
        ({}, "http://127.0.0.1:8000"),
    ):
        answer = process("-c", ASK, "PORTAL_ADDRESS", **({"HOST": "127.0.0.1", "PORT": "8000"} | environment))
        assert json.loads(answer.stdout) == {"PORTAL_ADDRESS": address}


def test_a_command_on_its_own_needs_no_secret_and_keeps_real_time() -> None:
    found = settings_with({"PORTAL_TODAY": "2019-10-17"})
    assert (found["PRODUCTION"], found["PORTAL_TODAY"], found["SESSION_COOKIE_SECURE"]) == (False, None, True)


@pytest.mark.parametrize(("environment", "day"), [({}, "2019-10-17"), ({"PORTAL_TODAY": "2019-11-15"}, "2019-11-15")])
def test_the_demo_lives_on_its_day(environment: dict[str, str], day: str) -> None:
    found = settings_with({"PORTAL_DEMO": "1"} | environment)
    assert (found["PORTAL_TODAY"], found["PRODUCTION"]) == (day, False)
    # The demo is reached over plain http.
    assert (found["SESSION_COOKIE_NAME"], found["SESSION_COOKIE_SECURE"]) == ("session", False)


def test_the_deployment_check_finds_nothing() -> None:
    checked = process("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout
