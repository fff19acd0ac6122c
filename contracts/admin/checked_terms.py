"""Rows of dated terms that somebody finds in the contract: from then on they are ended, not edited."""

from typing import Any, ClassVar

from contracts.admin.ranges import RangeForm, RangeRows


class CheckedTermRowForm(RangeForm):
    """One term; `kept` are the fields that stay once it was found in the contract."""

    kept: ClassVar[tuple[str, ...]]

    def clean(self) -> dict[str, Any]:
        """Refuse to change what was found in the contract, or to say no longer where."""
        data = super().clean()
        found = self.initial.get("checked_reference")
        if not found:
            return data
        if any(name in self.changed_data for name in self.kept):
            self.add_error(
                None,
                f"This term was found in the contract at “{found}”, so it stays as it is. Give it a first day out of "
                "force, and add the other term as a new row.",
            )
        elif not data.get("checked_reference"):
            self.add_error(
                "checked_reference", f"It was found at “{found}”. Correct the place, or end the term and add another."
            )
        return data


class TermRangeRows(RangeRows):
    """Terms of contract levers, one after the other."""

    rests_on_it = "clocks may have run by it"
