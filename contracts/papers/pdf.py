"""An accessible PDF made of a paper, or of a page of HTML, in a process of its own. Imports no Django."""

import logging
import subprocess
import sys
from pathlib import Path

from contracts.papers.page import page_of
from contracts.papers.paper import Paper
from contracts.papers.pdf_exit import LIBRARIES_ARE_MISSING

ROOT = Path(__file__).parents[2]
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
        ran = subprocess.run(
            command, cwd=ROOT, input=html.encode(), capture_output=True, timeout=LONGEST_WAIT, check=False
        )
    except subprocess.TimeoutExpired:
        raise NoPdf(f"It was not ready after {LONGEST_WAIT} seconds.") from None
    if ran.returncode == LIBRARIES_ARE_MISSING:
        raise NoPdf(
            "This server lacks the libraries that lay text out. On Debian: apt-get install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation"
        )
    if ran.returncode != 0 or not ran.stdout.startswith(b"%PDF"):
        logging.getLogger(__name__).error("No PDF was made: %s", ran.stderr.decode(errors="replace"))
        raise NoPdf("It could not be written; the reason is in the portal’s log.")
    return ran.stdout
