"""The lock file names public hosts only, and agrees with pyproject.toml."""

import re
import tomllib
from typing import Any

from cypmhs_portal.embedded.places import CHECKOUT

LOCK_TEXT = (CHECKOUT / "uv.lock").read_text()
LOCK = tomllib.loads(LOCK_TEXT)
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
PUBLIC_HOSTS = {"pypi.org", "files.pythonhosted.org"}


def as_words(requirement: dict[str, Any]) -> str:
    """A locked requirement as pyproject.toml would write it. Markers are left out: uv words them anew."""
    extras = f"[{','.join(requirement['extras'])}]" if "extras" in requirement else ""
    return f"{requirement['name']}{extras}{requirement.get('specifier', '')}"


def as_written(requirement: str) -> str:
    """A requirement of pyproject.toml in the same form, its name normalised."""
    return requirement.partition(";")[0].replace(" ", "").lower()


def test_only_public_hosts_stand_in_it() -> None:
    # A lock made behind a mirror records the mirror, and uv's own check does not notice.
    assert set(re.findall(r"https?://([^/\"]+)", LOCK_TEXT)) == PUBLIC_HOSTS


def test_every_package_has_a_hash() -> None:
    files = [file for package in LOCK["package"] for file in [package.get("sdist"), *package.get("wheels", [])] if file]
    assert files
    assert [file["url"] for file in files if not file.get("hash", "").startswith("sha256:")] == []


def test_it_was_made_from_this_pyproject() -> None:
    (package,) = [package for package in LOCK["package"] if package["name"] == PROJECT["project"]["name"]]
    locked = package["metadata"]
    assert sorted(map(as_words, locked["requires-dist"])) == sorted(map(as_written, PROJECT["project"]["dependencies"]))
    assert sorted(map(as_words, locked["requires-dev"]["dev"])) == sorted(
        map(as_written, PROJECT["dependency-groups"]["dev"])
    )
    assert LOCK["requires-python"].replace(" ", "") == PROJECT["project"]["requires-python"].replace(" ", "")


def test_each_dependency_carries_its_reason() -> None:
    lines = (CHECKOUT / "pyproject.toml").read_text().splitlines()
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    without = [name for name in wanted if not any(f'"{name}"' in line and "# " in line for line in lines)]
    assert without == []
