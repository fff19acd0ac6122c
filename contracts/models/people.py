"""People, and the role each has in an organisation."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from contracts.models.organisations import Organisation


class Role(models.TextChoices):
    """What somebody does for their organisation (`access.py` says what each may do)."""

    COUNCIL_COMMISSIONER = "council-commissioner", "Council commissioner"
    COUNCIL_FINANCE = "council-finance", "Council finance"
    COORDINATING_COMMISSIONER = "coordinating-commissioner", "Coordinating commissioner"
    ASSOCIATE_COMMISSIONER = "associate-commissioner", "Associate commissioner"
    PROVIDER_EDITOR = "provider-editor", "Provider editor"
    PROVIDER_SIGNATORY = "provider-signatory", "Provider signatory"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


class UserManager(BaseUserManager["User"]):
    """Makes people by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who may sign in with `email`; without a password they cannot yet."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An administrator of the admin site."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True, help_text="Untick instead of deleting: their acts stay.")
    is_staff = models.BooleanField("may use the admin site", default=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_email_address")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The person's name as pages and papers show it."""
        return self.name


class Membership(models.Model):
    """One role of one person in one organisation."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="memberships"
    )  # CASCADE: a membership is part of the person, and people who acted cannot be deleted (PROTECT).
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=32, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], name="a_person_has_a_role_once_in_an_organisation"
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="a_membership_has_a_known_role"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"
