"""An accessible PDF made of a paper, or of a page of HTML, in a process of its own. Imports no Django."""

import fcntl
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from contracts.papers.page import page_of
from contracts.papers.paper import Paper
from contracts.papers.pdf_exit import LIBRARIES_ARE_MISSING, TOO_LONG_TO_LAY_OUT

ROOT = Path(__file__).parents[2]
# Laying text out takes a whole core: so many at a time on a machine, and who comes next waits so long for a place.
MOST_AT_ONCE = 2
LONGEST_WAIT_FOR_A_PLACE = 5  # seconds
LOOK = ROOT / "static" / "css" / "paper-pdf.css"
LONGEST_WAIT = 60  # seconds; a statement takes two or three


class NoPdf(Exception):
    """No PDF could be made; the message says why, for whoever runs the portal."""


def to_pdf(paper: Paper) -> bytes:
    """The paper as PDF/UA-1; the same bytes for the same paper. Raises `NoPdf` where libpango is missing."""
    return pdf_of(page_of(paper))


def pdf_of(html: str) -> bytes:
    """The page as PDF/UA-1; the same bytes for the same page. Raises `NoPdf` where libpango is missing."""
    command = [sys.executable, "-m", "contracts.papers.pdf_writer", str(LOOK)]
    try:
        with a_place():
            ran = subprocess.run(
                command, cwd=ROOT, input=html.encode(), capture_output=True, timeout=LONGEST_WAIT, check=False
            )
    except subprocess.TimeoutExpired:
        raise NoPdf(f"It was not ready after {LONGEST_WAIT} seconds.") from None
    if ran.returncode in TOO_LONG_TO_LAY_OUT:
        raise NoPdf("It is too long to be laid out as a PDF.")
    if ran.returncode == LIBRARIES_ARE_MISSING:
        raise NoPdf(
            "This server lacks the libraries that lay text out. On Debian: apt-get install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation"
        )
    if ran.returncode != 0 or not ran.stdout.startswith(b"%PDF"):
        logging.getLogger(__name__).error("No PDF was made: %s", ran.stderr.decode(errors="replace"))
        raise NoPdf("It could not be written; the reason is in the portal’s log.")
    return ran.stdout


@contextmanager
def a_place() -> Iterator[None]:
    """Hold one of the machine's places for making a PDF. Raises `NoPdf` where none comes free soon."""
    until = time.monotonic() + LONGEST_WAIT_FOR_A_PLACE
    with ExitStack() as opened:
        places = [opened.enter_context(_lock_file(number).open("a")) for number in range(MOST_AT_ONCE)]
        while not any(_is_taken(place) for place in places):
            if time.monotonic() > until:
                raise NoPdf("Other PDFs are being made. Try again in a minute.")
            time.sleep(0.1)
        yield


def _lock_file(number: int) -> Path:
    return Path(tempfile.gettempdir()) / f"joint-funding-portal-{os.getuid()}-pdf-{number}.lock"


def _is_taken(place: IO[str]) -> bool:
    """Take the place, until its file is closed, where nobody has it."""
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
