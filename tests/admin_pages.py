"""Filling in pages of the admin site as a browser would: every field as it stands, but for what a test changes."""

from typing import Any

from django.forms import BaseForm
from django.test import Client
from django.urls import reverse

from contracts.models import User


def signed_in(client: Client, person: User) -> Client:
    """The client with `person` signed in."""
    client.force_login(person)
    return client


def change_address(row: Any) -> str:
    """The page of a row."""
    return reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])


def add_address(model: Any) -> str:
    """The page that adds a row."""
    return reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_add")


def filled_in(client: Client, address: str) -> dict[str, Any]:
    """Every field of the page at `address` with the value it shows."""
    context = client.get(address).context
    data = _values(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        data |= _values(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= _values(form)
    return data


def sent(client: Client, address: str, changes: dict[str, Any]) -> Any:
    """Send the page at `address` as it stands with some fields changed."""
    return client.post(address, filled_in(client, address) | changes)


def errors_of(answer: Any) -> list[str]:
    """Every error that a page came back with."""
    groups = [[one] if isinstance(one, str) else one for one in answer.context["errors"]]
    return [str(message) for group in groups for message in group]


def _values(form: BaseForm) -> dict[str, Any]:
    values = {field.html_name: field.value() for field in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}
