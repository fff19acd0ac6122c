"""Why a file cannot be read at all: one plain sentence each."""

from performance.findings import Finding, error

SAVE_AGAIN = "Open it in Excel, save it as an Excel workbook (.xlsx), and upload it again"
USE_TEMPLATE = "Copy the numbers into the workbook that the portal gives you, and upload that"


class Refused(Exception):
    """Reading stopped; `finding` says why. Raised and caught inside performance.workbook only."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def refusal(code: str, title: str, found: str, expected: str, remedy: str) -> Refused:
    """A refusal of the whole file."""
    return Refused(error(code, None, None, title=title, found=found, expected=expected, remedy=remedy))


def too_large(found: str, expected: str) -> Refused:
    """More of something than a return can need."""
    return refusal("too-large", "The file is too large for a return", found, expected, USE_TEMPLATE)


def damaged(found: str) -> Refused:
    """A package that cannot be opened."""
    return refusal("damaged", "The file is damaged or incomplete", found, "A workbook that opens in Excel", SAVE_AGAIN)


def unsafe(code: str, found: str, remedy: str = SAVE_AGAIN) -> Refused:
    """A part that could run, fetch or hide something."""
    return refusal(
        code,
        "The workbook holds a part that is not accepted",
        found,
        "Sheets with text and numbers only",
        remedy,
    )


def wrong_kind(found: str, remedy: str = SAVE_AGAIN) -> Refused:
    """Not the kind of file that a return is."""
    return refusal(
        "file-kind",
        "The file is not a return that can be read",
        found,
        "An Excel workbook (.xlsx) or a CSV file",
        remedy,
    )
