"""Full batches of the council's cases, beside the barest way to merge the same rows into the table."""

import json
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.test import RequestFactory
from django.utils import timezone
from oauth2_provider.models import AccessToken

from benchmarks.visits import OK
from contracts.models import Agreement, ApiClient, Scope
from cypmhs_portal.demo.clients import FILE_NAME, load_clients
from cypmhs_portal.demo.council import CLIENT, ROUTES, sample_batches
from performance.council_sync.limits import MAX_CASES
from performance.models import CouncilCase, SyncRun, SyncTerms

ADDRESS = "/api/v1/early-help/cases/batch"
TABLE = CouncilCase._meta.db_table
KEYS = ("agreement_id", "reference")
COLUMNS = [str(field.column) for field in CouncilCase._meta.concrete_fields if field.column != "id"]
NAMES = ", ".join(COLUMNS)
TOLD = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS if name not in KEYS)
STAGE = f"CREATE TEMP TABLE stage ON COMMIT DROP AS SELECT {NAMES} FROM {TABLE} WITH NO DATA"
MERGE = f"""INSERT INTO {TABLE} ({NAMES}) SELECT {NAMES} FROM stage
    ON CONFLICT (agreement_id, reference) DO UPDATE SET {TOLD}"""


class CouncilSystem:
    """The council's system with a token, and the application that answers it."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        load_clients(agreement, Path(settings.VAR) / FILE_NAME, at=timezone.now())
        self.client = ApiClient.objects.get(client_id=CLIENT)
        ApiClient.objects.filter(pk=self.client.pk).update(requests_a_minute=100_000)
        SyncTerms.objects.get_or_create(agreement=agreement, defaults={"referral_routes": ROUTES})
        token = secrets.token_urlsafe(24)
        held = AccessToken(
            application=self.client, expires=timezone.now() + timedelta(hours=1), scope=Scope.EARLY_HELP_WRITE.value
        )
        held._raw_token = token  # type: ignore[attr-defined]  # of which the library keeps the checksum
        held.save()
        self.header = f"Bearer {token}"
        self.application = WSGIHandler()
        self.sample: list[dict[str, Any]] = json.loads(sample_batches()[0])["cases"]

    def batch(self, number: int, second: int = 0) -> bytes:
        """The body of a full batch; each number has cases of its own, told at some second."""
        cases = [
            {
                **self.sample[place % len(self.sample)],
                "case_ref": f"EH-{2000 + number}-{place:05}",
                "updated_at": f"2019-08-31T19:00:{second:02}Z",
            }
            for place in range(MAX_CASES)
        ]
        return json.dumps({"agreement": self.agreement.reference, "as_of": "2019-08-31", "cases": cases}).encode()

    def send(self, body: bytes) -> None:
        """Send a batch and read its answer. Raises RuntimeError where a case of it was refused or it as a whole."""
        request = RequestFactory(HTTP_HOST="localhost", HTTP_AUTHORIZATION=self.header)
        environ = request.post(ADDRESS, body, content_type="application/json").environ
        statuses: list[str] = []
        answer = self.application(environ, lambda status, *_: statuses.append(status))  # type: ignore[arg-type]
        said = b"".join(answer)
        answer.close()
        if statuses != [OK] or b'"refused":0' not in said:
            raise RuntimeError(f"A batch was answered {statuses}: {said[:200]!r}")

    def copied(self, number: int) -> bytes:
        """The rows that a batch wrote, as COPY takes them, with other references."""
        run = SyncRun.objects.order_by("pk").only("pk")[0]
        other = {"reference": f"overlay(reference placing '{2500 + number}' from 4)", "run_id": str(run.pk)}
        renamed = ", ".join(other.get(name, name) for name in COLUMNS)
        rows = f"SELECT {renamed} FROM {TABLE} WHERE reference LIKE 'EH-{2000 + number}-%'"
        with connection.cursor() as cursor, cursor.copy(f"COPY ({rows}) TO STDOUT") as copy:
            return b"".join(copy)


@transaction.atomic
def merge_bare(rows: bytes) -> None:
    """Copy prepared rows into a table of their own and merge them into the cases, in one transaction."""
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        with cursor.copy(f"COPY stage ({NAMES}) FROM STDIN") as copy:
            copy.write(rows)
        cursor.execute(MERGE)
