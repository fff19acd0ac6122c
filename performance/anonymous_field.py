"""The box for a text that everybody in the agreement reads, and that stays for ever."""

from typing import Any

from django.core.exceptions import ValidationError

from contracts.forms.texts import ReasonField
from contracts.models import Agreement
from performance.case_mentions import names_a_case

NAMES_A_CASE = "Take out the reference of the case: people read this who may not see references"


class AnonymousField(ReasonField):
    """A text that everybody in the agreement reads, so it names no case either."""

    def __init__(self, *, agreement: Agreement, **more: Any) -> None:
        self.agreement = agreement
        super().__init__(**more)

    def validate(self, value: str) -> None:
        """Refuse what could point at a child, and the reference of a case, without repeating it."""
        super().validate(value)
        if value and not self.is_too_long(value) and names_a_case(self.agreement, value):
            raise ValidationError(NAMES_A_CASE)
