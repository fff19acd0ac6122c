"""Addresses of the API that are about what was delivered."""

from django.urls import URLPattern, path

from performance.api.early_help import EarlyHelpBatch, EarlyHelpCases, SyncRuns

urlpatterns: list[URLPattern] = [
    path("early-help/cases/batch", EarlyHelpBatch.as_view(), name="api_early_help_batch"),
    path("early-help/cases", EarlyHelpCases.as_view(), name="api_early_help_cases"),
    path("early-help/sync-runs", SyncRuns.as_view(), name="api_sync_runs"),
]
