"""What breaks each constraint and trigger of a case list."""

from datetime import date

from performance.models import CaseList, ListedCase, Measure
from tests.invariants.refusals import Refusals, again, area_elsewhere, changed, first
from tests.kent import Kent


def of_another_agreement(kent: Kent) -> None:
    """Rows of one statement, of which the last is held elsewhere."""
    case = first(ListedCase)
    there = area_elsewhere(kent)
    ListedCase.objects.bulk_create(
        ListedCase(
            case_list=case.case_list,
            reference=f"EH-2019-9999{number}",
            pathway=case.pathway,
            area=area,
            referral_route="SPA",
            opened_on=case.opened_on,
        )
        for number, area in enumerate([case.area, there])
    )


OF_CASES: Refusals = {
    "a_case_list_counts_a_pathway": lambda _: changed(first(Measure, sheet="Activity"), is_counted_by_case_list=True),
    "case_lists_are_append_only": lambda _: changed(first(CaseList), cases=1),
    "listed_cases_are_append_only": lambda _: changed(first(ListedCase), reference="EH-2019-99999"),
    "a_list_names_a_case_once": lambda _: again(first(ListedCase)),
    "a_case_closes_after_it_opened": lambda _: again(
        first(ListedCase), reference="EH-2019-99999", closed_on=date(2001, 1, 1)
    ),
    "a_listed_case_is_of_its_agreement": of_another_agreement,
}
