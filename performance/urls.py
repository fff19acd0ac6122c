"""Addresses of returns, their uploads and versions."""

from django.urls import URLPattern, path

from performance.views import case_lists, returns, versions

RETURNS = "agreements/<slug:reference>/returns/"
VERSION = f"{RETURNS}<month:month>/versions/<int:number>/"

urlpatterns: list[URLPattern] = [
    path(RETURNS, returns.returns, name="returns"),
    path(f"{RETURNS}upload/", returns.return_upload, name="return_upload"),
    path(f"{RETURNS}uploads/<int:upload>/", returns.upload_detail, name="upload_detail"),
    path(f"{RETURNS}<month:month>/", returns.return_detail, name="return_detail"),
    path(VERSION, versions.version_detail, name="version_detail"),
    path(f"{VERSION}sign-off/", versions.version_sign_off, name="version_sign_off"),
    path(f"{VERSION}decision/", versions.version_decide, name="version_decide"),
    path(f"{VERSION}withdrawal/", versions.version_withdraw, name="version_withdraw"),
    path(f"{VERSION}file/", versions.version_file, name="version_file"),
    path(f"{VERSION}case-list.csv", case_lists.version_case_list, name="version_case_list"),
]
