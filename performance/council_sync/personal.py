"""Whether a refused case points at a person. A case that is kept has no room for it: each field has its form."""

from collections.abc import Iterable, Mapping
from typing import Any

from performance.council_sync import limits
from performance.personal_data import kinds_of_personal_data, points_at_a_child


def points_at_a_person(fields: Mapping[str, Any], known: Iterable[str]) -> bool:
    """Whether a value of a case, or the name of a field that is not `known`, holds or announces personal data."""
    unknown = fields.keys() - set(known)
    return any(points_at_a_child(name[: limits.LOOKED_AT]) for name in unknown) or any(
        kinds_of_personal_data(str(value)[: limits.LOOKED_AT]) for value in fields.values()
    )
