"""`manage.py import_return` as processes of their own: exit codes, and several consoles at once."""

import json
from datetime import date
from pathlib import Path

import pytest

from performance.models import Figure, RecomputeNeed, State, Version
from tests.hostile_files.build import workbook_with
from tests.kent import Kent
from tests.processes import NOBODY, PATIENCE_SECONDS, ran, started

pytestmark = pytest.mark.django_db(transaction=True)
AUGUST = date(2019, 8, 1)
COMMAND = ("manage.py", "import_return", "--json")


def test_exit_codes_of_the_process(kent: Kent, tmp_path: Path) -> None:
    words = tmp_path / "words.xlsx"
    words.write_bytes(b"Not a workbook")
    refused = ran(*COMMAND, str(words))
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["status"] == "rejected"
    assert "Traceback" not in refused.stderr
    misused = ran(*COMMAND)
    assert (misused.returncode, misused.stdout) == (2, "")


def test_two_consoles_at_once_end_with_one_current_version(kent: Kent, tmp_path: Path) -> None:
    files = {}
    for liaisons in (191, 192):
        path = tmp_path / f"{liaisons}.xlsx"
        path.write_bytes(workbook_with({("Activity", "D4"): liaisons - 91, ("Activity", "F4"): liaisons}))
        files[liaisons] = path
    # Nobody takes the messages, and no console waits for the other to work figures out.
    consoles = [started(*COMMAND, str(path), "--accept", REDIS_URL=NOBODY) for path in files.values()]
    said = [console.communicate(timeout=PATIENCE_SECONDS) for console in consoles]
    records = [json.loads(output) for output, _ in said]
    assert [console.returncode for console in consoles] == [0, 0], said
    assert [record["status"] for record in records] == ["accepted", "accepted"]
    assert sorted(record["version"] for record in records) == [1, 2]
    current = Version.objects.get(state=State.ACCEPTED)
    assert (current.number, Version.objects.get(number=1).state) == (2, State.REPLACED)
    assert not RecomputeNeed.objects.filter(done_at=None).exists()
    figure = Figure.objects.get(
        indicator__code="early-help-liaisons", area__code="kent", month=AUGUST, known_until=None
    )
    assert figure.value == int(Path(current.upload.file_name).stem)
