"""What the name of a case list's file says about its month."""

from datetime import date

from performance.case_list.refusals import list_warning
from performance.findings import Finding
from performance.workbook.layout import MONTH_IN_FILE_NAME


def file_name_findings(file_name: str, month: date | None) -> list[Finding]:
    """A list named after another month than its return's is perhaps the wrong list: a warning that names both."""
    named = MONTH_IN_FILE_NAME.findall(file_name)
    if month is None or not named or f"{month:%Y-%m}" in named:
        return []
    return [
        list_warning(
            "file-name-month",
            None,
            title="The case list’s file name and the return’s month differ",
            found=f"{named[0]} in the name of the case list’s file, {month:%Y-%m} on sheet Return",
            expected="The same month in both",
            remedy="Check that this is the list you meant to upload",
        )
    ]
