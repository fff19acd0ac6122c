"""Every operation of the API is sent what its document allows and what it does not, on a server that really runs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from pytest_django import DjangoDbBlocker
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from contracts.api.throttles import TokenThrottle
from cypmhs_portal.api.whole_document import document
from performance.recompute import work_off
from tests.api_callers import caller_for
from tests.council_batches import SAMPLE, council_client, sent
from tests.kent import load_terms, take_in
from tests.money import certified
from tests.running_server import committing, listening

pytestmark = pytest.mark.django_db
MANY = 10_000_000
# What refuses a request; the portal also says with 411 to 413 that a body has no length, is not the one named or is
# too large. A failure of the portal is no refusal.
REFUSED = [400, 401, 403, 404, 405, 406, 409, 411, 412, 413, 415, 422, 429]
CONFIG = schemathesis.Config.from_dict(
    {
        "checks": {"negative_data_rejection": {"expected-statuses": REFUSED}},
        # What the other methods are answered is decided in one place.
        "phases": {"coverage": {"unexpected-methods": ["DELETE"]}},
    }
)
# That nobody comes in without a token is asked of every operation in tests/invariants/test_api_access.py.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
    negative_data_rejection,
]
# A batch with a bad case in it is taken in: the case is refused in the answer, and the others land.
REFUSES_CASE_BY_CASE = "sendEarlyHelpBatch"
schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document())), config=CONFIG)


@dataclass(frozen=True)
class Portal:
    """Where the portal listens, and what a client that may do everything sends with each request."""

    url: str
    headers: dict[str, str]


@pytest.fixture(scope="module")
def portal(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Portal]:
    """Kent with both sides of August and a payment, committed: every operation has something to answer."""
    with committing(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        patch.setattr(TokenThrottle, "rate", f"{MANY}/min")
        kent = load_terms(tmp_path_factory.mktemp("kent") / "sign-ins.json")
        take_in(kent, [date(2019, 8, 1)])
        sent(council_client(kent.agreement), SAMPLE.read_bytes())
        work_off(kent.agreement)
        certified(kent)
        caller = caller_for(kent.agreement, requests_a_minute=MANY)
        with listening() as url:
            yield Portal(url, {"Authorization": f"Bearer {caller.token}"})


# A few at random: the boundaries of each parameter come besides, from the document.
@schema.parametrize()
@settings(
    max_examples=4,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_the_document_tells_of(case: Any, portal: Portal) -> None:
    answer = case.call(base_url=portal.url, headers=portal.headers)
    is_judged_whole = case.operation.definition.raw["operationId"] != REFUSES_CASE_BY_CASE
    checks = [check for check in CHECKS if is_judged_whole or check is not negative_data_rejection]
    case.validate_response(answer, checks=checks, headers=portal.headers)
