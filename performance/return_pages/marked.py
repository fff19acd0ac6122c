"""An upload's findings as files: its workbook with them marked, and the list of them."""

from dataclasses import dataclass

from contracts.access import Standing
from performance.findings_file import findings_csv
from performance.models import Upload
from performance.return_files import CSV, WORKBOOK, FileKind, kind_of, name_of_findings, name_of_marked
from performance.return_pages.findings import stored_findings
from performance.return_pages.sight import names_in
from performance.workbook.annotate import CannotMark, annotated

IS_CSV = "Your file is a CSV, which cannot hold colours or notes. The list of findings names its rows and columns."
NOT_KEPT = (
    "There is no marked copy of your workbook: the portal does not keep a file that it cannot read as a return, or "
    "in which something seems to point at a child. The list of findings says what to put right."
)
CANNOT_MARK = "Your workbook can be read but not be marked, because {}. The list of findings says what to put right."


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A file as it leaves the portal."""

    name: str
    kind: FileKind
    content: bytes


def is_kept(upload: Upload) -> bool:
    """Whether the portal has the upload's content; asks without loading it."""
    return Upload.objects.filter(pk=upload.pk, content__isnull=False).exists()


def why_not_marked(upload: Upload, *, has_content: bool) -> str:
    """Why there is no marked copy of an upload, "" where there is one. `has_content`: the portal has its content."""
    if not has_content:
        return NOT_KEPT
    return IS_CSV if kind_of(upload.file_name) == CSV else ""


def marked_file(upload: Upload, standing: Standing) -> HandedOut | str:
    """The upload's workbook with its findings marked, or the sentence that says why there is none."""
    why_not = why_not_marked(upload, has_content=upload.content is not None)
    if why_not:
        return why_not
    try:
        content = annotated(bytes(upload.content or b""), stored_findings(upload.findings))
    except CannotMark as because:
        return CANNOT_MARK.format(because)
    return HandedOut(name_of_marked(names_in(standing.agreement).provider, upload.month), WORKBOOK, content)


def findings_file(upload: Upload, standing: Standing) -> HandedOut:
    """The upload's findings as CSV."""
    name = name_of_findings(names_in(standing.agreement).provider, upload.month)
    return HandedOut(name, CSV, findings_csv(stored_findings(upload.findings)))
