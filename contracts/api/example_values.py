"""Values that examples are made of: those of the Kent demo, by the name of the member or parameter they stand in."""

from typing import Any

NAMED: dict[str, Any] = {
    "agreement": "KCC-CYPMHS-S76",
    "reference": "KCC-CYPMHS-S76",
    "month": "2019-08",
    "year": "2019-20",
    "number": 1,
    "element": "ehu",
    "code": "ehu",
    "indicator": "early-help-caseload",
    "area": "kent",
    "name": "Early Help units",
    "payer": "KCC",
    "payee": "West Kent CCG",
    "role": "council",
    "organisation": "Kent County Council",
    "power": "s76",
    "case_ref": "EH-2018-10092",
    "next": None,
    "next_cursor": "",
    "as_of": "2019-08-31",
    "scope": "figures:read money:read",
    "token_type": "Bearer",
    "access_token": "the-token",
    "expires_in": 900,
    "client_id": "the-identifier",
    "client_secret": "the-secret",
    "source": "004 §1.8",
}
OF_FORMAT: dict[str, Any] = {
    "date": "2019-08-31",
    "date-time": "2019-09-18T09:30:00+01:00",
    "decimal": "1.00",
    "uri": "https://portal.example/",
    "uuid": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    "double": 1.0,
}
OF_KIND: dict[str, Any] = {"string": "text", "integer": 1, "number": 1.0, "boolean": True}
