"""A command beside the running demo lives on the demo's day; nothing else does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cypmhs_portal import demo_mode
from cypmhs_portal.embedded.places import CHECKOUT

DATABASE = "postgres://postgres@127.0.0.1:5432/some_demo"
SHOW = "from django.conf import settings; print(settings.DEMO, settings.PORTAL_TODAY)"
NOT_GIVEN = {"PORTAL_DEMO", "PORTAL_TODAY", "PORTAL_TESTING", "PORTAL_PRODUCTION", "DJANGO_SETTINGS_MODULE"}


def settings_say(var: Path, **given: str) -> str:
    environ = {name: value for name, value in os.environ.items() if name not in NOT_GIVEN}
    environ |= {"PORTAL_VAR": str(var), "DJANGO_SETTINGS_MODULE": "cypmhs_portal.settings"} | given
    done = subprocess.run(
        [sys.executable, "-c", SHOW], cwd=CHECKOUT, env=environ, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_a_marked_database_is_the_demo_on_its_day(tmp_path):
    demo_mode.mark(tmp_path, DATABASE, "2019-11-05")
    assert settings_say(tmp_path, DATABASE_URL=DATABASE) == "True 2019-11-05"
    assert settings_say(tmp_path, DATABASE_URL=DATABASE, PORTAL_TODAY="2019-12-01") == "True 2019-12-01"


def test_the_day_is_not_honoured_outside_the_demo(tmp_path):
    assert settings_say(tmp_path, DATABASE_URL=DATABASE, PORTAL_TODAY="2019-10-17") == "False None"


def test_another_database_is_no_demo(tmp_path):
    demo_mode.mark(tmp_path, DATABASE, "2019-10-17")
    assert settings_say(tmp_path, DATABASE_URL=f"{DATABASE}_2") == "False None"


def test_what_serves_outside_the_launcher_is_no_demo(tmp_path):
    demo_mode.mark(tmp_path, DATABASE, "2019-10-17")
    safe = {"SECRET_KEY": "x" * 50, "ALLOWED_HOSTS": "portal.example.org", "PORTAL_PRODUCTION": "1"}
    safe["PORTAL_ADDRESS"] = "https://portal.example.org"
    assert settings_say(tmp_path, DATABASE_URL=DATABASE, **safe) == "False None"


@pytest.mark.parametrize("content", ["", "[]", "{}", "not json"])
def test_a_damaged_mark_is_no_mark(tmp_path, content):
    (tmp_path / "demo.json").write_text(content)
    assert demo_mode.marked_day(tmp_path, DATABASE) is None
