"""Every operation of the API is sent what its document allows and what it does not, on a server that really runs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from pytest_django import DjangoDbBlocker
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from contracts.api.throttles import TokenThrottle
from cypmhs_portal.api.whole_document import document
from tests.api_callers import caller_for
from tests.kent import load_everything
from tests.money import certified
from tests.running_server import committing, listening

pytestmark = pytest.mark.django_db
MANY = 10_000_000
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
    negative_data_rejection,
    ignored_auth,
]
schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document())))


@dataclass(frozen=True)
class Portal:
    """Where the portal listens, and what a client that may do everything sends with each request."""

    url: str
    headers: dict[str, str]


@pytest.fixture(scope="module")
def portal(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Portal]:
    """Kent with every sample return, committed."""
    with committing(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        patch.setattr(TokenThrottle, "rate", f"{MANY}/min")
        kent = load_everything(tmp_path_factory.mktemp("kent") / "sign-ins.json")
        certified(kent)
        caller = caller_for(kent.agreement, requests_a_minute=MANY)
        with listening() as url:
            yield Portal(url, {"Authorization": f"Bearer {caller.token}"})


@schema.parametrize()
@settings(
    max_examples=6,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_the_document_tells_of(case: Any, portal: Portal) -> None:
    answer = case.call(base_url=portal.url, headers=portal.headers)
    case.validate_response(answer, checks=CHECKS, headers=portal.headers)
