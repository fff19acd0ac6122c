"""What stands in the addresses of returns and reconciliations, as the API's document describes it."""

from drf_spectacular.utils import OpenApiParameter

MONTH = OpenApiParameter(
    "month",
    {"type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$", "examples": ["2019-08"]},
    OpenApiParameter.PATH,
    description="The month.",
)
NUMBER = OpenApiParameter(
    "number",
    {"type": "integer", "minimum": 1, "maximum": 32767, "examples": [1]},
    OpenApiParameter.PATH,
    description="The number of the version, from 1.",
)
