"""What differs between two statements of the same things, each with the cell it stands in. Pure."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


class Kind(StrEnum):
    """How one thing said differs."""

    CHANGED = "Changed"
    ADDED = "Added"
    TAKEN_OUT = "Taken out"
    NOT_REPORTED = "No longer reported"
    GOT_NUMBER = "Now reported"
    OTHER_REASON = "Another reason for not reporting it"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing as it is said: a value, or why there is none, or that a small count is hidden (then no value).

    `shown` is what the reader is shown of it, which is all that is compared.
    """

    cell: str
    value: Decimal | None
    shown: str
    comment: str = ""
    is_reported: bool = True
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Difference(Generic[Key]):
    """One thing that differs; a side is None where it is not said there."""

    key: Key
    kind: Kind
    old: Said | None
    new: Said | None

    @property
    def by(self) -> Decimal | None:
        """The new value less the old one; None where a side has no value or hides it."""
        if self.old is None or self.new is None or self.old.value is None or self.new.value is None:
            return None
        return self.new.value - self.old.value


@dataclass(frozen=True, slots=True)
class Differences(Generic[Key]):
    """Everything that differs, in the order asked for, and how many things are the same or hidden on both sides."""

    found: tuple[Difference[Key], ...]
    comments: tuple[Difference[Key], ...]
    same: int
    hidden: int

    def count(self, kind: Kind) -> int:
        """How many differ in that way."""
        return sum(one.kind is kind for one in self.found)


def differences(keys: Iterable[Key], old: Mapping[Key, Said], new: Mapping[Key, Said]) -> Differences[Key]:
    """What differs between `old` and `new`, in the order of `keys`; what neither says is left out.

    A thing hidden on both sides is not compared, and one hidden on one side has no difference: neither gives the
    hidden count away. A comment is compared where both sides say the thing.
    """
    pairs = [(key, old.get(key), new.get(key)) for key in keys if key in old or key in new]
    hidden = [pair for pair in pairs if all(said is not None and said.is_hidden for said in pair[1:])]
    kinds = [(key, _kind(before, now), before, now) for key, before, now in pairs]
    found = tuple(Difference(key, kind, before, now) for key, kind, before, now in kinds if kind is not None)
    comments = tuple(
        Difference(key, Kind.CHANGED, before, now)
        for key, before, now in pairs
        if before is not None and now is not None and before.comment != now.comment
    )
    return Differences(found, comments, same=len(pairs) - len(found) - len(hidden), hidden=len(hidden))


def _kind(old: Said | None, new: Said | None) -> Kind | None:
    """How the two differ; None where they say the same, or nothing that may be compared."""
    if old is None or new is None:
        return Kind.ADDED if old is None else Kind.TAKEN_OUT
    if old.is_reported and not new.is_reported:
        return Kind.NOT_REPORTED
    if new.is_reported and not old.is_reported:
        return Kind.GOT_NUMBER
    is_same = old.shown == new.shown and old.value == new.value
    if is_same:
        return None
    return Kind.CHANGED if new.is_reported else Kind.OTHER_REASON
