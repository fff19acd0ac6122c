"""What people fill in about plans: what is done, its milestones, and what became of each."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

from contracts.actions.notice_plans import LONGEST_MILESTONE, MOST_MILESTONES
from contracts.forms.days import DayField
from contracts.forms.notice_steps import LONGEST_TEXT, STAYS
from contracts.forms.texts import LONGEST_REASON, ReasonField, text_area
from contracts.models import MilestoneOutcome, Organisation

PREFIX = "milestone"
# Digits of a number of milestones: more is no number that a page sends.
LONGEST_COUNT = 2


class MilestoneForm(forms.Form):
    """One milestone; left empty, it is none."""

    what = ReasonField(
        label="What is done",
        on_one_line=True,
        max_length=LONGEST_MILESTONE,
        error_messages={"required": "Say what is done"},
    )
    due_on = DayField(label="By which day", error_messages={"required": "Give the day by which it is done"})
    owner = forms.ChoiceField(
        label="Who does it",
        error_messages={"required": "Choose who does it", "invalid_choice": "Choose who does it"},
    )

    def __init__(self, *fields: Any, owners: Iterable[Organisation], **more: Any) -> None:
        super().__init__(*fields, **more)
        self.owners = {str(one.pk): one for one in owners}
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = [("", "Choose who"), *((key, one.short_name) for key, one in self.owners.items())]

    def clean_owner(self) -> Organisation:
        """The organisation that was chosen."""
        return self.owners[self.cleaned_data["owner"]]


Milestones = formset_factory(
    MilestoneForm,
    extra=1,
    min_num=0,
    max_num=MOST_MILESTONES,
    absolute_max=MOST_MILESTONES,
)


class PlanForm(forms.Form):
    """What the plan does, and its milestones, up to ten, added one by one."""

    text = ReasonField(
        label="What the plan does",
        help_text=f"In a few sentences. {STAYS}",
        max_length=LONGEST_TEXT,
        widget=text_area(5),
        error_messages={"required": "Say what the plan does"},
    )

    def __init__(
        self, sent: Any = None, *, owners: Iterable[Organisation], typed: Mapping[str, Any] | None = None
    ) -> None:
        """Of a notice; `typed` is what a person filled in so far and nobody looks over yet."""
        super().__init__(sent, initial={"text": typed.get("text", "")} if typed else None)
        self.milestones: BaseFormSet[MilestoneForm] = Milestones(
            sent, prefix=PREFIX, form_kwargs={"owners": list(owners)}, initial=_typed_milestones(typed)
        )

    def is_valid(self) -> bool:
        """Whether the plan and each of its milestones are right, and there is one at least."""
        is_right = self.milestones.is_valid() if self.is_bound else True
        if super().is_valid() and is_right and not self.planned:
            self.add_error(None, "Add a milestone at least: what is done, by which day and by whom")
        return is_right and not self.errors

    @property
    def planned(self) -> list[dict[str, Any]]:
        """What was filled in of each milestone that is not empty."""
        return [form.cleaned_data for form in self.milestones if form.has_changed() and form.is_valid()]

    @property
    def may_add_another(self) -> bool:
        """Whether there is room for one more milestone."""
        return len(self.milestones.forms) < MOST_MILESTONES

    @property
    def problems(self) -> list[dict[str, str]]:
        """What is wrong, in the page's order, each with its field."""
        if not self.is_bound:
            return []
        fields = [self["text"], *(field for form in self.milestones for field in form)]
        said = [{"text": str(text)} for text in (*self.non_field_errors(), *self.milestones.non_form_errors())]
        return said + [
            {"text": str(text), "href": f"#{field.id_for_label}"} for field in fields for text in field.errors
        ]


def _typed_milestones(typed: Mapping[str, Any] | None) -> list[dict[str, Any]] | None:
    if typed is None:
        return None
    total = str(typed.get(f"{PREFIX}-TOTAL_FORMS", ""))
    is_count = total.isascii() and total.isdecimal() and len(total) <= LONGEST_COUNT
    count = min(int(total), MOST_MILESTONES) if is_count else 0
    return [_typed_milestone(typed, f"{PREFIX}-{number}-") for number in range(count)]


def _typed_milestone(typed: Mapping[str, Any], begins: str) -> dict[str, Any]:
    day = DayField.widget().value_from_datadict(typed, {}, f"{begins}due_on")  # type: ignore[arg-type]  # no files
    return {"what": typed.get(f"{begins}what", ""), "owner": typed.get(f"{begins}owner", ""), "due_on": day}


class PlanAgreementForm(forms.Form):
    """The day on which a plan was agreed."""

    on = DayField(label="Agreed on", error_messages={"required": "Give the day on which it was agreed"})


class MilestoneDoneForm(forms.Form):
    """That a milestone is done, as the provider says it."""

    on = DayField(label="Done on", error_messages={"required": "Give the day on which it was done"})
    evidence = ReasonField(
        label="What shows it",
        help_text=STAYS,
        on_one_line=True,
        max_length=LONGEST_REASON,
        widget=text_area(3),
        error_messages={"required": "Say what shows that it is done"},
    )


class MilestoneOutcomeForm(forms.Form):
    """Whether a milestone was met. Neither answer is chosen beforehand."""

    outcome = forms.ChoiceField(
        label="Was it met?",
        choices=[(MilestoneOutcome.MET, "Yes, it was met"), (MilestoneOutcome.MISSED, "No, it was missed")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it was met"},
    )
    on = DayField(
        label="On which day",
        help_text="On which it was met, or on which it was found to be missed.",
        error_messages={"required": "Give the day"},
    )
    evidence = ReasonField(
        label="How you know",
        help_text=STAYS,
        on_one_line=True,
        max_length=LONGEST_REASON,
        widget=text_area(3),
        error_messages={"required": "Say how you know"},
    )
