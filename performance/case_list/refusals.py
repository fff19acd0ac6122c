"""How a finding about a case list is made, and why a list cannot be read at all."""

from performance.findings import Finding, error, warning

CASE_LIST = "Case list"
SAVE_AS_CSV = "In your spreadsheet program, save the list as “CSV UTF-8 (comma delimited)” and upload that"


class Unread(Exception):
    """Reading stopped; `finding` says why. Raised and caught inside performance.case_list only."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def list_error(code: str, cell: str | None, **texts: str) -> Finding:
    """An error in the case list; `texts` are title, found, expected and remedy."""
    return error(code, CASE_LIST, cell, **texts)


def list_warning(code: str, cell: str | None, **texts: str) -> Finding:
    """A warning about the case list; `texts` are title, found, expected and remedy."""
    return warning(code, CASE_LIST, cell, **texts)


def too_large(found: str, expected: str) -> Unread:
    """More of something than a list may have."""
    return Unread(
        list_error(
            "too-large",
            None,
            title="The case list is too large",
            found=found,
            expected=expected,
            remedy="Leave out everything but the six columns, and cases that closed before the month",
        )
    )


def not_a_list(found: str) -> Unread:
    """A file that is no CSV in plain text."""
    return Unread(
        list_error(
            "file-kind",
            None,
            title="The case list is not a file that can be read",
            found=found,
            expected="A CSV file in plain text",
            remedy=SAVE_AS_CSV,
        )
    )
