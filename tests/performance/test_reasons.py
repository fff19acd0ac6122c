"""What people write about a return stays for ever, so it may not point at a child."""

import pytest

from performance.forms import DecisionForm, NilReturnForm, SignOffForm, WithdrawalForm

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


@pytest.mark.parametrize("text", ["ab\u202ecd", "ab\x00cd", "\u200b ab\u2066c\x07d\n", "ab\ud800cd", "\ufeffabcd"])
def test_nothing_that_cannot_be_seen_is_kept(text):
    form = WithdrawalForm({"reason": text})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["reason"] == "abcd"


def test_line_breaks_and_tabs_are_kept():
    form = WithdrawalForm({"reason": " one\r\n\ttwo\n"})
    assert form.is_valid()
    assert form.cleaned_data["reason"] == "one\n\ttwo"


@pytest.mark.parametrize("text", [".", "?", "-", "\u2014 !", "\u200b.", "..\n.."])
def test_a_reason_without_a_word_is_refused(text):
    form = WithdrawalForm({"reason": text})
    assert form.errors["reason"] == ["Say why in words"]


@pytest.mark.parametrize("text", ["\u202e", "\u200b \x00", " \n"])
def test_a_reason_that_cannot_be_seen_is_none(text):
    assert WithdrawalForm({"reason": text}).errors["reason"] == ["Say why you withdraw this version"]


def nil(because):
    return NilReturnForm({"because": because, "statement": "on"}, needs_why=False)


def test_a_nil_return_says_why_on_one_line_which_is_what_is_looked_over():
    form = nil(" No team\r\n\tyet ")
    assert form.is_valid()
    assert form.cleaned_data["because"] == "No team yet"
    wide = "943" + "\n" * 30 + "476\u202e" + " " * 30 + "5919"
    assert "point at a child" in str(nil(wide).errors["because"])
