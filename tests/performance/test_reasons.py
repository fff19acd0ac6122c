"""What people write about a return stays for ever, so it may not point at a child."""

import pytest

from performance.forms import DecisionForm, SignOffForm, WithdrawalForm

TELLING = ["The child is 943 476 5919", "Moved to ME14 1XQ", "NHS 9434765919, sorry"]


@pytest.mark.parametrize("text", TELLING)
@pytest.mark.parametrize(
    ("form", "field", "given"),
    [
        (lambda data: SignOffForm(data, is_late=True), "late_because", {"declaration": "on"}),
        (WithdrawalForm, "reason", {}),
        (DecisionForm, "queries", {"decision": "send-back"}),
    ],
)
def test_a_telling_reason_is_refused_without_repeating_it(form, field, given, text):
    filled = form({**given, field: text})
    assert not filled.is_valid()
    said = str(filled.errors[field])
    assert "point at a child" in said
    assert "943" not in said
    assert "ME14" not in said


def test_an_ordinary_reason_is_taken():
    assert WithdrawalForm({"reason": "The school holidays: 22 pupils is right"}).is_valid()
