"""Whether a refused case points at a person. A case that is kept has no room for it: each field has its form."""

from collections.abc import Collection, Mapping
from itertools import chain, islice
from typing import Any

from contracts.personal_data import kinds_of_personal_data, points_at_a_child
from performance.council_sync import limits


def points_at_a_person(fields: Mapping[str, Any], known: Collection[str]) -> bool:
    """Whether a value of a case, or the name of a field that is not `known`, holds or announces personal data.

    It only decides which reason a refused case is given, so no more is looked at than a case could have meant to say.
    """
    return any(
        (name not in known and points_at_a_child(name[: limits.LOOKED_AT]))
        or kinds_of_personal_data(_beginning(value)[: limits.LOOKED_AT])
        for name, value in islice(fields.items(), limits.FIELDS_LOOKED_AT)
    )


def _beginning(value: object) -> str:
    """What a value says first, in order. Its text as a whole costs as much as it is long, and fails if it is deep."""
    waiting, said = [value], ""
    for _ in range(limits.VALUES_LOOKED_AT):
        if not waiting or len(said) >= limits.LOOKED_AT:
            break
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += reversed(list(islice(chain.from_iterable(one.items()), limits.LOOKED_AT)))
        elif isinstance(one, list):
            waiting += reversed(one[: limits.LOOKED_AT])
        else:
            said += str(one)[: limits.LOOKED_AT] + ", "
    return said
