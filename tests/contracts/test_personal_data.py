"""Personal data is found however it is written, and ordinary notes are left alone."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.personal_data import PersonalData, kinds_of_personal_data, passes_modulus_11

VECTORS = Path(__file__).parents[1] / "vectors" / "calendar" / "nhs_number_mod11.csv"
ROWS = list(csv.DictReader(VECTORS.read_text(encoding="utf-8").splitlines()))
VALID = [row["digits"] for row in ROWS if row["passes_mod11"] == "True"]
INVALID = [row["digits"] for row in ROWS if row["passes_mod11"] == "False"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["digits"])
def test_the_reference_numbers(row: dict[str, str]) -> None:
    assert passes_modulus_11(row["digits"]) == (row["passes_mod11"] == "True")


@given(
    st.sampled_from(VALID),
    st.lists(st.sampled_from(["", " ", "-", "\u00a0", " - ", "\u2013", ".", "\u200b"]), min_size=9, max_size=9),
)
def test_an_nhs_number_is_found_however_spaced(digits: str, gaps: list[str]) -> None:
    text = digits[0] + "".join(gap + digit for gap, digit in zip(gaps, digits[1:], strict=True))
    assert PersonalData.NHS_NUMBER in kinds_of_personal_data(f"seen: {text}, discharged")


@given(st.sampled_from(VALID), st.text(" /,()[]:|-;.*_", min_size=1, max_size=6))
def test_an_nhs_number_is_found_whatever_stands_between_its_groups(digits: str, gap: str) -> None:
    assert PersonalData.NHS_NUMBER in kinds_of_personal_data(gap.join((digits[:3], digits[3:6], digits[6:])))
    assert PersonalData.NHS_NUMBER in kinds_of_personal_data(gap.join(digits))


SPACES = " \t\n\r\u00a0\u2003\u2009\u202f\u2028\u3000\u2800\x85"
UNSEEN = "\u200b\u202e\u2060\ufeff\u00ad\ufe0f\u034f\x00\x07"


@given(st.sampled_from(VALID), st.lists(st.text(SPACES + UNSEEN, max_size=40), min_size=9, max_size=9))
def test_an_nhs_number_is_found_whatever_the_runs_of_spaces(digits: str, gaps: list[str]) -> None:
    text = digits[0] + "".join(gap + digit for gap, digit in zip(gaps, digits[1:], strict=True))
    assert PersonalData.NHS_NUMBER in kinds_of_personal_data(f"seen: {text}, discharged")


@given(
    st.sampled_from(VALID),
    st.sampled_from("/,()[]:|-;.*_ \t\n\u2014\u00b7"),
    st.lists(st.integers(1, 60), min_size=9, max_size=9),
)
def test_an_nhs_number_is_found_whatever_the_runs_of_one_separator(digits: str, mark: str, lengths: list[int]) -> None:
    first, second = mark * lengths[0], mark * lengths[1]
    assert PersonalData.NHS_NUMBER in kinds_of_personal_data(
        first.join((digits[:3], digits[3:6])) + second + digits[6:]
    )
    apart = "".join(mark * length + digit for length, digit in zip(lengths, digits[1:], strict=True))
    assert PersonalData.NHS_NUMBER in kinds_of_personal_data(digits[0] + apart)


@given(st.sampled_from(["ME14", "CT1", "SW1A"]), st.text(SPACES + UNSEEN, max_size=40), st.integers(0, 40))
def test_a_postcode_is_found_whatever_the_run_between_its_halves(first: str, gap: str, length: int) -> None:
    for between in (gap, "-" * length, "- " * length):
        assert kinds_of_personal_data(f"at {first}{between}1XX") == (PersonalData.POSTCODE,)


@pytest.mark.parametrize("text", ["943       476       5919", "9 -  - - 43 - - - -4765919", "9434765919".join("\n\n")])
def test_wide_gaps_are_closed_up(text: str) -> None:
    assert kinds_of_personal_data(text) == (PersonalData.NHS_NUMBER,)


@pytest.mark.parametrize(
    "text",
    [
        "108      83      191      22      9      47      12      60      31",
        "Tel      01622      694000",
        "31.08.2019        19\n30.09.2019        17",
        "E5        2nd",
        "Ashford ........ 94\nCanterbury ..... 34\nDover .......... 76\nSwale .......... 5919",
    ],
)
def test_tables_of_counts_and_dates_are_left_alone(text: str) -> None:
    assert kinds_of_personal_data(text) == ()


@pytest.mark.parametrize(
    "piece", ["1", " ", "1 ", "1 - ", "born 1.", "943       ", "- .", "M1 ", "\u202e1\u2003", "1/ ,;"]
)
def test_a_hundred_thousand_characters_are_read_in_one_pass(piece: str) -> None:
    """Patterns that look back again and again would take hours over these, and the run would never end."""
    text = piece * (100_000 // len(piece))
    assert PersonalData.NHS_NUMBER in kinds_of_personal_data(f"{text} or 943       476       5919")


@pytest.mark.parametrize("gap", ["/", ", ", ") (", ": ", " | ", "      "])
@pytest.mark.parametrize("digits", INVALID)
def test_groups_of_digits_that_fail_the_check_are_no_nhs_number(digits: str, gap: str) -> None:
    assert kinds_of_personal_data(gap.join((digits[:3], digits[3:6], digits[6:]))) == ()


@pytest.mark.parametrize("digits", VALID)
def test_neighbouring_numbers_are_not_joined(digits: str) -> None:
    assert kinds_of_personal_data(f"{digits[:2]}/{digits[2:4]}/{digits[4:8]}, {digits[8:]}") == ()
    assert kinds_of_personal_data(f"{digits[:4]}, {digits[4:7]}, {digits[7:]}") == ()


@pytest.mark.parametrize(
    "text", ["CT1      3HJ", "CT1.3HJ", "CT1, 3HJ", "\u0421\u04221 3\u041dJ", "\u0441t1 3hj", "\u039c\u039514 1XX"]
)
def test_a_postcode_is_found_however_spaced_and_in_letters_that_look_alike(text: str) -> None:
    assert kinds_of_personal_data(text) == (PersonalData.POSTCODE,)


@pytest.mark.parametrize("digits", INVALID)
def test_ten_digits_that_fail_the_check_are_no_nhs_number(digits: str) -> None:
    assert kinds_of_personal_data(f"ref {digits}") == ()


@pytest.mark.parametrize("text", ["CT1 3HJ", "ct13hj", "ME14\u00a01XX", "SW1A 1AA", "lives at TN24-8AB.", "(M1 1AE)"])
def test_a_postcode_is_found(text: str) -> None:
    assert kinds_of_personal_data(text) == (PersonalData.POSTCODE,)


@pytest.mark.parametrize(
    "text",
    ["DOB 3/5/2008", "d.o.b: 2008-05-03", "date of birth 03.05.2008", "born on 3rd May 2008", "Birth date 030508"],
)
def test_a_date_of_birth_is_found(text: str) -> None:
    assert kinds_of_personal_data(text) == (PersonalData.DATE_OF_BIRTH,)


@pytest.mark.parametrize(
    "text",
    [
        "Not recorded separately from the Complex Pathway",
        "Posts held vacant",
        "School summer holiday: the health needs units were closed from 24 July 2019.",
        "Call 01622 694000 or 07700 900123",
        "01/09/2019",
        "01/09/2019 to 30/09/2019",
        "108, 83 and 191; 1,234",
        "Figures as at 2019-08-31 10 am",
        "EH-2018-10092 was counted twice",
        "Correct D5 2nd, then E5 3rd",
        "DOB not recorded by the service",
        "£1,234,567,890 in all",
        "KCC-CYPMHS-S76, RAT, E07000106",
        "Increase of 12.5% on Q1 2AB",
        "",
    ],
)
def test_an_ordinary_note_is_left_alone(text: str) -> None:
    assert kinds_of_personal_data(text) == ()


def test_several_kinds_are_all_named() -> None:
    assert kinds_of_personal_data("943 476 5919, CT1 3HJ, born 3 May 2008") == tuple(PersonalData)


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    assert set(kinds_of_personal_data(text)) <= set(PersonalData)
