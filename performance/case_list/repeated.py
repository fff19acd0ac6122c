"""References that stand in a list twice, found without holding them all."""

from array import array
from collections.abc import Iterator
from itertools import pairwise

from performance.case_list.refusals import list_error
from performance.findings import Finding


class References:
    """Remembers 16 bytes of each reference: its hash and its row.

    Two different ones share Python's 64-bit hash, which is keyed anew in each process, once in some 150 million
    lists of 500,000; such a list would be taken the next time.
    """

    def __init__(self) -> None:
        self._hashes = array("q")
        self._rows = array("Q")

    def add(self, reference: str, row: int) -> None:
        """Remember the reference of a row."""
        self._hashes.append(hash(reference))
        self._rows.append(row)

    def repeated(self) -> Iterator[tuple[int, int]]:
        """The row of each reference that stood in an earlier one, with that earlier row."""
        ordered = sorted(self._hashes)
        again = {one for one, next_one in pairwise(ordered) if one == next_one}
        del ordered
        first: dict[int, int] = {}
        for one, row in zip(self._hashes, self._rows, strict=True):
            if one in again and first.setdefault(one, row) != row:
                yield row, first[one]


def stands_twice(column: str, row: int, earlier: int) -> Finding:
    """The finding about a reference in two rows of `column`."""
    return list_error(
        "duplicate-case",
        f"{column}{row}",
        title="A case stands in the list twice",
        found=f"The same reference in rows {earlier:,} and {row:,}",
        expected="Each case once",
        remedy=f"Delete row {earlier:,} or row {row:,}, or correct its reference",
    )
