"""Addresses of returns, their uploads and versions, and of the pages made of them."""

from django.urls import URLPattern, path

from performance.views import (
    blank_returns,
    case_lists,
    comparisons,
    conversation,
    equality,
    explanations,
    reconciliation,
    returns,
    scorecard,
    sync,
    uploads,
    versions,
)

RETURNS = "agreements/<slug:reference>/returns/"
SCORECARD = "agreements/<slug:reference>/scorecard/"
CASELOADS = "agreements/<slug:reference>/reconciliation"
CASELOADS_OF_MONTH = f"{CASELOADS}/<month:month>/"
VERSION = f"{RETURNS}<month:month>/versions/<int:number>/"

urlpatterns: list[URLPattern] = [
    path("agreements/<slug:reference>/equality/", equality.equality, name="equality"),
    path("agreements/<slug:reference>/equality.csv", equality.equality_file, name="equality_file"),
    path(RETURNS, returns.returns, name="returns"),
    path(f"{RETURNS}upload/", returns.return_upload, name="return_upload"),
    path(f"{RETURNS}uploads/<int:upload>/", returns.upload_detail, name="upload_detail"),
    path(f"{RETURNS}uploads/<int:upload>/annotated.xlsx", uploads.upload_annotated, name="upload_annotated"),
    path(f"{RETURNS}uploads/<int:upload>/findings.csv", uploads.upload_findings, name="upload_findings"),
    path(f"{RETURNS}<month:month>/", returns.return_detail, name="return_detail"),
    path(f"{RETURNS}<month:month>/compare/", comparisons.version_compare, name="version_compare"),
    path(f"{RETURNS}<month:month>/compare.csv", comparisons.version_compare_file, name="version_compare_file"),
    path(f"{RETURNS}<month:month>/template.xlsx", blank_returns.blank_workbook, name="blank_workbook"),
    path(f"{RETURNS}<month:month>/template.csv", blank_returns.blank_csv, name="blank_csv"),
    path(f"{RETURNS}<month:month>/nil/", blank_returns.nil_return, name="nil_return"),
    path(VERSION, versions.version_detail, name="version_detail"),
    path(f"{VERSION}sign-off/", versions.version_sign_off, name="version_sign_off"),
    path(f"{VERSION}decision/", versions.version_decide, name="version_decide"),
    path(f"{VERSION}withdrawal/", versions.version_withdraw, name="version_withdraw"),
    path(f"{VERSION}warnings/", conversation.version_warnings, name="version_warnings"),
    path(f"{VERSION}queries/", conversation.version_ask, name="version_ask"),
    path(f"{VERSION}queries/<int:query>/answer/", conversation.query_answer, name="query_answer"),
    path(f"{VERSION}queries/<int:query>/follow-up/", conversation.query_follow_up, name="query_follow_up"),
    path(f"{VERSION}file/", versions.version_file, name="version_file"),
    path(SCORECARD, scorecard.scorecard, name="scorecard"),
    path(f"{SCORECARD}csv/", scorecard.scorecard_file, name="scorecard_file"),
    path(f"{VERSION}case-list.csv", case_lists.version_case_list, name="version_case_list"),
    path(f"{CASELOADS}/", reconciliation.reconciliation, name="reconciliation"),
    path(f"{CASELOADS}.csv", reconciliation.reconciliation_file, name="reconciliation_file"),
    path(CASELOADS_OF_MONTH, reconciliation.reconciliation_month, name="reconciliation_month"),
    path(f"{CASELOADS_OF_MONTH}by-area.csv", reconciliation.reconciliation_counts, name="reconciliation_counts"),
    path(
        f"{CASELOADS_OF_MONTH}differences.csv",
        reconciliation.reconciliation_differences,
        name="reconciliation_differences",
    ),
    path(f"{CASELOADS_OF_MONTH}explanations/", explanations.explanation_write, name="explanation_write"),
    path(
        f"{CASELOADS_OF_MONTH}explanations/<int:explanation>/answer/",
        explanations.explanation_answer,
        name="explanation_answer",
    ),
    path("sync/", sync.sync, name="sync"),
]
