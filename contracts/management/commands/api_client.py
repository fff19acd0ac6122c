"""`manage.py api_client`: make a system that may use the API, and tell its secret once."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contracts import clock
from contracts.api_clients import make_client
from contracts.audit import CONSOLE
from contracts.client_scopes import Held, UnsuitableScopeError
from contracts.console_arguments import agreement_called
from contracts.models import Organisation, Scope


class Command(BaseCommand):
    """Make a client of an organisation, with scopes in one agreement or several."""

    help = "Make an API client and print its identifier and its secret, which nobody can ask for again."

    def add_arguments(self, parser: CommandParser) -> None:
        """--name NAME --organisation SHORT_NAME --may REF SCOPE [--may …] [--json]"""
        parser.add_argument("--name", required=True)
        parser.add_argument("--organisation", required=True, metavar="SHORT_NAME")
        parser.add_argument("--may", required=True, action="append", nargs=2, metavar=("REF", "SCOPE"))
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what the client signs in with."""
        if not options["name"].strip():
            raise CommandError("A client needs a name, such as “KCC Early Help system”.")
        organisation = _organisation_called(options["organisation"])
        scopes = [_held(reference, scope) for reference, scope in options["may"]]
        try:
            client, secret = make_client(
                name=options["name"].strip(), organisation=organisation, scopes=scopes, by=CONSOLE, at=clock.now()
            )
        except UnsuitableScopeError as error:
            raise CommandError(str(error)) from error
        told = {"client_id": client.client_id, "client_secret": secret}
        if options["json"]:
            self.stdout.write(json.dumps(told, indent=1))
        else:
            self.stdout.write("\n".join(f"{name:<14}{value}" for name, value in told.items()))


def _organisation_called(short_name: str) -> Organisation:
    organisation = Organisation.objects.filter(short_name=short_name).order_by("pk").first()
    if organisation is None:
        there = ", ".join(Organisation.objects.order_by("short_name").values_list("short_name", flat=True)) or "none"
        raise CommandError(f"There is no organisation called {short_name}. There are: {there}.")
    return organisation


def _held(reference: str, scope: str) -> Held:
    if scope not in Scope.values:
        raise CommandError(f"There is no scope called {scope}. There are: {', '.join(Scope.values)}.")
    return agreement_called(reference), Scope(scope)
