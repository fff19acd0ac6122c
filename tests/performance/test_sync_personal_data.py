"""What could identify a child is refused wherever it stands in a case, and is neither kept nor repeated nor logged."""

import json
import logging
from typing import Any

import pytest
from django.apps import apps
from django.core.serializers import serialize

from performance.council_sync.reasons import Reason
from tests.council_batches import GOOD, Case, body_of, case, council_client, results, sent, tombstone
from tests.kent import Kent
from tests.performance.test_sync_cases import WITHOUT_ROUTES, judged, reason

NAME, NHS, POSTCODE, BORN = "Jane Doe", "943 476 5919", "ME14 1XX", "born 4 March 2009"
TEXTS = [name for name, value in GOOD.items() if isinstance(value, str)] + ["closed_on"]
SPELLINGS = [
    "9434765919",
    "943-476-5919",
    "943.476.5919",
    "9 4 3 4 7 6 5 9 1 9",
    "943\u00a0476\u00a05919",
    "\uff19\uff14\uff13\uff14\uff17\uff16\uff15\uff19\uff11\uff19",
    "94347\u200b65919",
    "ME141XX",
    "me14 1xx",
    "dob 04/03/2009",
    "date of birth: 2009-03-04",
    "EH-2019-10001 943 476 5919",
]


@pytest.mark.parametrize("text", [NHS, POSTCODE, BORN, *SPELLINGS])
@pytest.mark.parametrize("field", TEXTS)
def test_in_a_field_of_text_it_is_refused_as_such(field: str, text: str) -> None:
    told = case(**{field: text})
    assert reason(told) is Reason.PERSONAL_DATA
    assert reason(told, WITHOUT_ROUTES) is Reason.PERSONAL_DATA
    assert judged(told)[0] in (None, GOOD["case_ref"])


@pytest.mark.parametrize("field", [*TEXTS, "goals_met", "deleted"])
@pytest.mark.parametrize("value", [9434765919, 9434765919.0, {"nhs": NHS}, [NHS], {"a": {"b": [POSTCODE]}}])
def test_in_another_kind_of_value_it_is_refused_as_such(field: str, value: Any) -> None:
    assert reason(case(**{field: value})) is Reason.PERSONAL_DATA


@pytest.mark.parametrize(
    "field",
    [
        "name",
        "child_name",
        "nhs_number",
        "NHSNumber",
        "dob",
        "date_of_birth",
        "postcode",
        "address",
        "email",
        NHS,
        BORN,
    ],
)
def test_a_field_for_it_is_refused_as_such(field: str) -> None:
    assert reason(case(**{field: None})) is Reason.PERSONAL_DATA
    assert reason(tombstone() | {field: ""}) is Reason.PERSONAL_DATA


@pytest.mark.parametrize("field", TEXTS)
def test_a_name_has_room_in_no_field(field: str) -> None:
    for name in (NAME, "Doe", "DOE", "jane.doe", "O’Neill", "Đỗ Ánh"):
        assert reason(case(**{field: name})) is not None
    assert judged(case(case_ref=NAME, deleted="no"))[0] is None


HOSTILE: list[Case] = [
    case(case_ref=NAME),
    case(case_ref=NHS),
    case(unit=NAME),
    case(unit=POSTCODE),
    case(district=NAME),
    case(pathway=f"{NAME}, {BORN}"),
    case(referral_route=NAME),
    case(opened_on=BORN),
    case(updated_at=f"{NAME} {NHS}"),
    case(goals_met=NAME),
    case(deleted=NAME),
    case(**{NAME: NHS}),
    case(nhs_number=NHS, name=NAME, postcode=POSTCODE),
    case(closed_on={"name": NAME}),
    tombstone(NAME),
    tombstone() | {"unit": NAME},
]


@pytest.mark.django_db
def test_it_is_neither_kept_nor_repeated_nor_logged(kent: Kent, caplog: pytest.LogCaptureFixture) -> None:
    client = council_client(kent.agreement)
    with caplog.at_level(logging.DEBUG):
        taken = sent(client, body_of([*HOSTILE, NAME, [NHS], case()]), NHS.replace(" ", "-"))
    assert results(taken)[-1] == "created"
    assert taken.answer["counts"]["refused"] == len(HOSTILE) + 2
    ours = [model for app in ("contracts", "performance") for model in apps.get_app_config(app).get_models()]
    kept = "".join(serialize("json", model._default_manager.all()) for model in ours)
    for text in (NAME, "Doe", NHS, "9434765919", "943-476-5919", POSTCODE, BORN):
        for place in (json.dumps(taken.answer), kept, caplog.text):
            assert text not in place


@pytest.mark.django_db
def test_the_good_cases_beside_it_land(kent: Kent) -> None:
    batch = [one | {"case_ref": "EH-2019-10002"} if "case_ref" in one else one for one in HOSTILE]
    assert results(sent(council_client(kent.agreement), body_of([*batch, case()])))[-1] == "created"
