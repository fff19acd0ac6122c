"""The versions of a month's return: which there are, and what each says."""

from datetime import date
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.api.asked import Asked, AskedOfList
from contracts.api.document import a_page_of
from contracts.api.examples import a_page_with, an_answer
from contracts.api.pages import Key, a_number, page_of, page_of_list
from contracts.api.reader import reader_for
from contracts.api.sentences import NOT_THERE
from contracts.api.view import OfAnAgreement
from contracts.models import Scope
from performance.api.line_forms import BOYS, EARLY_HELP, LineForm
from performance.api.parameters import MONTH, NUMBER
from performance.api.version_forms import AUGUST, VersionForm
from performance.models import Version
from performance.return_pages.sight import versions_seen_by
from performance.told_lines import told_lines


class OfVersions(OfAnAgreement):
    """An operation on versions of an agreement's returns, as far as the client sees them."""

    scope = Scope.FIGURES_READ

    def seen(self, **of: Any) -> QuerySet[Version]:
        """The versions ever signed off; a provider's own system that uploads returns sees its drafts too."""
        seen = versions_seen_by(reader_for(self.caller, self.agreement)).filter(**of)
        return seen.select_related("of_return__agreement", "upload").defer("upload__content")

    def version_or_404(self, month: date, number: int) -> Version:
        """The version, if the client sees it."""
        version = self.seen(of_return__month=month, number=number).first()
        if version is None:
            raise Http404(NOT_THERE)
        return version


class Versions(OfVersions):
    """The versions of a month's return."""

    asked_with = AskedOfList

    @extend_schema(
        operation_id="agreements_returns_versions_list",
        summary="Versions of a month’s return",
        description="The versions that were ever signed off, the first one first. A provider’s own system that may "
        "upload returns sees its drafts too.",
        parameters=[MONTH],
        responses=a_page_of(VersionForm),
        examples=a_page_with(AUGUST),
    )
    def get(self, _request: Request, reference: str, month: date) -> Response:
        """By number. A month without any that the client sees has an empty list."""
        asked = self.asked
        keys = (Key("number", a_number),)
        rows = self.seen(of_return__month=month)
        return self.page(page_of(rows, keys, cursor=asked["cursor"], limit=asked["limit"]), VersionForm)


class OneVersion(OfVersions):
    """One version of a return."""

    asked_with = Asked

    @extend_schema(
        summary="A version of a return",
        description="What it is and how far it came. What it says is under `lines`.",
        parameters=[MONTH, NUMBER],
        responses=VersionForm,
        examples=an_answer(AUGUST),
    )
    def get(self, _request: Request, reference: str, month: date, number: int) -> Response:
        """What it is and how far it came."""
        assert self.asked is not None
        return Response(VersionForm(self.version_or_404(month, number)).data, status=HTTPStatus.OK)


class VersionLines(OfVersions):
    """What a version of a return says."""

    asked_with = AskedOfList

    @extend_schema(
        summary="Lines of a version",
        description="Every number of a version with the cell it stood in, or the reason why it was not reported. "
        "Small counts on the sheet Equality are hidden or rounded, as on the page for those who may not see them.",
        parameters=[MONTH, NUMBER],
        responses=a_page_of(LineForm),
        examples=a_page_with(EARLY_HELP, BOYS),
    )
    def get(self, _request: Request, reference: str, month: date, number: int) -> Response:
        """In the order of the workbook."""
        asked = self.asked
        lines = told_lines(self.version_or_404(month, number))
        return self.page(page_of_list(lines, cursor=asked["cursor"], limit=asked["limit"]), LineForm)
