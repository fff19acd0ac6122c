"""Choosing what a draft changes: every thing that may be varied, with what is agreed for it on the draft's day."""

from dataclasses import dataclass

from contracts.models import Agreement, Variation
from contracts.variations.ranges import Term, held_on
from contracts.variations.subjects import Subject, Thing, Words, all_subjects, subject_called, thing_of

BETWEEN = ":"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The thing that somebody chose, with the term in force on the draft's day."""

    subject: Subject
    thing: Thing
    held: Term | None

    @property
    def name(self) -> str:
        """How an address names it."""
        return f"{self.subject.code}{BETWEEN}{self.thing.key}"

    @property
    def now(self) -> Words:
        """What is agreed for it, in words."""
        return self.subject.in_words(self.thing, self.held.values) if self.held else (("", "nothing agreed"),)


@dataclass(frozen=True, slots=True)
class Group:
    """The things of one kind, each with the name that an address gives it."""

    name: str
    things: tuple[tuple[str, str], ...]


def groups_of(agreement: Agreement) -> tuple[Group, ...]:
    """Everything that may be varied, by kind."""
    return tuple(
        Group(one.name, tuple((f"{one.code}{BETWEEN}{thing.key}", thing.label) for thing in one.list_things(agreement)))
        for one in all_subjects()
    )


def chosen_by(variation: Variation, asked: str) -> Chosen | None:
    """The thing that an address names; None for what the agreement has not."""
    code, _, key = asked.partition(BETWEEN)
    subject = subject_called(code)
    thing = thing_of(subject, variation.agreement, key) if subject else None
    if subject is None or thing is None:
        return None
    return Chosen(subject, thing, held_on(subject.terms(variation.agreement, key), variation.in_force_from))
