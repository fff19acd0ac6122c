"""Cuts a batch into its cases one by one, where one that cannot be read would cost its sender all the others.

It takes what the fast reader does not: half of a surrogate pair in a text, and brackets nested without end. Each is
one case's own, which is refused later. What is broken between the cases is no JSON: ValueError.
"""

import json
import re
from typing import NoReturn

from msgspec import Raw

from performance.council_sync import limits
from performance.council_sync.refused import too_deep, too_many_cases

SPACE = re.compile(r"[ \t\n\r]*")
COLON, COMMA = re.compile(r"[ \t\n\r]*:[ \t\n\r]*"), re.compile(r"[ \t\n\r]*,[ \t\n\r]*")
OPENING = re.compile(r"[ \t\n\r]*\{[ \t\n\r]*")
# Texts, and runs of brackets: a thousand of them in a row are one.
NESTING = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[{]++|[\]}]++', re.DOTALL)


def _no_json(name: str) -> NoReturn:
    raise ValueError(name)


# Numbers are not worked out: here it only matters where they end.
VALUES = json.JSONDecoder(parse_constant=_no_json, parse_int=len, parse_float=len)


def cut(text: str) -> tuple[bytes, list[Raw]]:
    """A batch without its cases, and each of them as it was sent; raises BatchRefused, ValueError, RecursionError."""
    first = _start_of_cases(text)
    if text[first : first + 1] != "[":
        raise ValueError("The cases are no list.")
    cases: list[Raw] = []
    tokens, at = 0, _after(SPACE, text, first + 1)
    while text[at : at + 1] != "]" or cases:
        end, passed = _end_of_case(text, at)
        tokens += passed
        if tokens > limits.MOST_BRACKETS:
            raise too_deep()
        cases.append(Raw(text[at:end].encode()))
        if len(cases) > limits.MAX_CASES:
            raise too_many_cases()
        at = _after(SPACE, text, end)
        if text[at : at + 1] == "]":
            break
        at = _after(COMMA, text, at)
    return f"{text[:first]}[]{text[at + 1 :]}".encode(), cases


def _start_of_cases(text: str) -> int:
    at = _after(OPENING, text, 0)
    while True:
        name, at = VALUES.raw_decode(text, at)
        at = _after(COLON, text, at)
        if name == "cases":
            return at
        _, at = VALUES.raw_decode(text, at)
        at = _after(COMMA, text, at)


def _end_of_case(text: str, start: int) -> tuple[int, int]:
    """Where a case ends, and after how many texts and runs of brackets, where they had to be counted."""
    try:
        return VALUES.raw_decode(text, start)[1], 0
    except RecursionError:
        return _end_of_nesting(text, start)


def _end_of_nesting(text: str, start: int) -> tuple[int, int]:
    depth = 0
    for passed, token in enumerate(NESTING.finditer(text, start), 1):
        found = token.group()
        if found[0] in "[{":
            depth += len(found)
        elif found[0] != '"':
            if depth <= len(found):
                return token.start() + depth, passed
            depth -= len(found)
        if passed > limits.MOST_BRACKETS:
            break
    raise too_deep()


def _after(sign: re.Pattern[str], text: str, at: int) -> int:
    found = sign.match(text, at)
    if found is None:
        raise ValueError("Something else stands between two values.")
    return found.end()
