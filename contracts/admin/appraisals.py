"""Options appraisals: criteria with weights, options with scores and what each leaves funded."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from contracts.admin.audited import AuditedAdmin, Rows
from contracts.admin.choices import AdminForm
from contracts.models import AppraisedOption, Criterion, OptionFunding, OptionsAppraisal, OptionScore


class OneRecommended(BaseInlineFormSet):  # type: ignore[type-arg]  # of options
    """The options of a page, judged together: one of them is recommended."""

    def clean(self) -> None:
        """Refuse two recommended ones, and none among several."""
        super().clean()
        held = [form for form in self.forms if form not in self.deleted_forms and form.cleaned_data.get("name")]
        ticked = sum(bool(form.cleaned_data.get("is_recommended")) for form in held)
        if len(held) > 1 and ticked != 1:
            raise ValidationError(
                f"Found {ticked} recommended options. Expected one: tick the one that is recommended, and no other."
            )


class CriterionRows(Rows):
    """What the options are held against."""

    model = Criterion
    ordering = ("position", "pk")


class OptionRows(Rows):
    """The options; scores and funding stand on each option's own page."""

    model = AppraisedOption
    formset = OneRecommended
    ordering = ("number",)
    show_change_link = True


class KeptOnceSettled(AuditedAdmin):
    """A page of what rests on a decision: it only shows once that is taken or withdrawn."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until the decision is settled."""
        return super().has_change_permission(request, obj) and not (obj is not None and _is_settled(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until the decision is settled."""
        return super().has_delete_permission(request, obj) and not (obj is not None and _is_settled(obj))


def _is_settled(row: OptionsAppraisal | AppraisedOption) -> bool:
    appraisal = row.appraisal if isinstance(row, AppraisedOption) else row
    return appraisal.leads_to is not None and appraisal.leads_to.is_settled


@admin.register(OptionsAppraisal)
class OptionsAppraisalAdmin(KeptOnceSettled):
    """Appraisals with their criteria and options."""

    inlines = (CriterionRows, OptionRows)
    list_display = ("title", "made_on", "leads_to", "is_illustrative", "agreement__reference")
    list_filter = ("agreement",)
    list_select_related = ("agreement", "leads_to")
    search_fields = ("title",)
    autocomplete_fields = ("agreement",)
    ordering = ("-made_on", "title")


class ScoreForm(AdminForm):
    """A score with its reason, on a criterion of the option's appraisal."""

    class Meta:
        model = OptionScore
        fields = ("criterion", "score", "reason")

    def clean(self) -> dict[str, Any]:
        """Refuse a criterion of another appraisal."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        criterion = data.get("criterion")
        option = getattr(self.instance, "option", None)
        if criterion and option and criterion.appraisal_id != option.appraisal_id:
            self.add_error("criterion", f"“{criterion}” is of another appraisal. Choose a criterion of this one.")
        return data


class ScoreRows(Rows):
    """How the option does on each criterion."""

    model = OptionScore
    form = ScoreForm
    ordering = ("criterion__position",)


class FundingRows(Rows):
    """What the option leaves each element."""

    model = OptionFunding
    ordering = ("element__position",)


@admin.register(AppraisedOption)
class AppraisedOptionAdmin(KeptOnceSettled):
    """One option with its scores and its funding."""

    inlines = (ScoreRows, FundingRows)
    list_display = ("number", "name", "appraisal", "is_recommended")
    list_filter = ("appraisal",)
    list_select_related = ("appraisal",)
    search_fields = ("name",)
    ordering = ("appraisal", "number")
    fields = ("appraisal", "number", "name", "description", "because", "is_recommended")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """An option stays in its appraisal."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "appraisal"] if obj is not None else fields
