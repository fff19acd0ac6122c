"""The agreements that a client has a part in."""

from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.api.asked import AskedOfList
from contracts.api.document import a_page_of
from contracts.api.examples import a_page_with, an_answer
from contracts.api.pages import Key, a_text, page_of
from contracts.api.scopes import agreements_of
from contracts.api.view import OfAnAgreement, Operation
from contracts.models import Party

BY_REFERENCE = (Key("reference", a_text),)

EXAMPLE = {
    "reference": "KCC-CYPMHS-S76",
    "name": "Children and young people’s mental health service: section 76 agreement",
    "power": "s76",
    "first_day": "2017-09-01",
    "ends_before": "2022-09-01",
    "returns_from": "2018-04-01",
    "parties": [
        {"role": "council", "organisation": "Kent County Council"},
        {"role": "provider", "organisation": "North East London NHS Foundation Trust"},
    ],
}


class PartyForm(serializers.Serializer[Any]):
    """An organisation in its role."""

    role = serializers.CharField()
    organisation = serializers.CharField(source="organisation.name")


class AgreementForm(serializers.Serializer[Any]):
    """An agreement: what it is called, under which power, and its days."""

    reference = serializers.CharField()
    name = serializers.CharField()
    power = serializers.CharField(help_text="s75, s76 or s256 (NHS Act 2006).")
    first_day = serializers.DateField(source="starts_on")
    ends_before = serializers.DateField(source="ends_on", help_text="The first day after it.")
    returns_from = serializers.DateField(help_text="First day of the first month that a return is required for.")
    parties = PartyForm(many=True, source="parties.all")


class Agreements(Operation):
    """The agreements of the client."""

    asked_with = AskedOfList

    @extend_schema(summary="The client's agreements", responses=a_page_of(AgreementForm), examples=a_page_with(EXAMPLE))
    def get(self, _request: Request) -> Response:
        """Those in which it has a scope, by reference."""
        asked = self.asked
        rows = agreements_of(self.caller).prefetch_related(_parties())
        page = page_of(rows, BY_REFERENCE, cursor=asked["cursor"], limit=asked["limit"])
        return self.page(page, AgreementForm)


class OneAgreement(OfAnAgreement):
    """One agreement."""

    @extend_schema(summary="An agreement", responses=AgreementForm, examples=an_answer(EXAMPLE))
    def get(self, _request: Request, reference: str) -> Response:
        """What it is called, its parties and days. Any scope in it will do."""
        assert self.asked is not None
        prefetch_related_objects([self.agreement], _parties())
        return Response(AgreementForm(self.agreement).data)


def _parties() -> "Prefetch[str]":
    """The parties of any number of agreements, and their organisations, in one query."""
    return Prefetch("parties", Party.objects.select_related("organisation").order_by("role", "pk"))
