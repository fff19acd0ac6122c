"""`manage.py spc`: charts on standard output, or one plain sentence."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

CASES = Path(__file__).parents[1] / "vectors" / "spc" / "cases.json"


def test_it_prints_a_chart_for_every_case() -> None:
    out = StringIO()
    call_command("spc", cases=str(CASES), stdout=out)
    printed = json.loads(out.getvalue())["cases"]
    given = json.loads(CASES.read_text(encoding="utf-8"))["cases"]
    assert [case["id"] for case in printed] == [case["id"] for case in given]
    assert [len(case["points"]) for case in printed] == [len(case["input"]["dates"]) for case in given]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'{"cases": 3}', "no list of cases"),
        (b"\xff\xfe\x00", "not a text file"),
        (b"not json", "not JSON"),
    ],
)
def test_a_file_that_cannot_be_used_is_a_command_error(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "cases.json"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=says):
        call_command("spc", cases=str(file))


def test_a_file_that_is_not_there_is_a_command_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("spc", cases=str(tmp_path / "missing.json"))


def test_a_byte_order_mark_is_no_obstacle(tmp_path: Path) -> None:
    file = tmp_path / "cases.json"
    file.write_bytes(b"\xef\xbb\xbf" + b'{"cases": []}')
    out = StringIO()
    call_command("spc", cases=str(file), stdout=out)
    assert json.loads(out.getvalue()) == {"cases": []}
