"""Addresses of contract notices."""

from django.urls import URLPattern, path

from contracts.views import (
    calendar,
    letters,
    notice_board,
    notice_clocks,
    notice_pages,
    notice_plans,
    notice_steps,
    terms,
)

NOTICES = "agreements/<slug:reference>/notices/"
NOTICE = f"{NOTICES}<int:notice>/"

urlpatterns: list[URLPattern] = [
    path("notices/", notice_board.all_notices, name="all_notices"),
    path("notices/calendar/", calendar.notices_calendar, name="notices_calendar"),
    path("notices/calendar/new/", calendar.notices_calendar_new, name="notices_calendar_new"),
    path("notices/calendar/revoke/", calendar.notices_calendar_revoke, name="notices_calendar_revoke"),
    path("calendar/<str:secret>.ics", calendar.calendar_feed, name="calendar_feed"),
    path(NOTICES, notice_board.notices, name="notices"),
    path(f"{NOTICES}terms/", terms.notice_terms, name="notice_terms"),
    path(f"{NOTICES}terms/check/", terms.notice_terms_check, name="notice_terms_check"),
    path(NOTICE, notice_pages.notice_detail, name="notice_detail"),
    path(f"{NOTICE}service/", notice_steps.notice_serve, name="notice_serve"),
    path(f"{NOTICE}refusal/", notice_steps.notice_decline, name="notice_decline"),
    path(f"{NOTICE}withdrawal-of-request/", notice_steps.notice_take_back, name="notice_take_back"),
    path(f"{NOTICE}move/<slug:stage>/", notice_steps.notice_move, name="notice_move"),
    path(f"{NOTICE}acknowledgement/", notice_pages.notice_acknowledge, name="notice_acknowledge"),
    path(f"{NOTICE}record/", notice_pages.notice_record, name="notice_record"),
    path(f"{NOTICE}plans/", notice_plans.plan_propose, name="notice_plan"),
    path(f"{NOTICE}plans/<int:plan>/agreement/", notice_plans.plan_agree, name="notice_plan_agree"),
    path(f"{NOTICE}milestones/<int:milestone>/done/", notice_plans.milestone_done, name="notice_milestone_done"),
    path(f"{NOTICE}milestones/<int:milestone>/met/", notice_plans.milestone_outcome, name="notice_milestone_outcome"),
    path(f"{NOTICE}clock/extension/", notice_clocks.clock_extend, name="notice_extend"),
    path(f"{NOTICE}clock/pause/", notice_clocks.clock_pause, name="notice_pause"),
    path(f"{NOTICE}clock/changes/<int:change>/", notice_clocks.clock_answer, name="notice_clock_answer"),
    path(f"{NOTICE}letters/<int:letter>.<paper:kind>", letters.notice_letter, name="notice_letter"),
]
