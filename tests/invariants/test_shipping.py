"""What ships has no secret of its own and the same commands everywhere."""

import os
import re
import subprocess
import sys

import pytest
from ruamel.yaml import YAML

from cypmhs_portal.embedded.places import CHECKOUT

COMPOSE_TEXT = (CHECKOUT / "docker-compose.yml").read_text()
COMPOSE = YAML(typ="safe").load(COMPOSE_TEXT)
SECRETS = ("SECRET_KEY", "POSTGRES_PASSWORD")
SECURE = {"PORTAL_PRODUCTION": "1", "SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "portal.example.org",
          "PORTAL_ADDRESS": "https://portal.example.org"}  # fmt: skip
FORGOTTEN = {"PORTAL_DEMO", "PORTAL_TESTING", "DEBUG", "PORTAL_VAR", "DJANGO_SETTINGS_MODULE"}


def loading_settings(**variables: str) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of their own, with these variables set."""
    environ = {name: value for name, value in os.environ.items() if name not in FORGOTTEN}
    return subprocess.run(
        [sys.executable, "-c", "import cypmhs_portal.settings"],
        cwd=CHECKOUT,
        env=environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("secret", SECRETS)
def test_compose_has_no_default_for_a_secret(secret: str) -> None:
    uses = re.findall(r"\$\{" + secret + r"([^}]*)\}", COMPOSE_TEXT)
    assert uses
    assert all(use.startswith(":?") for use in uses), "each use must stop when the variable is missing"


def test_compose_has_every_process() -> None:
    assert set(COMPOSE["services"]) == {"database", "broker", "migrate", "web", "worker", "beat"}
    for name in ("web", "worker", "beat"):
        assert COMPOSE["services"][name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_the_image_does_not_run_as_root() -> None:
    users = re.findall(r"^USER (\S+)$", (CHECKOUT / "Dockerfile").read_text(), re.MULTILINE)
    assert users == ["portal"]


def test_the_image_holds_every_folder_it_serves_from() -> None:
    dockerfile = (CHECKOUT / "Dockerfile").read_text()
    allowed = (CHECKOUT / ".dockerignore").read_text()
    for folder in ("contracts", "performance", "funding", "cypmhs_portal", "templates", "static"):
        assert f"COPY {folder} {folder}" in dockerfile
        assert f"!{folder}" in allowed


def test_production_starts_with_safe_settings() -> None:
    ran = loading_settings(**SECURE)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("SECRET_KEY", "", "SECRET_KEY must be set"),
        ("SECRET_KEY", "not-for-production", "SECRET_KEY must be set"),
        ("SECRET_KEY", "short", "SECRET_KEY must be set"),
        ("DEBUG", "1", "DEBUG must not be set"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS must name the hosts"),
    ],
)
def test_production_refuses_to_start_with_unsafe_settings(variable: str, value: str, words: str) -> None:
    ran = loading_settings(**SECURE | {variable: value})
    assert ran.returncode != 0
    assert words in ran.stderr
