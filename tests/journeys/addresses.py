"""Every address of the portal with what to put into it, so that a new page cannot be forgotten."""

from collections.abc import Iterator
from datetime import date

from django.urls import URLPattern, URLResolver, get_resolver, reverse

KENT = "KCC-CYPMHS-S76"
AUGUST = date(2019, 8, 1)

# What each named address is opened with, one or several times, and its query.
OF_AN_AGREEMENT: dict[str, list[tuple[list[object], str]]] = {
    "overview": [
        ([KENT], "?month=2019-08"),
        ([KENT], "?month=2019-09"),
        ([KENT], "?as-at=2019-10-15"),
        ([KENT], "?as-at=2030-01-01"),
    ],
    "element": [
        ([KENT, "ehu"], "?month=2019-08"),
        ([KENT, "hsb"], "?month=2019-08"),
        ([KENT, "ehu"], "?as-at=2018-01-01"),
    ],
    "element_exit": [([KENT, "ehu"], ""), ([KENT, "hsb"], "")],
    "figure": [
        ([KENT, "early-help-caseload", "ehu", "kent", AUGUST], ""),
        ([KENT, "total-caseload", "whole", "kent", AUGUST], ""),
        ([KENT, "hsb-caseload", "hsb", "kent", AUGUST], ""),
        ([KENT, "early-help-goals-met", "ehu", "kent", AUGUST], "?as-at=2019-10-15"),
        ([KENT, "early-help-caseload", "ehu", "kent", AUGUST], "?as-at=2018-01-01"),
    ],
    "money": [
        ([KENT], "?month=2019-08"),
        ([KENT], "?month=2019-09&months=all"),
        ([KENT], "?as-at=2018-01-01"),
    ],
    "open_book": [
        ([KENT], "?month=2019-08"),
        ([KENT], "?month=2019-09&period=all"),
        ([KENT], "?period=year&element=hsb"),
        ([KENT], "?as-at=2018-01-01"),
    ],
    "equality": [([KENT], "?month=2019-08"), ([KENT], "?month=2019-09")],
    "reconciliation": [([KENT], ""), ([KENT], "?as-at=2018-01-01")],
    "reconciliation_month": [
        ([KENT, AUGUST], ""),
        ([KENT, AUGUST], "?kind=opened-differs&area=east-kent&state=to+explain"),
        ([KENT, AUGUST], "?as-at=2018-01-01"),
        ([KENT, date(2019, 7, 1)], ""),
    ],
    "notices": [([KENT], "")],
    "agreement": [([KENT], "")],
    # The demo's second notice was breached under a plan, its fourth waits for a meeting, its seventh to be served.
    "notice_detail": [([KENT, 2], ""), ([KENT, 6], "")],
    "notice_serve": [([KENT, 7], "")],
    "notice_decline": [([KENT, 7], "")],
    "notice_take_back": [([KENT, 7], "")],
    "notice_move": [([KENT, 2, "exception-report"], ""), ([KENT, 4, "plan"], "")],
    "notice_plan": [([KENT, 2], "")],
    "notice_milestone_done": [([KENT, 2, 3], "")],
    "notice_milestone_outcome": [([KENT, 2, 3], "")],
    "notice_extend": [([KENT, 4], "")],
    "notice_pause": [([KENT, 4], "")],
    "notices_suggested": [([KENT], "")],
    "notice_ask": [([KENT], ""), ([KENT], "?kind=activity-query-notice&element=ehu&month=2019-07")],
    "published": [([KENT], "")],
    "notice_terms": [([KENT], "")],
    "shares": [
        ([KENT], "?month=2019-08"),
        ([KENT], "?month=2019-08&of=open-book-year"),
        ([KENT], "?month=2019-07&as-at=2019-08-10"),
        ([KENT], "?month=2019-09"),
    ],
    "what_if": [
        ([KENT], ""),
        ([KENT], "?from=2020-01&ehu=0&khnes=40000"),
        ([KENT], "?ehu=-1&khnes=forty"),
    ],
    "returns": [([KENT], "")],
    "scorecard": [([KENT], "")],
    "return_upload": [([KENT], "")],
    "nil_return": [([KENT, date(2019, 9, 1)], "")],
    "return_detail": [([KENT, date(2019, 9, 1)], "")],
    "statements": [([KENT], "")],
    "statement": [([KENT, date(2018, 4, 1)], ""), ([KENT, date(2019, 4, 1)], "")],
    "version_ask": [([KENT, AUGUST, 1], "")],
    "version_compare": [([KENT, AUGUST], "")],
    "version_detail": [([KENT, AUGUST, 1], ""), ([KENT, AUGUST, 1], "?sheet=workforce")],
    "money_audit": [([KENT], ""), ([KENT], "?year=2019-20&kind=payments&page=2")],
    "payments": [([KENT], ""), ([KENT], "?year=2018-19")],
    "payment_detail": [([KENT, 17], ""), ([KENT, 16], "")],
    "payment_certify": [([KENT, date(2019, 9, 1)], "")],
    "variations": [([KENT], "")],
    "variation_detail": [([KENT, 1], "")],
    "variation_new": [([KENT], "")],
    # The demo's rows are the first of their kind.
    "decisions": [([KENT], "")],
    "decision": [([KENT, 3], ""), ([KENT, 1], "")],
    "decision_new": [([KENT], "")],
    "decision_edit": [([KENT, 3], "")],
    "appraisal": [([KENT, 1], "")],
    "actions": [([KENT], "")],
    "action": [([KENT, 3], ""), ([KENT, 1], "")],
    "action_new": [([KENT], "")],
    "meetings": [([KENT], "")],
    "meeting": [([KENT, 1], "")],
    "meeting_new": [([KENT], "")],
}
OPEN_TO_ANYONE: dict[str, list[tuple[list[object], str]]] = {
    "guide": [([], "")],
    "api_docs": [([], "")],
    "account_login": [([], "")],
    "account_reset_password": [([], "")],
    "account_reset_password_done": [([], "")],
    "account_reset_password_from_key": [(["1", "no-such-key"], "")],
    "account_reset_password_from_key_done": [([], "")],
    "account_inactive": [([], "")],
}
OF_A_PERSON: dict[str, list[tuple[list[object], str]]] = {
    "account_logout": [([], "")],
    "account_change_password": [([], "")],
    "account_reauthenticate": [([], "")],
    "all_notices": [([], "")],
    "notices_calendar": [([], "")],
    "notices_calendar_new": [([], "")],
}
OF_AN_ADMINISTRATOR: dict[str, list[tuple[list[object], str]]] = {
    "sync": [([], "")],
}
# Each with why no page is looked at here.
LEFT_OUT = {
    "calendar_feed": "a file, not a page",
    "notices_calendar_revoke": "leads back to notices_calendar where there is no address: its own test looks at it",
    "notice_acknowledge": "takes a step: leads back to notice_detail, which shows its form",
    "notice_record": "takes a step: leads back to notice_detail, which shows its form",
    "notice_plan_agree": "no plan of the demo waits: a form like that of notice_milestone_outcome",
    "notice_clock_answer": "takes a step: leads back to notice_detail, which shows its form",
    "decision_file": "a file, not a page",
    "decision_take": "takes a step: leads back to decision, which shows its form",
    "decision_withdraw": "takes a step: leads back to decision, which shows its form",
    "decision_discuss": "takes a step: leads back to decision, which shows its form",
    "decision_lead": "takes a step: leads back to decision, which shows its form",
    "action_done": "takes a step: leads back to action, which shows its form",
    "action_drop": "takes a step: leads back to action, which shows its form",
    "action_open_again": "takes a step: leads back to action, which shows its form",
    "meeting_file": "a file, not a page",
    "meeting_move": "takes a step: leads back to meeting, which shows its form",
    "meeting_cancel": "takes a step: leads back to meeting, which shows its form",
    "meeting_hold": "takes a step: leads back to meeting, which shows its form",
    "meeting_note": "takes a step: leads back to meeting, which shows its form",
    "meeting_action": "leads back to a meeting that is to come; its form is that of action_new",
    "landing": "leads on to the overview for everyone in one agreement",
    "upload_detail": "needs a rejected file: test_return looks at it",
    "upload_annotated": "a file, not a page; why there is none stands on upload_detail too",
    "upload_findings": "a file, not a page",
    "notice_letter": "a file, not a page",
    "notice_terms_check": "takes a step: leads back to notice_terms, which shows its form",
    "statement_pdf": "a file, not a page",
    "statement_xlsx": "a file, not a page",
    "statement_prepare": "takes a step: leads back to statement, which shows its form",
    "statement_certify": "takes a step: leads back to statement, which shows its form",
    "version_sign_off": "takes a step: leads back to version_detail, which shows its form",
    "version_decide": "takes a step: leads back to version_detail, which shows its form",
    "version_withdraw": "takes a step: leads back to version_detail, which shows its form",
    "version_file": "a file, not a page",
    "version_warnings": "takes a step: leads back to version_detail, which shows its form",
    "query_answer": "takes a step: leads back to version_detail, which shows its form",
    "query_follow_up": "takes a step: leads back to version_detail, which shows its form",
    "equality_file": "a file, not a page",
    "reconciliation_file": "a file, not a page",
    "reconciliation_counts": "a file, not a page",
    "reconciliation_differences": "a file, not a page",
    "explanation_write": "takes a step: leads back to reconciliation_month, which shows its form",
    "explanation_answer": "takes a step: leads back to reconciliation_month, which shows its form",
    "money_csv": "a file, not a page",
    "scorecard_file": "a file, not a page",
    "version_compare_file": "a file, not a page",
    "blank_workbook": "a file, not a page",
    "version_case_list": "a file, not a page",
    "blank_csv": "a file, not a page",
    "money_audit_csv": "a file, not a page",
    "payments_csv": "a file, not a page",
    "payments_xlsx": "a file, not a page",
    "variation_edit": "needs a draft, which its own side sees: test_variation looks at it",
    "variation_change": "needs a draft, which its own side sees: test_variation looks at it",
    "variation_leave": "takes a step: leads back to variation_detail, which shows its form",
    "variation_propose": "takes a step: leads back to variation_detail, which shows its form",
    "variation_sign": "takes a step: leads back to variation_detail, which shows its form",
    "variation_decline": "takes a step: leads back to variation_detail, which shows its form",
    "variation_withdraw": "takes a step: leads back to variation_detail, which shows its form",
    "variation_copy": "takes a step: leads back to variation_detail, which shows its form",
    "payment_test": "takes a step: leads back to payment_detail, which shows its form",
    "payment_approve": "takes a step: leads back to payment_detail, which shows its form",
    "payment_send": "takes a step: leads back to payment_detail, which shows its form",
    "payment_paid": "takes a step: leads back to payment_detail, which shows its form",
    "payment_cancel": "takes a step: leads back to payment_detail, which shows its form",
    "handover_add": "takes a step: leads back to element_exit, which shows its form",
    "handover_standard": "takes a step: leads back to element_exit, which shows its form",
    "handover_done": "takes a step: leads back to element_exit, which shows its form",
    "handover_drop": "takes a step: leads back to element_exit, which shows its form",
    "handover_reopen": "takes a step: leads back to element_exit, which shows its form",
    "payment_reverse": "takes a step: leads back to payment_detail, which shows its form",
}


PAGES_ABOUT_THE_API = {"api_docs"}


def named_addresses() -> set[str]:
    """The names of all pages. The admin site's are Django's own and not made by this project's templates.

    What systems ask of the API is no page: its names begin with "api_", but for the pages about it.
    """
    names = set(_names(get_resolver("cypmhs_portal.urls").url_patterns))
    return {name for name in names if not name.startswith("api_") or name in PAGES_ABOUT_THE_API}


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:  # the two health addresses have none and answer with JSON
                yield pattern.name
        elif pattern.namespace != "admin":
            yield from _names(pattern.url_patterns)


def urls(of: dict[str, list[tuple[list[object], str]]]) -> list[str]:
    """The addresses of a group, written out."""
    return [reverse(name, args=values) + query for name, uses in of.items() for values, query in uses]
