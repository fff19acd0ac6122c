"""Decides whether a file may be read at all, before anything is made of it (trust.md, "Uploaded files")."""

from enum import StrEnum
from pathlib import PurePosixPath

from performance.workbook import limits
from performance.workbook.refusals import Refused, refusal, too_large, wrong_kind

ZIP_START = b"PK\x03\x04"
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WITHOUT_PASSWORD = "Save as .xlsx without a password, and upload that"
OLD_ENDING = ".xls"
REFUSED_ENDINGS = {
    ".xlsm": ("A workbook with macros (.xlsm)", "Save as .xlsx, which holds no macros, and upload that"),
    ".xlsb": ("A binary workbook (.xlsb)", WITHOUT_PASSWORD),
    ".xltx": ("A template (.xltx)", WITHOUT_PASSWORD),
    ".ods": ("An OpenDocument spreadsheet (.ods)", "Save as .xlsx, and upload that"),
}


class Kind(StrEnum):
    """The two kinds of file that are read."""

    WORKBOOK = ".xlsx"
    CSV = ".csv"


def kind_of_file(content: bytes, file_name: str) -> Kind:
    """What `content` is by its first bytes, which must agree with the ending of `file_name`; raises Refused.

    The name itself is never repeated: only its ending is looked at.
    """
    _check_size(content)
    _check_start(content)
    ending = PurePosixPath(file_name.strip().casefold()).suffix
    if ending == OLD_ENDING:
        raise _misnamed(content)
    if ending in REFUSED_ENDINGS:
        raise wrong_kind(*REFUSED_ENDINGS[ending])
    if ending == Kind.WORKBOOK:
        return _workbook(content)
    if ending == Kind.CSV:
        return _csv(content)
    raise wrong_kind("A file whose name ends in neither .xlsx nor .csv")


def _check_size(content: bytes) -> None:
    if not content:
        raise refusal(
            "empty-file",
            "The file is empty",
            "0 bytes",
            "A workbook with the month's numbers",
            "Check that the file opens on your computer, and upload it again",
        )
    if len(content) > limits.MAX_BYTES:
        raise too_large("More than 10 MB", "No more than 10 MB")


def _check_start(content: bytes) -> None:
    """An OLE header is an old .xls or any password-protected workbook, whatever the name says."""
    if content.startswith(OLE_START):
        raise refusal(
            "password",
            "The file is an old Excel workbook or has a password",
            "An old .xls workbook, or one protected with a password",
            "An .xlsx workbook without a password",
            WITHOUT_PASSWORD,
        )


def _workbook(content: bytes) -> Kind:
    if content.startswith(ZIP_START):
        return Kind.WORKBOOK
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise wrong_kind("A web page or XML file named .xlsx")
    raise wrong_kind("A file named .xlsx that is not an Excel workbook, such as a CSV file renamed")


def _misnamed(content: bytes) -> Refused:
    """A file named .xls that is none: an old workbook begins otherwise, and was refused before."""
    if content.startswith(ZIP_START):
        return wrong_kind("A newer Excel workbook named .xls", "Give it its own ending, .xlsx, and upload it again")
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        return wrong_kind("A web page or XML file named .xls")
    return wrong_kind("A file named .xls that is not an Excel workbook")


def _csv(content: bytes) -> Kind:
    if content.startswith(ZIP_START):
        raise wrong_kind("A file named .csv that is packed like an Excel workbook", "Give it its own ending, .xlsx")
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise wrong_kind("A web page or XML file named .csv")
    return Kind.CSV
