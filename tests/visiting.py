"""Visiting the portal's pages about returns as somebody, and handing files in."""

import re
from datetime import date
from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from contracts.models import Role
from performance.models import Version
from tests.hostile_files.build import sample_cases
from tests.kent import Kent

CASES = sample_cases().stream.read()
RETURNS = "/agreements/KCC-CYPMHS-S76/returns/"


def visitor(kent: Kent, role: Role) -> Client:
    """A browser in which the demo's person of `role` is signed in."""
    client = Client()
    client.force_login(kent.people[role], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def hand_in(
    client: Client,
    content: bytes,
    name: str = "return.xlsx",
    why: str = "",
    follow: bool = True,
    cases: bytes | None = CASES,
):
    """Upload a return with its case list as the form does; the answer is the page that it leads to."""
    files = {"file": SimpleUploadedFile(name, content)}
    if cases is not None:
        files["case_list"] = SimpleUploadedFile("list.csv", cases)
    return client.post(f"{RETURNS}upload/", {**files, "why": why}, follow=follow)


def address(version: Version, step: str = "") -> str:
    """The page of a version, or of a step with it."""
    month: date = version.of_return.month
    return f"{RETURNS}{month:%Y-%m}/versions/{version.number}/{step}"


def text_of(answer) -> str:
    """What a page says, without its tags, each space one."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())
