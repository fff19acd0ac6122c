"""The floors and rooms of the house hold, and every module that can be pure is watched."""

import subprocess
import sys
import tomllib
from pathlib import Path

from cypmhs_portal.embedded.places import CHECKOUT

LINTER = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["importlinter"]
PACKAGES = ("contracts", "performance", "funding", "cypmhs_portal")


def lint_imports(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the linter on the code."""
    command = [f"{sys.prefix}/bin/lint-imports", "--no-logo", "--no-cache", *arguments]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)


def test_no_module_imports_from_a_floor_above() -> None:
    ran = lint_imports()
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_floors_are_the_four_packages() -> None:
    (floors,) = [contract for contract in LINTER["contracts"] if contract["id"] == "floors"]
    assert floors["layers"] == ["cypmhs_portal", "funding", "performance", "contracts"]
    assert sorted(LINTER["root_packages"]) == sorted(PACKAGES)


def test_a_breach_is_seen(tmp_path: Path) -> None:
    # The linter that is trusted above must be able to fail: here is a contract that the code breaks on purpose.
    config = tmp_path / "upside-down.ini"
    roots = "".join(f"    {name}\n" for name in PACKAGES)
    config.write_text(
        f"[importlinter]\nroot_packages =\n{roots}"
        f"[importlinter:contract:1]\nname = upside down\ntype = layers\nlayers =\n{roots}"
    )
    ran = lint_imports("--config", str(config))
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "upside down BROKEN" in ran.stdout
