"""The provider's side for tests: accepted versions with a case list, as they stand in the database."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from contracts.models import Agreement
from contracts.periods import add_months
from performance.models import CaseList, ListedCase, Return, State, Upload, Version
from performance.needs import state_need
from performance.reconciliation import HeldCase
from tests.kent import DEMO_MOMENT


def accept_list(
    agreement: Agreement, month: date, cases: Iterable[HeldCase] | None, at: datetime = DEMO_MOMENT
) -> Version:
    """An accepted version of `month` with a list of cases (None: without one), in place of the one before it."""
    one, _ = Return.objects.get_or_create(
        agreement=agreement, month=month, defaults={"due_on": add_months(month, 1).replace(day=14)}
    )
    number = one.versions.count() + 1
    one.versions.filter(state=State.ACCEPTED).update(state=State.REPLACED, replaced_at=at)
    upload = Upload.objects.create(
        agreement=agreement, month=month, file_name="return.csv", size=1, content=b"x", outcome="version",
        sha256=hashlib.sha256(f"{month}{number}".encode()).hexdigest(), uploaded_by_name="Somebody", uploaded_at=at,
    )  # fmt: skip
    version = Version.objects.create(
        of_return=one, number=number, upload=upload, state=State.ACCEPTED, submitted_at=at, accepted_at=at
    )
    if cases is not None:
        _keep(version, list(cases))
    state_need(agreement, month, add_months(month, 1), reason=f"{version} was accepted", at=at)
    return version


def _keep(version: Version, cases: list[HeldCase]) -> None:
    agreement = version.of_return.agreement
    areas = {area.code: area for area in agreement.areas.all()}
    counted = agreement.measures.filter(is_counted_by_case_list=True).order_by("pk")[0].pathway
    kept = CaseList.objects.create(version=version, file_name="list.csv", sha256="0" * 64, size=1, cases=len(cases))
    ListedCase.objects.bulk_create(
        ListedCase(
            case_list=kept,
            reference=case.reference,
            pathway=counted,
            area=areas[case.area],
            referral_route=case.referral_route,
            opened_on=case.opened_on,
            closed_on=case.closed_on,
        )
        for case in cases
    )
