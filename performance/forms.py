"""What people fill in about a return: the file, the sign-off, the decision."""

from collections.abc import Collection
from datetime import date
from typing import Any, BinaryIO, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from contracts.formatting import month_name
from contracts.forms.texts import LONGEST_REASON, ReasonField, text_area
from contracts.models import Agreement
from performance.actions.judging import Judged, ReceivedFile, judge
from performance.case_list.limits import LIMIT_IN_WORDS as LIST_LIMIT
from performance.case_list.shapes import CaseListFile
from performance.corrections import is_correction

LIMIT_IN_WORDS = f"{settings.UPLOAD_LIMIT_BYTES // 1024 // 1024} MB"
LIST_TOO_LARGE = f"The case list is larger than {LIST_LIMIT}. Leave out cases that closed before the month."
TOO_LARGE = f"The file is larger than {LIMIT_IN_WORDS}. Upload the return workbook itself, without pictures or copies."


class UploadForm(forms.Form):
    """A return, and the case list that may go with it, read and judged as the form is cleaned.

    `judged` holds what came of it; `too_large` names the fields whose files did not arrive for their size.
    """

    file = forms.FileField(
        label="Your return",
        help_text=f"XLSX or CSV, up to {LIMIT_IN_WORDS}. The agreement and the month are read from the file.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": "Choose a file", "empty": "The file is empty: choose one with your figures in it"},
    )
    case_list = forms.FileField(
        label="Case list (CSV)",
        help_text=f"A row for each case, by its reference, up to {LIST_LIMIT}. "
        "No names, NHS numbers, dates of birth or postcodes.",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv"}),
        error_messages={"empty": "The case list is empty: choose one with your cases in it, or none"},
    )
    why = ReasonField(
        label="Why this corrects an earlier version",
        help_text="Only if this month’s return was accepted or sent back before. "
        "It is shown with the version. Do not name a child.",
        required=False,
        max_length=LONGEST_REASON,
        widget=text_area(2),
    )

    def __init__(
        self, *fields: Any, agreement: Agreement, on: date, too_large: Collection[str] = (), **more: Any
    ) -> None:
        super().__init__(*fields, **more)
        self.agreement, self.on, self.too_large = agreement, on, too_large
        self.judged: Judged | None = None
        if "file" in too_large:
            self.fields["file"].error_messages["required"] = TOO_LARGE

    def clean(self) -> dict[str, Any]:
        """Judge the file, and ask why where it corrects an earlier version."""
        cleaned = super().clean() or self.cleaned_data
        if "case_list" in self.too_large:
            self.add_error("case_list", LIST_TOO_LARGE)
        file: UploadedFile[bytes] | None = cleaned.get("file")
        if file is None or self.has_error("case_list"):
            return cleaned
        self.judged = judge(
            ReceivedFile(file.read(), file.name or ""),
            on=self.on,
            expected=self.agreement,
            case_list=_list_in(cleaned.get("case_list")),
        )
        if not cleaned.get("why") and is_correction(self.judged):
            self.add_error(
                "why",
                f"Say why you correct the return for {month_name(self.judged.month)}, and choose the file again",
            )
        return cleaned


def _list_in(sent: "UploadedFile[bytes] | None") -> CaseListFile | None:
    return CaseListFile(cast(BinaryIO, sent.file), sent.name or "") if sent else None


class NilReturnForm(forms.Form):
    """The statement that there was nothing to report in a month, with the reason."""

    because = ReasonField(
        label="Why there was nothing to report",
        help_text="It is shown with the return and stands as the comment of every row. Do not name a child.",
        on_one_line=True,
        max_length=LONGEST_REASON,
        widget=text_area(3),
        error_messages={"required": "Say why there was nothing to report"},
    )
    why = ReasonField(
        label="Why this corrects an earlier version",
        help_text="This month’s return was accepted or sent back before. Do not name a child.",
        max_length=LONGEST_REASON,
        widget=text_area(2),
        error_messages={"required": "Say why the nil return corrects the earlier version"},
    )
    statement = forms.BooleanField(
        label="There was nothing to report for this month, so every number asked for is 0",
        error_messages={"required": "Tick the statement, or fill in a return"},
    )

    def __init__(self, *fields: Any, needs_why: bool, **more: Any) -> None:
        super().__init__(*fields, **more)
        if not needs_why:
            del self.fields["why"]


class SignOffForm(forms.Form):
    """A signatory's declaration, with the reason for a return that comes late."""

    late_because = ReasonField(
        label="Why the return is late",
        help_text="It goes to the commissioners with the return. Do not name a child.",
        max_length=LONGEST_REASON,
        widget=text_area(2),
        error_messages={"required": "Say why the return is late"},
    )
    declaration = forms.BooleanField(
        label="I have checked this return and declare that it is complete and correct to the best of my knowledge",
        error_messages={"required": "Tick the declaration to sign the return off"},
    )

    def __init__(self, *fields: Any, is_late: bool, **more: Any) -> None:
        super().__init__(*fields, **more)
        if not is_late:
            del self.fields["late_because"]


class DecisionForm(forms.Form):
    """A coordinating commissioner's decision. Neither answer is chosen beforehand."""

    ACCEPT, SEND_BACK = "accept", "send-back"

    decision = forms.ChoiceField(
        label="Your decision",
        choices=[(ACCEPT, "Accept"), (SEND_BACK, "Send back with queries")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you accept the return or send it back"},
    )
    queries = ReasonField(
        label="What must be answered or put right?",
        help_text="Only if you send it back. What concerns one line is better asked as a query about that line. "
        "Do not name a child.",
        required=False,
        max_length=LONGEST_REASON,
        widget=text_area(4),
    )

    def __init__(self, *fields: Any, has_queries: bool = False, **more: Any) -> None:
        super().__init__(*fields, **more)
        self.has_queries = has_queries

    def clean(self) -> dict[str, Any]:
        """Sending back says what for: here, or in queries that were asked about lines."""
        cleaned = super().clean() or self.cleaned_data
        says_nothing = not cleaned.get("queries") and "queries" not in self.errors and not self.has_queries
        if cleaned.get("decision") == self.SEND_BACK and says_nothing:
            self.add_error("queries", "Say what must be answered or put right, or ask about a line first")
        return cleaned


class WithdrawalForm(forms.Form):
    """Why a version that waits for acceptance is taken back."""

    reason = ReasonField(
        label="Why you withdraw this version",
        max_length=LONGEST_REASON,
        widget=text_area(2),
        error_messages={"required": "Say why you withdraw this version"},
    )
