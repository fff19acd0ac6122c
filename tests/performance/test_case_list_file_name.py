"""A case list that is named after another month than the return is perhaps last month's."""

from dataclasses import replace

import pytest

from performance.findings import Level
from tests.performance.case_lists import GOOD, TERMS, list_of, places, read


def test_a_list_named_after_another_month_is_said():
    one = read(list_of(GOOD), "nelft-case-list-2019-07.csv")
    (finding,) = one.findings
    assert (finding.code, finding.level, finding.sheet) == ("file-name-month", Level.WARNING, "Case list")
    assert finding.found == "2019-07 in the name of the case list’s file, 2019-08 on sheet Return"
    assert one.cases == 1


@pytest.mark.parametrize(
    "name", ["nelft-case-list-2019-08.csv", "list.csv", "cases 2019-07 to 2019-08.csv", "2019.csv"]
)
def test_a_name_that_says_no_other_month_is_no_matter(name: str):
    assert places(read(list_of(GOOD), name).findings) == []


def test_a_list_beside_a_return_of_no_month_is_held_against_none():
    one = read(list_of(GOOD), "list-2019-07.csv", replace(TERMS, month=None))
    assert "file-name-month" not in [finding.code for finding in one.findings]
