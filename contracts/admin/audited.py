"""Pages of the admin site that leave one event in the audit trail for each save, and pages that only show.

Django runs a save or a deletion in one transaction; the event, and what else must follow the change, stand in it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import IntegrityError
from django.db.models import DecimalField, Model, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseRedirect

from contracts import audit, clock
from contracts.admin.changed import (
    Change,
    agreement_of,
    as_record,
    change_of,
    changes_of,
    first_day_of_range,
    is_ranged,
    links_of,
    removals_of,
    values_of,
)
from contracts.admin.choices import (
    PLAIN_FIELDS,
    AdminForm,
    ChoicesWithinAgreement,
    PlainDecimalField,
    sole_agreement,
)
from contracts.admin.deleting import held_by, refuse_held
from contracts.audit import Actor
from contracts.changes import TermsChange, terms_changed
from contracts.models import Agreement, User

# Every field of a kind of row matters to figures.
EVERY: frozenset[str] | None = None


class AuditedAdmin(ChoicesWithinAgreement, admin.ModelAdmin):  # type: ignore[type-arg]  # of any row
    """A page that records each save and deletion, and tells who must know that terms changed.

    `figures_rest_on` names, for each kind of row of the page, the fields that figures are worked out from.
    """

    form = AdminForm
    actions = None  # A deletion in bulk would ask for no confirmation row by row and is no single act.
    save_on_top = True
    view_on_site = False
    figures_rest_on: ClassVar[Mapping[type[Model], frozenset[str] | None]] = {}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A thing stays in its agreement once it is made."""
        fields = list(super().get_readonly_fields(request, obj))
        has_agreement = any(field.name == "agreement" for field in self.model._meta.concrete_fields)
        return [*fields, "agreement"] if obj is not None and has_agreement else fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Where there is one agreement only, a new thing is of that."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        only = sole_agreement()
        return {"agreement": only.pk, **initial} if only else initial

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """The page; what the database refuses comes back as a sentence, with nothing saved."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as refused:
            messages.error(request, _refusal(refused))
            return HttpResponseRedirect(request.get_full_path())

    def save_related(self, request: HttpRequest, form: BaseForm, formsets: Any, change: bool) -> None:
        """Save the rows of the page's tables, and then record what the whole page changed."""
        removed = [one for formset in formsets for one in removals_of(formset)]
        super().save_related(request, form, formsets, change)
        own = change_of(form, is_new=not change)
        changes = [*([own] if own else []), *removed, *(one for formset in formsets for one in changes_of(formset))]
        if changes:
            verb = "changed" if change else "added"
            self.record(request, form.instance, changes, verb)  # type: ignore[attr-defined]  # a form of a row

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What a deletion would take with it; what keeps it from happening is counted, not listed."""
        held = [text for row in objs for text in held_by(row)]
        return ([], {}, set(), held) if held else super().get_deleted_objects(objs, request)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Delete a row and record what it said."""
        removed = Change(obj, values_of(obj), None)
        agreement = agreement_of(obj)
        super().delete_model(request, obj)
        self.record(request, obj, [removed], "deleted", agreement)

    def record(
        self, request: HttpRequest, row: Model, changes: list[Change], verb: str, agreement: Agreement | None = None
    ) -> None:
        """Write the event of a save, and tell who works something out from what changed."""
        by = actor_of(request)
        agreement = agreement or agreement_of(row)
        before, after = as_record(row, changes)
        what = f"{self.opts.verbose_name} {verb}"
        audit.record(what, by=by, agreement=agreement, subject=str(row), before=before or None, after=after or None)
        days = [day for day in (self.concerned_from(one, agreement) for one in changes) if day]
        if agreement and days:
            reason = f"{what[0].upper()}{what[1:]}: {row}"
            terms_changed(TermsChange(agreement, min(days), reason, by, clock.now()))

    def concerned_from(self, change: Change, agreement: Agreement | None) -> date | None:
        """The first day whose figures a change may move; None where it moves none."""
        kind = type(change.row)
        if agreement is None or kind not in self.figures_rest_on:
            return None
        fields = self.figures_rest_on[kind]
        if fields is not None and not fields & change.names:
            return None
        first = first_day_of_range(change) if is_ranged(change.row) else None
        return first or agreement.starts_on


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # of any row
    """A page that shows and changes nothing."""

    actions = None
    view_on_site = False
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds one here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes one here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes one here."""
        return False


class Rows(ChoicesWithinAgreement, admin.TabularInline):  # type: ignore[type-arg]  # of any row
    """A table of rows on the page of what they belong to."""

    form = AdminForm
    extra = 1  # An empty row, so that one can be added without a script.
    formfield_overrides = {DecimalField: {"form_class": PlainDecimalField}}
    rows_with: tuple[str, ...] = ()  # what the text of a row reads beside what every row is linked to

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows with what they are linked to."""
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.select_related(*(link.name for link in links_of(self.model)), *self.rows_with)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A field of a row, without links to other pages."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The formset, drawn in the admin site's own style; it counts what keeps a row from being deleted."""
        formset = super().get_formset(request, obj, renderer=PLAIN_FIELDS, **kwargs)
        formset.form.hand_clean_DELETE = refuse_held  # type: ignore[attr-defined]  # Django's hook on its own form
        return formset


def actor_of(request: HttpRequest) -> Actor:
    """The administrator who acts."""
    assert isinstance(request.user, User)  # the admin site lets nobody in who has not signed in
    return Actor.person(request.user)


def _refusal(refused: IntegrityError) -> str:
    """The sentence for what the database refused. Constraints are named as sentences."""
    diagnosis = getattr(refused.__cause__, "diag", None)
    rule = getattr(diagnosis, "constraint_name", None) or "a rule of the database"
    return (
        f"Nothing was saved: it would break “{rule.replace('_', ' ')}”. Somebody else may have changed "
        "the same thing meanwhile. Look at it as it is now, and make the change again."
    )
