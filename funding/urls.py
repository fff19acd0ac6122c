"""Addresses of money: the annual statements."""

from django.urls import URLPattern, path

from funding.views import statement_files, statement_steps, statements

MONEY = "agreements/<slug:reference>/money/"
STATEMENT = f"{MONEY}statements/<year:year>/"

urlpatterns: list[URLPattern] = [
    path(f"{MONEY}statements/", statements.statements, name="statements"),
    path(STATEMENT, statements.statement, name="statement"),
    path(f"{STATEMENT}pdf/", statement_files.statement_pdf, name="statement_pdf"),
    path(f"{STATEMENT}xlsx/", statement_files.statement_xlsx, name="statement_xlsx"),
    path(f"{STATEMENT}preparation/", statement_steps.statement_prepare, name="statement_prepare"),
    path(f"{STATEMENT}certificate/", statement_steps.statement_certify, name="statement_certify"),
]
