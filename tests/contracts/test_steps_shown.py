"""The ladder of a notice as the board shows it."""

from datetime import date

from contracts.levers.ladder import NoticeStage as S
from contracts.levers.steps_shown import Climb, Passed, steps_shown

PERFORMANCE = {
    S.MEETING.value: "Contract management meeting",
    S.INVESTIGATION.value: "Joint investigation",
    S.ACTION.value: "Immediate action",
    S.PLAN.value: "Remedial action plan",
    S.MONITORED.value: "Remedial action plan under way",
    S.BREACHED.value: "Breach to be put right",
    S.EXCEPTION_REPORT.value: "Exception report",
    S.WITHHOLDING.value: "Withholding",
}
ACTIVITY = {
    S.MEETING.value: "Activity management meeting",
    S.INVESTIGATION.value: "Joint activity review",
    S.PLAN.value: "Activity management plan",
    S.MONITORED.value: "Activity management plan under way",
}
JUNE, OCTOBER = date(2019, 6, 12), date(2019, 10, 8)


def shown(climb: Climb) -> list[tuple[str, str, str]]:
    return [(one.name, one.state, one.when) for one in steps_shown(climb)]


def test_what_was_asked_for_has_no_step_behind_it() -> None:
    names = {S.ACTION.value: "Remedy", S.WITHHOLDING.value: "Withholding"}
    assert shown(Climb(S.ASKED, names, [], date(2019, 10, 16), None, asker="KCC")) == [
        ("KCC asked", "now", "16 October"),
        ("Notice", "todo", ""),
        ("Remedy", "todo", ""),
        ("Withholding", "todo", ""),
    ]


def test_what_a_meeting_leads_to_is_one_step_where_it_is_one_of_many() -> None:
    moves = [Passed("asked", S.MEETING, OCTOBER)]
    assert shown(Climb(S.MEETING, PERFORMANCE, moves, OCTOBER, OCTOBER, due=date(2019, 10, 22))) == [
        ("Notice", "done", "8 October"),
        ("Meeting", "now", "by 22 October"),
        ("Outcome", "todo", ""),
        ("Exception report", "todo", ""),
        ("Withholding", "todo", ""),
    ]


def test_steps_that_follow_each_other_are_shown_each() -> None:
    moves = [Passed("asked", S.MEETING, OCTOBER)]
    assert [one.name for one in steps_shown(Climb(S.MEETING, ACTIVITY, moves, OCTOBER, OCTOBER))] == [
        "Notice",
        "Meeting",
        "Joint activity review",
        "Activity management plan",
    ]


def test_what_was_passed_has_its_day_and_a_breach_that_is_over_its_day_stands_out() -> None:
    moves = [
        Passed("asked", S.MEETING, JUNE),
        Passed(S.MEETING, S.PLAN, date(2019, 6, 26)),
        Passed(S.PLAN, S.MONITORED, date(2019, 7, 3)),
        Passed(S.MONITORED, S.BREACHED, date(2019, 10, 3)),
    ]
    climb = Climb(S.BREACHED, PERFORMANCE, moves, JUNE, JUNE, due=date(2019, 10, 10), is_over=True)
    assert shown(climb) == [
        ("Notice", "done", "12 June"),
        ("Meeting", "done", "26 June"),
        ("Plan agreed", "done", "3 July"),
        ("Plan breached", "over", "by 10 October"),
        ("Exception report", "todo", ""),
        ("Withholding", "todo", ""),
    ]


def test_a_stage_without_a_clock_says_since_when() -> None:
    moves = [Passed("asked", S.MEETING, JUNE), Passed(S.MEETING, S.ACTION, date(2019, 6, 26))]
    assert shown(Climb(S.ACTION, PERFORMANCE, moves, JUNE, JUNE))[2] == ("Immediate action", "now", "since 26 June")
