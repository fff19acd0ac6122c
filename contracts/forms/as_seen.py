"""A form that remembers what it began with, so that nobody overwrites what they did not see."""

from datetime import date
from typing import Any

from django import forms

from contracts.actions.refusals import ChangedMeanwhile
from contracts.formatting import day

SHOWN = 300


class SeenField(forms.CharField):
    """The mark of what a form showed when it was opened; nobody fills it in."""

    widget = forms.HiddenInput

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, max_length=64, **more)


def show_what_is_saved(form: forms.Form, changed: ChangedMeanwhile) -> None:
    """Say beside each field that is other what is saved now. Sent once more, the form has seen that."""
    others = [name for name, now in changed.saved.items() if _plain(now) != _plain(form.cleaned_data.get(name))]
    form.data = {**form.data, "seen": changed.mark}
    for name in others:
        form.add_error(name, f"It says now: {_in_words(form.fields[name], changed.saved[name])}")


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _in_words(field: forms.Field, value: object) -> str:
    if isinstance(value, date):
        return day(value)
    said = _plain(value)
    if isinstance(field, forms.ChoiceField):
        said = str(dict(field.choices).get(said, said))  # type: ignore[arg-type]  # a list of pairs
    if not said:
        return "nothing"
    return f"“{said[:SHOWN]}…”" if len(said) > SHOWN else f"“{said}”"
