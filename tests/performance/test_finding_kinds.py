"""Every kind of finding that the portal makes has a plain name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import performance
from performance.finding_kinds import KINDS, name_of_kind

FOLDER = Path(performance.__file__).parent
CODE = re.compile(r"[a-z]+(-[a-z]+)*")
# What makes a finding, and which of its arguments is the code.
MAKERS = {"error": 0, "warning": 0, "refusal": 0, "unsafe": 0, "_unseen": 1}


def constants(module: ast.Module) -> dict[str, str]:
    return {
        target.id: node.value.value
        for node in module.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def codes_in(path: Path) -> Iterator[str]:
    module = ast.parse(path.read_text())
    named = constants(module)
    for node in ast.walk(module):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in MAKERS:
            continue
        place = MAKERS[node.func.id]
        for given in ast.walk(node.args[place]) if len(node.args) > place else ():
            value = named.get(given.id) if isinstance(given, ast.Name) else getattr(given, "value", None)
            if isinstance(value, str) and CODE.fullmatch(value):
                yield value


def codes_made() -> set[str]:
    return {code for path in FOLDER.rglob("*.py") if "migrations" not in path.parts for code in codes_in(path)}


def test_every_kind_has_a_name() -> None:
    made = codes_made()
    assert len(made) > 50, "this test finds where findings are made"
    assert made - KINDS.keys() == set(), "kinds without a name"


def test_a_name_is_a_plain_phrase_and_used_once() -> None:
    assert len(set(KINDS.values())) == len(KINDS)
    assert [name for name in KINDS.values() if name[0] != name[0].upper() or name.endswith(".")] == []


def test_a_kind_to_come_is_told_by_its_code() -> None:
    assert name_of_kind("never-met-before") == "Never met before"
