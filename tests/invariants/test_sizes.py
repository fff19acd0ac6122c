"""Modules and functions stay small, simple and honest about what they import.

The limits no code may pass are the first three numbers; the aims hold for the code as a whole.
"""

import ast
from collections.abc import Iterator
from functools import cache
from statistics import median, quantiles

import pytest

from cypmhs_portal.embedded.places import CHECKOUT

PACKAGES = ("contracts", "performance", "funding", "cypmhs_portal")
MODULE_LIMIT = 300
FUNCTION_LIMIT = 40
COMPLEXITY_LIMIT = 9
MODULE_MEDIAN, MODULE_P90 = 70, 200
FUNCTION_MEDIAN, FUNCTION_P90 = 8, 22
COMPLEXITY_P99 = 8
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "services", "managers", "core"}

# Each exemption says why; one that is needed no more fails.
MAY_BE_LONG: dict[str, str] = {}
MAY_IMPORT_INSIDE: dict[str, str] = {
    "contracts/apps.py": "its subjects of variations can be registered only when every model is loaded, in ready()",
    "cypmhs_portal/apps.py": "what a variation moves is told by modules that need every model, in ready()",
    "funding/apps.py": "its sources can be registered only when every model is loaded, in ready()",
    "performance/apps.py": "its sources can be registered only when every model is loaded, in ready()",
}

BRANCHES = (ast.If, ast.For, ast.While, ast.AsyncFor, ast.ExceptHandler, ast.comprehension, ast.match_case)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the code by its path, migrations apart: makemigrations writes those."""
    found = {"manage.py": CHECKOUT / "manage.py"}
    for package in PACKAGES:
        for path in sorted((CHECKOUT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                found[str(path.relative_to(CHECKOUT))] = path
    return {name: ast.parse(path.read_text()) for name, path in found.items()}


@cache
def lines_of_modules() -> dict[str, int]:
    """Lines of each module, docstrings, comments and blank lines included; empty package files left out."""
    counts = {name: len((CHECKOUT / name).read_text().splitlines()) for name in modules()}
    return {name: count for name, count in counts.items() if modules()[name].body}


def functions() -> Iterator[tuple[str, Function]]:
    """Every function and method, named `path:line name`."""
    for name, module in modules().items():
        for node in ast.walk(module):
            if isinstance(node, Function):
                yield f"{name}:{node.lineno} {node.name}", node


def code_lines(function: Function) -> int:
    """Lines from `def` to the end without the docstring."""
    assert function.end_lineno is not None
    lines = function.end_lineno - function.lineno + 1
    if ast.get_docstring(function) is not None:
        docstring = function.body[0]
        assert docstring.end_lineno is not None
        lines -= docstring.end_lineno - docstring.lineno + 1
    return lines


def complexity(function: Function) -> int:
    """McCabe's number: one, and one more for each way to branch."""
    return 1 + sum(isinstance(node, BRANCHES) for node in ast.walk(function))


def p(percent: int, counts: list[int]) -> float:
    """The percentile of the counts."""
    return quantiles(counts, n=100, method="inclusive")[percent - 1]


def test_no_module_is_too_long() -> None:
    too_long = {name: count for name, count in lines_of_modules().items() if count > MODULE_LIMIT}
    assert {name: too_long[name] for name in too_long.keys() - MAY_BE_LONG.keys()} == {}
    assert MAY_BE_LONG.keys() - too_long.keys() == set(), "exemptions that are needed no more"


def test_no_function_is_too_long() -> None:
    assert [(name, code_lines(node)) for name, node in functions() if code_lines(node) > FUNCTION_LIMIT] == []


def test_no_function_is_too_complex() -> None:
    assert [(name, complexity(node)) for name, node in functions() if complexity(node) > COMPLEXITY_LIMIT] == []


def test_sizes_as_a_whole_stay_at_the_aim() -> None:
    of_modules = sorted(lines_of_modules().values())
    of_functions = sorted(code_lines(node) for _, node in functions())
    of_complexity = sorted(complexity(node) for _, node in functions())
    assert median(of_modules) <= MODULE_MEDIAN
    assert p(90, of_modules) <= MODULE_P90
    assert median(of_functions) <= FUNCTION_MEDIAN
    assert p(90, of_functions) <= FUNCTION_P90
    assert p(99, of_complexity) <= COMPLEXITY_P99


def test_no_import_hides_in_a_function() -> None:
    hidden = {
        name.split(":")[0]
        for name, node in functions()
        if any(isinstance(inner, ast.Import | ast.ImportFrom) for inner in ast.walk(node))
    }
    assert hidden == MAY_IMPORT_INSIDE.keys()


# Names that somebody else's convention gives.
MAY_BE_NAMED: dict[str, str] = {
    "templates/base.html": "the page that Django's and allauth's templates extend",
    "templates/allauth/layouts/base.html": "the name under which allauth looks for its layout",
}


def test_no_file_has_a_name_that_says_nothing() -> None:
    found = {
        str(path.relative_to(CHECKOUT))
        for folder in (*PACKAGES, "templates", "tests", "static/js", "static/css", "scripts", "benchmarks")
        for path in (CHECKOUT / folder).rglob("*")
        if path.stem in FORBIDDEN_NAMES
    }
    assert found == MAY_BE_NAMED.keys()


def test_every_public_function_and_class_says_what_it_does() -> None:
    assert [
        f"{name}:{node.lineno} {node.name}"
        for name, module in modules().items()
        for node in module.body
        if isinstance(node, Function | ast.ClassDef)
        if not node.name.startswith("_") and ast.get_docstring(node) is None
        # An AppConfig is a registration; the module above it says what it registers.
        if not name.endswith("/apps.py")
    ] == []


def test_the_counts_are_those_of_the_linter() -> None:
    function = ast.parse("def f(a, b):\n    if a and b:\n        return 1\n    for c in a:\n        pass\n").body[0]
    assert isinstance(function, ast.FunctionDef)
    assert complexity(function) == 3
    assert code_lines(function) == 5


@pytest.mark.parametrize(
    "path", ["README.md", "Makefile", "Dockerfile", "docker-compose.yml", ".ci/run", "docs/decisions", "benchmarks"]
)
def test_the_floor_plan_is_there(path: str) -> None:
    assert (CHECKOUT / path).exists()
