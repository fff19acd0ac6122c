"""The question that the law puts before a payment, by the power it is made under. Imports no Django."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StatutoryQuestion:
    """A question to be answered with yes before money leaves, and where the law asks it."""

    text: str
    source: str


DIRECTIONS_2013 = (
    "National Health Service (Conditions Relating to Payments by NHS Bodies to Local Authorities) Directions 2013"
)
DIRECTIONS_2013_OF_COUNCILS = (
    "National Health Service (Conditions Relating to Payments by Local Authorities to NHS Bodies) Directions 2013"
)
REGULATIONS_2000 = "NHS Bodies and Local Authorities Partnership Arrangements Regulations 2000, regulation 4(2)"


def more_effective_than_the_councils_own_services() -> StatutoryQuestion:
    """The condition of a payment by a council to an NHS body (NHS Act 2006, section 76; Directions 2013)."""
    return StatutoryQuestion(
        "Is this payment likely to secure a more effective use of public funds than the same sum spent on the "
        "council’s own services?",
        DIRECTIONS_2013_OF_COUNCILS,
    )


def more_effective_than_the_nhs_bodys_own_services() -> StatutoryQuestion:
    """The condition of a payment by an NHS body to a council (NHS Act 2006, section 256; Directions 2013)."""
    return StatutoryQuestion(
        "Is this payment likely to secure a more effective use of public funds than the same sum spent on the "
        "payer’s own services?",
        DIRECTIONS_2013,
    )


def leads_to_an_improvement() -> StatutoryQuestion:
    """The condition of a partnership (NHS Act 2006, section 75; Regulations 2000, regulation 4(2))."""
    return StatutoryQuestion(
        "Is this payment likely to lead to an improvement in the way the partners’ functions are exercised?",
        REGULATIONS_2000,
    )


QUESTIONS: dict[str, Callable[[], StatutoryQuestion]] = {
    "s75": leads_to_an_improvement,
    "s76": more_effective_than_the_councils_own_services,
    "s256": more_effective_than_the_nhs_bodys_own_services,
}


def source_of(power: str) -> str:
    """The directions or regulations that payments under `power` follow."""
    return question_under(power).source.partition(", regulation")[0]


def question_under(power: str) -> StatutoryQuestion:
    """The question put before a payment under `power` ("s75", "s76", "s256")."""
    return QUESTIONS[power]()
