"""Texts that stay: what nobody sees is taken out, and a text that is too long is only told so."""

import pytest
from django.core.exceptions import ValidationError

from contracts.forms.texts import ReasonField
from contracts.visible_text import visible

NHS_NUMBER = "943 476 5919"


def refusals(text: str, longest: int = 500) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        ReasonField(max_length=longest).clean(text)
    return refused.value.messages


def test_a_text_that_is_too_long_is_not_looked_over() -> None:
    too_long = f"{NHS_NUMBER} " + "a" * 500
    (said,) = refusals(too_long)
    assert "500 characters" in said
    (said,) = refusals(too_long, longest=1000)
    assert "NHS number" in said


@pytest.mark.parametrize("text", ["\u3164\u3164", "\u2800", "\u200b\u2060", "\ue000", "\ufffe\uffff", "\u0300" * 3])
def test_a_text_that_nobody_sees_says_nothing(text: str) -> None:
    assert refusals(text) in (["This field is required."], ["Say why in words"])


def test_no_letter_bears_more_marks_than_a_language_needs() -> None:
    assert visible("a" + "\u0301" * 100) == "a" + "\u0301" * 4
    assert visible("Nguye\u0302\u0303n and naïve") == "Nguye\u0302\u0303n and naïve"
