"""The question before a payment, for each power there is."""

import pytest

from contracts.models.agreement import Power
from funding.models import StatutoryTest
from funding.statutory_test import QUESTIONS, question_under


def test_every_power_has_its_question() -> None:
    assert QUESTIONS.keys() == set(Power.values)


@pytest.mark.parametrize(
    ("power", "words", "source"),
    [
        (
            Power.S76,
            "than the same sum spent on the council’s own services",
            "Local Authorities to NHS Bodies) Directi",
        ),
        (Power.S256, "than the same sum spent on the payer’s own services", "NHS Bodies to Local Authorities) Directi"),
        (Power.S75, "lead to an improvement in the way the partners’ functions are exercised", "regulation 4(2)"),
    ],
)
def test_the_question_and_its_source(power: Power, words: str, source: str) -> None:
    question = question_under(power)
    assert words in question.text
    assert source in question.source
    assert len(question.text) <= (StatutoryTest._meta.get_field("question").max_length or 0)
