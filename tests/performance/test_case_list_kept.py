"""A case list held against its return, kept with its version, and recognised when it comes again."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.db.models import Count

from contracts.audit import CONSOLE
from contracts.models import Event
from performance.actions.deciding import accept, sign_off
from performance.actions.judging import Judged, ReceivedFile, judge
from performance.actions.receiving import Receipt, receive
from performance.case_list.read import CaseListChanged
from performance.corrections import is_correction
from performance.models import CaseList, ListedCase, Measure, Outcome, Upload, Version
from tests.hostile_files.build import Changes, valid_content, workbook_with
from tests.kent import DEMO_DAY, DEMO_MOMENT, EVERY_MONTH, Kent, take_in
from tests.performance.case_lists import HEADINGS, SAMPLE, content_of, handed_in, list_of, places, sample_rows

pytestmark = pytest.mark.django_db
JULY, AUGUST = date(2019, 7, 1), date(2019, 8, 1)
LIST = SAMPLE.read_bytes()
ONE_MORE: Changes = {
    ("Activity", "D2"): 109, ("Activity", "F2"): 192, ("Caseload by pathway", "B5"): 109,
    ("Caseload by pathway", "D5"): 192, ("Equality", "D2"): 90, ("Equality", "D6"): 60,
    ("Equality", "D9"): 156, ("Equality", "D15"): 33,
}  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """Somebody who hands returns in for Kent."""

    kent: Kent

    def judged(self, cases: bytes | None = LIST, content: bytes | None = None) -> Judged:
        file = ReceivedFile(content or valid_content(AUGUST), "return.xlsx")
        case_list = handed_in(cases, "list.csv") if cases is not None else None
        return judge(file, on=DEMO_DAY, expected=self.kent.agreement, case_list=case_list)

    def taken(self, cases: bytes | None = LIST, content: bytes | None = None) -> Receipt:
        judged = self.judged(cases, content)
        return receive(judged, by=CONSOLE, at=DEMO_MOMENT, why="Counted again", warnings_reason="Checked")

    def accepted(self, cases: bytes | None = LIST) -> Version:
        version = self.taken(cases).version
        assert version is not None
        return accept(sign_off(version, by=CONSOLE, at=DEMO_MOMENT), by=CONSOLE, at=DEMO_MOMENT)


@pytest.fixture
def desk(kent: Kent) -> Desk:
    return Desk(kent)


def codes(judged: Judged) -> list[str]:
    return [finding.code for finding in judged.findings]


def without_first_case() -> bytes:
    heading, _, *rest = sample_rows()
    return content_of([heading, *rest])


def test_the_version_its_lines_and_its_list_are_kept_together(desk: Desk):
    receipt = desk.taken()
    assert receipt.judged.findings == ()
    kept = CaseList.objects.get(version=receipt.version)
    assert (kept.cases, kept.size, kept.file_name) == (223, len(LIST), "list.csv")
    assert kept.sha256 == "".join(kept.sha256.split()).lower()
    rows = kept.listed.filter(closed_on=None).values_list("area__code").annotate(Count("pk")).order_by("area__code")
    assert list(rows) == [("east-kent", 108), ("west-kent", 83)]
    first = kept.listed.order_by("pk")[0]
    assert (first.reference, first.pathway.code, first.referral_route) == ("EH-2018-10092", "early-help", "SPA")
    event = Event.objects.latest("pk")
    assert event.after is not None
    assert (event.after["case list sha256"], event.after["cases"]) == (kept.sha256, 223)


def test_every_sample_return_but_augusts_comes_without_a_list(kent: Kent):
    warned = {
        version.of_return.month: [one["code"] for one in version.upload.findings]
        for version in take_in(kent, EVERY_MONTH)
    }
    assert "no-case-list" not in warned.pop(AUGUST)
    assert len(warned) == 16
    assert all("no-case-list" in found for found in warned.values())


def test_a_return_without_a_list_is_warned_and_not_stopped(desk: Desk):
    (finding,) = desk.judged(None).findings
    assert (finding.code, finding.level, finding.sheet) == ("no-case-list", "warning", "Case list")
    assert desk.taken(None).outcome is Outcome.VERSION
    assert not CaseList.objects.exists()


def test_where_no_measure_is_so_counted_nothing_is_said_and_a_list_is_refused(desk: Desk):
    Measure.objects.update(is_counted_by_case_list=False)
    assert desk.judged(None).findings == ()
    assert codes(desk.judged()) == ["case-list-not-asked-for"]
    assert desk.taken().outcome is Outcome.REJECTED


def test_a_measure_that_the_month_is_not_asked_for_asks_for_no_list(desk: Desk):
    Measure.objects.filter(is_counted_by_case_list=True).update(in_force_from=date(2019, 9, 1))
    assert "no-case-list" not in codes(desk.judged(None))


def test_a_caseload_that_differs_names_both_numbers_and_the_cell(desk: Desk):
    judged = desk.judged(without_first_case())
    (finding,) = judged.findings
    assert (finding.code, finding.sheet, finding.level) == ("caseload-differs", "Case list", "error")
    assert "107 cases of Early Help open" in finding.found
    assert "108 in Caseload by pathway B5" in finding.found
    assert "East Kent" in finding.title


def test_another_workbook_wants_another_list(desk: Desk):
    judged = desk.judged(LIST, workbook_with(ONE_MORE))
    assert "caseload-differs" in codes(judged)
    assert "109 in Caseload by pathway B5" in next(f.found for f in judged.findings if f.code == "caseload-differs")


def test_a_list_of_another_month_does_not_fit(desk: Desk):
    judged = desk.judged(LIST, valid_content(JULY))
    assert {"opened-later", "closed-ahead"} >= set(codes(judged)) - {"change"} or "caseload-differs" in codes(judged)
    assert judged.has_errors


def test_a_rejected_upload_keeps_nothing_of_its_list(desk: Desk):
    assert desk.taken(list_of(["EH-2019-10001"] * 6)).outcome is Outcome.REJECTED
    assert (Version.objects.count(), CaseList.objects.count(), ListedCase.objects.count()) == (0, 0, 0)
    upload = Upload.objects.get()
    assert bytes(upload.content or b"") == valid_content(AUGUST)
    assert "EH-2019-10001" not in str(upload.findings)


def test_a_list_that_changes_while_it_is_taken_in_leaves_nothing(desk: Desk):
    file = handed_in(LIST)
    judged = judge(
        ReceivedFile(valid_content(AUGUST), "return.xlsx"),
        on=DEMO_DAY,
        expected=desk.kent.agreement,
        case_list=file,
    )
    file.stream.seek(0)
    file.stream.write(LIST.replace(b"West Kent", b"Worcester"))
    with pytest.raises(CaseListChanged):
        receive(judged, by=CONSOLE, at=DEMO_MOMENT, warnings_reason="Checked")
    assert (Upload.objects.count(), Version.objects.count(), CaseList.objects.count()) == (0, 0, 0)


def test_the_same_return_and_list_again_change_nothing(desk: Desk):
    version = desk.accepted()
    for cases in (LIST, None):
        receipt = desk.taken(cases)
        assert (receipt.outcome, receipt.version, receipt.judged.findings) == (Outcome.UNCHANGED, version, ())
        assert not is_correction(desk.judged(cases))
    assert CaseList.objects.count() == 1


@pytest.mark.parametrize("before", [None, LIST], ids=["no list", "a list"])
def test_the_same_return_with_another_list_is_a_correction(desk: Desk, before: bytes | None):
    desk.accepted(before)
    other = content_of([HEADINGS, *reversed(sample_rows()[1:])])
    assert is_correction(desk.judged(other))
    receipt = desk.taken(other)
    assert receipt.version is not None
    assert (receipt.outcome, receipt.version.number) == (Outcome.VERSION, 2)
    assert receipt.version.case_list.cases == 223


def test_a_correction_does_not_inherit_the_list(desk: Desk):
    desk.accepted()
    receipt = desk.taken(None, workbook_with({("Activity", "D4"): 100, ("Activity", "F4"): 191}))
    assert receipt.version is not None
    assert codes(receipt.judged) == ["no-case-list"]
    assert not CaseList.objects.filter(version=receipt.version).exists()


def test_faults_of_rows_come_before_counts(desk: Desk):
    """While rows are missing for their faults, to say that the count is off would be one fault told twice."""
    rows = sample_rows()
    rows[1][2] = "Surrey"
    assert places(desk.judged(content_of(rows)).findings) == [("C2", "unknown-area")]
