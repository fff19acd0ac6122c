"""Asking the coordinating commissioner for the next lever: who may, and how the note on the record begins."""

from contracts.access import Reader
from contracts.levers.ladder import NoticeStage
from contracts.permissions import Permission

S = NoticeStage
ASKED = {
    S.BREACHED: "that a breach be recorded",
    S.EXCEPTION_REPORT: "for the exception report",
    S.WITHHOLDING: "that withholding begin",
}


def asks_commissioner(reader: Reader) -> bool:
    """Whether the reader may ask for a lever and write on a notice's record, but not turn to the lever themselves."""
    may_ask = reader.may(Permission.ASK_FOR_NOTICE) and reader.may(Permission.NOTE_ON_NOTICE)
    return may_ask and not reader.may(Permission.ISSUE_NOTICE)


def begun_ask(organisation: str, lever: NoticeStage) -> str:
    """The note that asks for a lever, up to why: "KCC asks for the exception report, because "."""
    return f"{organisation} asks {ASKED[lever]}, because "
