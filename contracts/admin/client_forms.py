"""The forms of an API client: its terms, and what it may do in each agreement."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet

from contracts.admin.choices import AdminForm
from contracts.client_scopes import Held, why_unsuitable
from contracts.models import ApiClient, Organisation, Scope


class ClientForm(AdminForm):
    """A client by its name, for an organisation."""

    name = forms.CharField(
        max_length=200, help_text="What it is called where its acts are shown: KCC Early Help system."
    )

    class Meta:
        model = ApiClient
        fields = ("name", "organisation", "requests_a_minute")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        # The only way in that the portal opens; nobody is asked for it.
        self.instance.client_type = ApiClient.CLIENT_CONFIDENTIAL
        self.instance.authorization_grant_type = ApiClient.GRANT_CLIENT_CREDENTIALS

    def clean_name(self) -> str:
        """One name is of one client, so that a form sent twice makes no second one."""
        name: str = self.cleaned_data["name"]
        if ApiClient.objects.filter(name=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(f"There is an API client called “{name}” already. Choose another name.")
        return name

    def clean_requests_a_minute(self) -> int:
        """A client that may ask nothing is revoked instead."""
        limit: int = self.cleaned_data["requests_a_minute"]
        if limit < 1:
            raise ValidationError("Enter 1 or more. To stop a client, revoke it.")
        return limit


class ScopeRows(BaseInlineFormSet):  # type: ignore[type-arg]  # of rows
    """Everything that the client may do."""

    def clean(self) -> None:
        """Each scope suits the organisation’s part in the agreement."""
        super().clean()
        organisation = getattr(self.instance, "organisation", None)
        if not isinstance(organisation, Organisation):
            return  # the form above says that one is to be chosen
        for form in self._kept():
            agreement, scope = form.cleaned_data.get("agreement"), form.cleaned_data.get("scope")
            why_not = why_unsuitable(organisation, agreement, Scope(scope)) if agreement and scope else ""
            if why_not:
                form.add_error("scope", why_not)

    def held(self) -> list[Held]:
        """What the rows that are kept say, once they are valid."""
        said = [form.cleaned_data for form in self._kept()]
        return [(data["agreement"], Scope(data["scope"])) for data in said if data.get("agreement")]

    def _kept(self) -> list[Any]:
        return [form for form in self.forms if form not in self.deleted_forms and hasattr(form, "cleaned_data")]
