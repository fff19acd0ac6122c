"""What people fill in when they talk about a version: reasons for warnings, queries, answers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html

from contracts.forms.texts import LONGEST_REASON, ReasonField, text_area
from performance.models import Line
from performance.return_pages.warnings import WarningCard

LONGEST_MESSAGE = 1000
THE_WHOLE = "whole"


class WarningReasonsForm(forms.Form):
    """A text box for each warning on the page; those left empty wait for another time.

    Only what the person changed is taken: a page that stood open does not write again what it showed, and what
    somebody else wrote since is kept and said.
    """

    def __init__(self, *fields: Any, cards: Sequence[WarningCard], **more: Any) -> None:
        super().__init__(*fields, **more)
        self.cards = cards
        self.reasons: dict[int, str] = {}
        for card in cards:
            self.fields[f"reason-{card.place}"] = ReasonField(
                label=format_html(
                    'Why it is right<span class="govuk-visually-hidden">, {} {}</span>',
                    card.finding.sheet or "the file",
                    card.finding.cell or "",
                ),
                initial=card.reason.text if card.reason else "",
                required=False,
                show_hidden_initial=True,
                max_length=LONGEST_REASON,
                widget=text_area(2),
            )

    def clean(self) -> dict[str, Any]:
        """Gather what was changed into `reasons`, by the place of the warning."""
        cleaned = super().clean() or self.cleaned_data
        for card, box in self.with_cards():
            text = cleaned.get(box.name)
            if text is None or text == self._shown(box):
                continue
            if self._is_overtaken(card, box, text):
                continue
            if text:
                self.reasons[card.place] = text
            else:
                self.add_error(box.name, "A reason that was given stays: write another in its place")
        return cleaned

    def _shown(self, box: forms.BoundField) -> str:
        """The reason that the page showed when it was opened."""
        return str(box.field.to_python(self.data.get(box.html_initial_name, box.initial)))

    def _is_overtaken(self, card: WarningCard, box: forms.BoundField, text: str) -> bool:
        """Whether somebody else gave another reason since the page was opened: theirs stays, and is said."""
        now = box.field.to_python(box.initial)
        if card.reason is None or now == self._shown(box):
            return False
        if text != now:
            self.add_error(
                box.name,
                f"Meanwhile {card.reason.by_name} wrote ‘{now}’, which is kept. "
                "Send yours again if it is to take its place",
            )
            # Sent once more, it is written in the knowledge of the other's.
            self.data = {name: self.data.get(name) for name in self.data} | {box.html_initial_name: now}
        return True

    def with_cards(self) -> list[tuple[WarningCard, forms.BoundField]]:
        """Each warning with its text box."""
        return [(card, self[f"reason-{card.place}"]) for card in self.cards]


class QueryForm(forms.Form):
    """A question about one line, or about the whole return."""

    about = forms.ChoiceField(label="What it is about", widget=forms.Select, initial=THE_WHOLE)
    text = ReasonField(
        label="What do you want to know?",
        help_text="The provider and the commissioners read it. Do not name a child.",
        max_length=LONGEST_MESSAGE,
        widget=text_area(4),
        error_messages={"required": "Say what you want to know"},
    )

    def __init__(self, *fields: Any, lines: Sequence[Line], **more: Any) -> None:
        super().__init__(*fields, **more)
        self.lines = {str(line.pk): line for line in lines}
        by_sheet: dict[str, list[tuple[str, str]]] = {}
        for line in lines:
            by_sheet.setdefault(line.measure.sheet, []).append((str(line.pk), in_words(line)))
        choices = self.fields["about"]
        assert isinstance(choices, forms.ChoiceField)
        choices.choices = [(THE_WHOLE, "The whole return"), *by_sheet.items()]

    @property
    def line(self) -> Line | None:
        """The line it is about; None for the whole."""
        return self.lines.get(self.cleaned_data["about"])


class AnswerForm(forms.Form):
    """The provider's answer in the thread of a query."""

    text = ReasonField(
        label="Your answer",
        max_length=LONGEST_MESSAGE,
        widget=text_area(3),
        error_messages={"required": "Write your answer"},
    )


class FollowUpForm(forms.Form):
    """One more question in the thread of a query, or its end."""

    ASK_AGAIN, SETTLE = "ask-again", "settle"

    text = ReasonField(
        label="What else you want to know, or why it is settled",
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=text_area(3),
    )
    step = forms.ChoiceField(
        choices=[(ASK_AGAIN, "Ask again"), (SETTLE, "Settle")],
        error_messages={"required": "Choose whether to ask again or to settle the query"},
    )

    def clean(self) -> dict[str, Any]:
        """Only a settlement may go without a word."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("step") == self.ASK_AGAIN and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", "Write what you want to know")
        return cleaned


def in_words(line: Line) -> str:
    """A line as the list of lines names it: "F2: Early Help Units, Caseload at month end, Kent"."""
    element = line.measure.element.name if line.measure.element else ""
    what = ", ".join(
        part for part in (element, line.measure.characteristic, line.measure.label, line.area.name) if part
    )
    return f"{line.cell}: {what}"
