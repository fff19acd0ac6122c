"""Addresses of decisions, appraisals, actions and meetings."""

from django.urls import URLPattern, path

from cypmhs_portal.decisions import action_views, appraisal_views, files, meeting_steps, meeting_views, steps, views

DECISIONS = "agreements/<slug:reference>/decisions/"
ACTIONS = "agreements/<slug:reference>/actions/"
ACTION = f"{ACTIONS}<int:action>/"
MEETINGS = "agreements/<slug:reference>/meetings/"
MEETING = f"{MEETINGS}<int:meeting>/"
DECISION = f"{DECISIONS}<int:decision>/"

urlpatterns: list[URLPattern] = [
    path(DECISIONS, views.decisions, name="decisions"),
    path(f"{DECISIONS}new/", views.decision_new, name="decision_new"),
    path(DECISION, views.decision_detail, name="decision"),
    path(f"{DECISION}edit/", views.decision_edit, name="decision_edit"),
    path(f"{DECISION}record.<slug:kind>", files.decision_file, name="decision_file"),
    path(f"{DECISION}taken/", steps.decision_take, name="decision_take"),
    path(f"{DECISION}withdrawal/", steps.decision_withdraw, name="decision_withdraw"),
    path(f"{DECISION}discussions/", steps.decision_discuss, name="decision_discuss"),
    path(f"{DECISION}notices/", steps.decision_lead, name="decision_lead"),
    path("agreements/<slug:reference>/appraisals/<int:appraisal>/", appraisal_views.appraisal_detail, name="appraisal"),
    path(ACTIONS, action_views.actions, name="actions"),
    path(f"{ACTIONS}new/", action_views.action_new, name="action_new"),
    path(ACTION, action_views.action_detail, name="action"),
    path(f"{ACTION}done/", action_views.action_done, name="action_done"),
    path(f"{ACTION}dropping/", action_views.action_drop, name="action_drop"),
    path(f"{ACTION}opening/", action_views.action_open_again, name="action_open_again"),
    path(MEETINGS, meeting_views.meetings, name="meetings"),
    path(f"{MEETINGS}new/", meeting_views.meeting_new, name="meeting_new"),
    path(MEETING, meeting_views.meeting_detail, name="meeting"),
    path(f"{MEETING}agenda.<slug:kind>", meeting_views.meeting_file, name="meeting_file"),
    path(f"{MEETING}move/", meeting_steps.meeting_move, name="meeting_move"),
    path(f"{MEETING}cancellation/", meeting_steps.meeting_cancel, name="meeting_cancel"),
    path(f"{MEETING}held/", meeting_steps.meeting_hold, name="meeting_hold"),
    path(f"{MEETING}notes/", meeting_steps.meeting_note, name="meeting_note"),
    path(f"{MEETING}actions/", meeting_steps.meeting_action, name="meeting_action"),
]
