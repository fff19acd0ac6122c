"""The wording of letters about notices, with what each looks like filled in; and the letters, to read."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from contracts.admin.audited import AuditedAdmin, ReadOnlyAdmin
from contracts.admin.choices import AdminForm
from contracts.letters.names import NAMES, faults_of
from contracts.letters.preview import preview_of
from contracts.models import Letter, LetterTemplate


class LetterTemplateForm(AdminForm):
    """A wording whose names can all be filled in."""

    def clean_title(self) -> str:
        """The title, with names that there are."""
        return _with_known_names(self.cleaned_data["title"])

    def clean_body(self) -> str:
        """The body, with names that there are."""
        return _with_known_names(self.cleaned_data["body"])


def _with_known_names(text: str) -> str:
    faults = faults_of(text)
    if faults:
        raise ValidationError([ValidationError(fault) for fault in faults])
    return text


@admin.register(LetterTemplate)
class LetterTemplateAdmin(AuditedAdmin):
    """Wordings. A letter that was written keeps the one it was written with."""

    form = LetterTemplateForm
    list_display = ("title", "occasion", "kind", "agreement__reference")
    list_filter = ("agreement", "occasion", "kind")
    list_select_related = ("agreement", "kind")
    search_fields = ("title", "body", "agreement__reference")
    autocomplete_fields = ("agreement",)
    ordering = ("agreement__reference", "occasion", "kind", "pk")
    readonly_fields = ("names", "preview")
    fieldsets = (
        (None, {"fields": ("agreement", "kind", "occasion")}),
        ("Wording", {"fields": ("title", "body", "names")}),
        ("As it would be filled in", {"fields": ("preview",)}),
    )

    @admin.display(description="Names in braces")
    def names(self, _obj: Any) -> SafeString:
        """Each name that the portal fills in, and what it stands for."""
        rows = ((name, said, empty) for name, (said, empty) in NAMES.items())
        listed = format_html_join("", "<li><code>{{{}}}</code> {}. Without one: “{}”</li>", rows)
        return format_html("<ul>{}</ul>", listed)

    @admin.display(description="Preview")
    def preview(self, template: LetterTemplate | None) -> SafeString | str:
        """The wording as it is kept, filled in with made-up values."""
        if template is None or template.pk is None:
            return "Save it first: then it is shown here as a letter would have it, with made-up values."
        shown = preview_of(template)
        paragraphs = format_html_join(
            "", "<p>{}</p>", ((linebreaksbr(text, autoescape=True),) for text in shown.paragraphs)
        )
        return format_html("<strong>{}</strong>{}", shown.title, paragraphs)


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    """Letters as they were written."""

    list_display = ("title", "occasion", "written_on", "notice")
    list_filter = ("notice__agreement", "occasion")
    list_select_related = ("notice__kind",)
    search_fields = ("title",)
    date_hierarchy = "written_on"
    ordering = ("-written_on", "-pk")
