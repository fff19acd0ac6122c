"""The kinds of thing that a variation may change, known by their code; apps above this one add theirs at the start."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.forms import Field

from contracts.models import Agreement
from contracts.variations.ranges import Change, Term, Values

NONE_GIVEN = "none"
# What is wrong with the fields of a term, a sentence by field.
Faults = Mapping[str, str]
Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that may be changed: its key within its subject, what pages call it, its unit and which way it is
    better, if any."""

    key: str
    label: str
    unit: str = ""
    polarity: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing whose terms are rows with days in force.

    `links` are the columns that say of which thing a row is; `says` are the fields of its terms. A subject without
    fields, such as an element, can only end. `keeps` are columns that no variation says anything of, each with the
    field that it is about: a new term has them of the old one as long as that field stays the same. `faults` says what
    is wrong with fields that do not suit each other.
    """

    code: str
    name: str
    model: type[Model]
    of_agreement: str
    links: tuple[str, ...]
    says: tuple[str, ...]
    list_things: Callable[[Agreement], Sequence[Thing]]
    fields: Callable[[Thing], dict[str, Field]]
    in_words: Callable[[Thing, Values], Words]
    moves_due_days: bool = False
    can_end: bool = True
    keeps: tuple[tuple[str, str], ...] = ()
    faults: Callable[[Thing, Values], Faults] = lambda thing, values: {}

    @property
    def can_begin(self) -> bool:
        """Whether a new term may take the place of the old one."""
        return bool(self.says)

    def terms(self, agreement: Agreement, key: str, *, are_locked: bool = False) -> tuple[Term, ...]:
        """The terms of one thing, the earliest first; locked until the transaction ends where asked. One query."""
        rows = self.model._default_manager.filter(**{self.of_agreement: agreement}, **self._links_of(key))
        rows = rows.order_by("in_force_from", "pk")
        return tuple(self.term_of(row) for row in (rows.select_for_update(of=("self",)) if are_locked else rows))

    def key_of_row(self, row: object) -> str:
        """The key of the thing that a row of this subject is of."""
        return key_of(*(getattr(row, link) for link in self.links))

    def put(self, agreement: Agreement, key: str, change: Change, *, on: date, source: str) -> None:
        """End the old term on a day and write the new one, in the caller's transaction."""
        if change.ended:
            self.model._default_manager.filter(pk=change.ended.row).update(in_force_until=on)
        if change.begins:
            self.row_of(agreement, key, change, source=source).save(force_insert=True)

    def row_of(self, agreement: Agreement, key: str, change: Change, *, source: str) -> Model:
        """The row of the term that a change begins, not saved."""
        assert change.begins is not None
        own = {"agreement": agreement} if self.of_agreement == "agreement" else {}
        said = {name: self._typed(name, value) for name, value in change.begins.values.items()}
        kept = self._kept(change.ended, change.begins) if change.ended else {}
        return self.model(
            **self._links_of(key),
            **own,
            **said,
            **kept,
            in_force_from=change.begins.in_force_from,
            in_force_until=change.begins.in_force_until,
            source=source,
        )

    def term_of(self, row: Any) -> Term:
        """The term that a row of this subject holds."""
        said = {name: as_written(getattr(row, name)) for name in self.says}
        return Term(row.pk, said, row.in_force_from, row.in_force_until)

    def _kept(self, ended: Term, begins: Term) -> dict[str, Any]:
        """What the new term keeps of the old one's columns, as the table has them."""
        names = [column for column, of in self.keeps if ended.values[of] == begins.values[of]]
        return self.model._default_manager.filter(pk=ended.row).values(*names).get() if names else {}

    def _links_of(self, key: str) -> dict[str, int | None]:
        """The columns that `key`, as `key_of` writes it, stands for."""
        numbers = key.split("-") if self.links else []
        return {link: int(number) if number else None for link, number in zip(self.links, numbers, strict=True)}

    def _typed(self, name: str, value: str | int | None) -> Any:
        return self.model._meta.get_field(name).to_python(value)  # type: ignore[union-attr]  # a column of its own


def key_of(*numbers: int | None) -> str:
    """How a thing is named by the keys of what it is of: "7-3", or "7-" without the second."""
    return "-".join("" if number is None else str(number) for number in numbers)


def as_written(value: Any) -> str | int | None:
    """A value as JSON may hold it exactly: a decimal number as text, without the noughts of its column."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


_subjects: dict[str, Subject] = {}


def add_subject(subject: Subject) -> None:
    """Let variations change this kind of thing. Called once for each when the portal starts."""
    _subjects[subject.code] = subject


def all_subjects() -> tuple[Subject, ...]:
    """Every kind of thing that may be changed, by name."""
    return tuple(sorted(_subjects.values(), key=lambda one: one.name))


def subject_called(code: str) -> Subject | None:
    """The subject of that code; None where no app has added it."""
    return _subjects.get(code)


def thing_of(subject: Subject, agreement: Agreement, key: str) -> Thing | None:
    """The thing of that key; None where the agreement has no such thing, whatever was typed."""
    return next((one for one in subject.list_things(agreement) if one.key == key), None)
