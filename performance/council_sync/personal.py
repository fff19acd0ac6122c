"""Whether a refused case points at a person. A case that is kept has no room for it: each field has its form."""

from collections.abc import Collection, Mapping
from itertools import islice
from typing import Any

from performance.council_sync import limits
from performance.personal_data import kinds_of_personal_data, points_at_a_child


def points_at_a_person(fields: Mapping[str, Any], known: Collection[str]) -> bool:
    """Whether a value of a case, or the name of a field that is not `known`, holds or announces personal data.

    It only decides which reason a refused case is given, so no more is looked at than a case could have meant to say.
    """
    return any(
        (name not in known and points_at_a_child(name[: limits.LOOKED_AT]))
        or kinds_of_personal_data(str(value)[: limits.LOOKED_AT])
        for name, value in islice(fields.items(), limits.FIELDS_LOOKED_AT)
    )
