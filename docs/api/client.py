"""Send a batch of Early Help cases, read cases back, and read a month's figures. Python's standard library only.

CLIENT_ID=… CLIENT_SECRET=… python client.py https://portal.example batch.json 2019-08
A client that runs on asks for a new token after 15 minutes, and after a 429 waits for as long as Retry-After says.
"""

import base64
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen


class Refused(Exception):
    """What the portal would not do, as it said itself (RFC 9457), or that none answered."""


class Portal:
    """The portal's API, signed in to with a client's identifier and secret."""

    def __init__(self, address: str, identifier: str, secret: str) -> None:
        self.address = address.rstrip("/") + "/api/v1"
        pair = base64.b64encode(f"{identifier}:{secret}".encode()).decode()
        form = urlencode({"grant_type": "client_credentials"}).encode()
        self.headers = {"Authorization": f"Basic {pair}"}
        self.headers = {"Authorization": f"Bearer {self.ask('/token', form)['access_token']}"}

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> dict[str, Any]:
        """GET `path`, or POST `body` to it. Raises Refused with the portal's own sentence."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            with urlopen(Request(self.address + path, body, self.headers | named)) as answer:
                told: dict[str, Any] = json.load(answer)
                return told
        except HTTPError as error:
            with error:
                problem = json.load(error)
            said = [problem["detail"], *(f"{one['name']}: {one['detail']}" for one in problem.get("errors", []))]
            raise Refused(f"The portal refused: {' '.join(said)}") from None
        except (URLError, ValueError) as error:
            raise Refused(f"No portal answered at {self.address}: {error}") from None

    def items(self, path: str, **asked: Any) -> Iterator[dict[str, Any]]:
        """Every item of a list, page by page."""
        asked["cursor"] = ""
        while True:
            page = self.ask(f"{path}?{urlencode(asked)}")
            yield from page["items"]
            if not page["next_cursor"]:
                return
            asked["cursor"] = page["next_cursor"]

    def send(self, batch: bytes) -> dict[str, Any]:
        """A batch, under a key that only the same batch has: sent again after a broken line, it does nothing twice."""
        key = hashlib.sha256(batch).hexdigest()
        return self.ask("/early-help/cases/batch", batch, Content_Type="application/json", Idempotency_Key=key)


def main(address: str, batch: Path, month: str) -> None:
    """Send, read back, and print what came of it."""
    portal = Portal(address, os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"])
    taken = portal.send(batch.read_bytes())
    print(", ".join(f"{count} {result}" for result, count in taken["counts"].items()))
    for one in taken["results"]:
        if one["result"] == "refused":
            print(f"case {one['index']}: {one['detail']}")
    reference = taken["agreement"]
    for case in portal.items("/early-help/cases", agreement=reference):
        print(case["case_ref"], case["updated_at"])
    for figure in portal.items(f"/agreements/{reference}/figures", month=month, area="kent"):
        disputed = "disputed" if figure["disputed"] else ""
        value = figure["reason"] if figure["value"] is None else f"{figure['value']} {figure['unit']}"
        print(month, figure["indicator"], figure["element"] or "whole service", value, figure["verdict"], disputed)


if __name__ == "__main__":
    if len(sys.argv) != 4 or not {"CLIENT_ID", "CLIENT_SECRET"} <= os.environ.keys():
        sys.exit("Set CLIENT_ID and CLIENT_SECRET, and name the portal's address, the batch's file and a month.")
    try:
        main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
    except OSError as error:
        sys.exit(f"The batch could not be read: {error}")
    except Refused as refused:
        sys.exit(str(refused))
