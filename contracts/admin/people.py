"""Organisations, and people with what each does for theirs."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangosUserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    ReadOnlyPasswordHashField,
    UserChangeForm,
)
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from contracts import audit
from contracts.admin.audited import AuditedAdmin, Rows, actor_of
from contracts.admin.choices import PLAIN_FIELDS
from contracts.models import Membership, Organisation, User


@admin.register(Organisation)
class OrganisationAdmin(AuditedAdmin):
    """Councils, commissioners, providers and auditors."""

    list_display = ("name", "short_name", "ods_code", "gss_code")
    search_fields = ("name", "short_name", "ods_code", "gss_code")
    ordering = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "short_name")}),
        ("Official codes", {"fields": (("ods_code", "gss_code"),)}),
    )


class NewPersonForm(AdminUserCreationForm):  # type: ignore[type-arg]  # of our own User
    """A new person with a first password, or none until they set one by e-mail."""

    default_renderer = PLAIN_FIELDS

    class Meta:
        model = User
        fields = ("email", "name", "is_staff")

    def clean_email(self) -> str:
        """Addresses are kept in small letters, as people sign in with them."""
        return str(self.cleaned_data["email"]).lower()


class PersonForm(UserChangeForm):  # type: ignore[type-arg]  # of our own User
    """A person as they are; the password has a page of its own."""

    default_renderer = PLAIN_FIELDS
    password = ReadOnlyPasswordHashField()

    class Meta:
        model = User
        fields = "__all__"  # the page's fieldsets name those that are shown
        field_classes: dict[str, Any] = {}

    def clean_email(self) -> str:
        """Addresses are kept in small letters, as people sign in with them."""
        return str(self.cleaned_data["email"]).lower()


class PasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]  # of our own User
    """A new password for somebody."""

    default_renderer = PLAIN_FIELDS


class MembershipRows(Rows):
    """What the person does, and for whom."""

    model = Membership


@admin.register(User)
class UserAdmin(AuditedAdmin, DjangosUserAdmin):  # type: ignore[type-arg]  # of our own User
    """People. Nobody is deleted: what they did stays theirs."""

    form = PersonForm  # type: ignore[assignment]  # a person belongs to no agreement
    add_form = NewPersonForm
    change_password_form = PasswordForm
    inlines = (MembershipRows,)
    list_display = ("name", "email", "roles", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "memberships__role", "memberships__organisation")
    search_fields = ("name", "email", "memberships__organisation__name", "memberships__organisation__short_name")
    ordering = ("name",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("name", "email", "password")}),
        ("Access", {"fields": ("is_active", "is_staff")}),
        ("Dates", {"fields": ("date_joined", "last_login")}),
    )
    add_fieldsets = (
        (None, {"fields": ("name", "email", "is_staff")}),
        ("First password", {"fields": ("usable_password", "password1", "password2")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """People with their memberships, which the list names."""
        return super().get_queryset(request).prefetch_related("memberships__organisation")

    @admin.display(description="does")
    def roles(self, person: User) -> str:
        """What the person does, for whom."""
        held = person.memberships.all()
        return "; ".join(f"{one.get_role_display()} ({one.organisation.short_name})" for one in held) or "Nothing yet"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People are made inactive instead."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Nobody takes their own access away."""
        own = obj is not None and obj.pk == request.user.pk
        return [*super().get_readonly_fields(request, obj), *(["is_active", "is_staff"] if own else [])]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Whoever may use the admin site may use all of it."""
        obj.is_superuser = obj.is_staff
        super().save_model(request, obj, form, change)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Set somebody's password, and record that it was set."""
        if not id.isdecimal():
            raise Http404("There is no such person.")
        with transaction.atomic():
            before = User.objects.filter(pk=id).values_list("password", flat=True).first()
            answer = super().user_change_password(request, id, form_url)
            person = User.objects.filter(pk=id).first()
            if person is not None and person.password != before:
                audit.record("user password set", by=actor_of(request), agreement=None, subject=str(person))
        return answer
