"""The forms of the steps that stand on one page."""

from typing import Any

from django.forms import Form


def forms_with(sent: Form | None, **forms: Form | None) -> dict[str, Any]:
    """The forms of a page, the one that came back with faults in place of its empty twin."""
    return {
        name: sent if sent is not None and form is not None and type(sent) is type(form) else form
        for name, form in forms.items()
    }
