"""Addresses of the API that are about returns, figures, cases and reconciliations."""

from django.urls import URLPattern, path

from performance.api.early_help import EarlyHelpBatch, EarlyHelpCases, SyncRuns
from performance.api.figures import Figures
from performance.api.obligations import Obligations
from performance.api.reconciliations import Differences, Reconciliations
from performance.api.returns import Returns
from performance.api.versions import OneVersion, VersionLines, Versions

AGREEMENT = "agreements/<slug:reference>/"
VERSIONS = f"{AGREEMENT}returns/<month:month>/versions"

urlpatterns: list[URLPattern] = [
    path("early-help/cases/batch", EarlyHelpBatch.as_view(), name="api_early_help_batch"),
    path("early-help/cases", EarlyHelpCases.as_view(), name="api_early_help_cases"),
    path("early-help/sync-runs", SyncRuns.as_view(), name="api_sync_runs"),
    path(f"{AGREEMENT}figures", Figures.as_view(), name="api_figures"),
    path(f"{AGREEMENT}obligations", Obligations.as_view(), name="api_obligations"),
    path(f"{AGREEMENT}reconciliations", Reconciliations.as_view(), name="api_reconciliations"),
    path(f"{AGREEMENT}reconciliations/<month:month>/differences", Differences.as_view(), name="api_differences"),
    path(f"{AGREEMENT}returns", Returns.as_view(), name="api_returns"),
    path(VERSIONS, Versions.as_view(), name="api_versions"),
    path(f"{VERSIONS}/<int:number>", OneVersion.as_view(), name="api_version"),
    path(f"{VERSIONS}/<int:number>/lines", VersionLines.as_view(), name="api_lines"),
]
