"""Personal data is found however it is written, and ordinary notes are left alone."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.personal_data import PersonalData, kinds_of_personal_data, passes_modulus_11

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
