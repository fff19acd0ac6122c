"""The field for a text that stays: what nobody can see is taken out, and what could point at a child is refused."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator

from contracts.personal_data import kinds_of_personal_data
from contracts.visible_text import visible

LONGEST_REASON = 500


def text_area(rows: int) -> forms.Textarea:
    """A text box of some rows."""
    return forms.Textarea(attrs={"rows": rows})


class ReasonField(forms.CharField):
    """A text that stays for ever, so it may not point at a child (it is refused, not kept).

    What nobody can see in it is not kept; `on_one_line` makes one line of it.
    """

    def __init__(self, *, on_one_line: bool = False, **more: Any) -> None:
        self.on_one_line = on_one_line
        super().__init__(**more)
        # Django's own refuses the one character; here it goes with its like.
        self.validators = [one for one in self.validators if not isinstance(one, ProhibitNullCharactersValidator)]

    def to_python(self, value: Any) -> str:
        """The text as it is kept, and as it is looked over."""
        seen = visible(str(value or "")).replace("\r\n", "\n").strip()
        return super().to_python(" ".join(seen.split()) if self.on_one_line else seen) or ""

    def validate(self, value: str) -> None:
        """Refuse what says nothing, and an NHS number, a postcode or a date of birth, without repeating it."""
        super().validate(value)
        if self.is_too_long(value):
            return  # Its length is refused after this; looking such a text over could take minutes.
        if value and not any(character.isalnum() for character in value):
            raise ValidationError("Say why in words")
        found = kinds_of_personal_data(value)
        if found:
            kinds = ", ".join(sorted(str(kind.value) for kind in found))
            raise ValidationError(f"Take out what could point at a child ({kinds}): this text cannot be removed later")

    def is_too_long(self, value: str) -> bool:
        """Whether the text is longer than the field takes."""
        return self.max_length is not None and len(value) > self.max_length
