"""Asking a virus scanner about a file before it is read: clamd's own stream protocol (INSTREAM), one question a file.

Its only client library on the package index has had no release since 2014; the protocol is two writes and one answer.
Pure.
"""

import socket
import struct
from collections.abc import Iterable
from urllib.parse import urlsplit

from performance.findings import Finding, error

PATIENCE_SECONDS = 15
LONGEST_ANSWER = 4096


class NoAnswer(Exception):
    """The scanner cannot be reached, or gives no answer that says anything of the file."""


def scanned(chunks: Iterable[bytes], scanner: str, what: str) -> Finding | None:
    """What stops a file, read from `chunks`: a virus, or a scanner that does not answer. None for a clean one.

    `scanner` is its address: "tcp://clamav:3310", or "unix:///run/clamd.sock". Where it does not answer the file is
    held back, not taken in unlooked at (trust.md, files, row 16). `what` is the file in a sentence: "the return".
    """
    try:
        answer = _answer(chunks, scanner)
    except (NoAnswer, OSError):
        return _not_scanned(what)
    if answer.endswith("OK"):
        return None
    return _virus(what) if answer.endswith("FOUND") else _not_scanned(what)


def _answer(chunks: Iterable[bytes], scanner: str) -> str:
    with _connected(scanner) as connection:
        connection.sendall(b"zINSTREAM\0")
        for chunk in chunks:
            if chunk:
                connection.sendall(struct.pack("!I", len(chunk)) + chunk)
        connection.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            more = connection.recv(LONGEST_ANSWER)
            if not more:
                break
            answer += more
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _connected(scanner: str) -> socket.socket:
    address = urlsplit(scanner)
    if address.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(PATIENCE_SECONDS)
        try:
            connection.connect(address.path)
        except OSError:
            connection.close()
            raise
        return connection
    if address.scheme != "tcp" or not address.hostname or not address.port:
        raise NoAnswer(f"{scanner} is no address of a scanner.")
    return socket.create_connection((address.hostname, address.port), PATIENCE_SECONDS)


def _virus(what: str) -> Finding:
    return error(
        "virus",
        None,
        None,
        title="The virus scanner found something",
        found=f"Something in {what} that the scanner knows as harmful. It was not opened and is not kept",
        expected="A file that the scanner finds nothing in",
        remedy="Tell your IT service desk, make the file anew from a clean one, and upload that",
    )


def _not_scanned(what: str) -> Finding:
    return error(
        "virus-scan",
        None,
        None,
        title="The file could not be checked for viruses",
        found=f"No answer from the virus scanner about {what}. It was not opened and is not kept",
        expected="An answer before anything is read",
        remedy="Upload the same file again in some minutes; if this goes on, tell the portal’s administrator",
    )
