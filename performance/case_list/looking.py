"""Looks a case list's file through once, before anything is made of it: what it is, and how it is encoded."""

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from performance.case_list import limits
from performance.case_list.refusals import not_a_list, too_large
from performance.workbook.guard import OLE_START, ZIP_START

WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
UTF_8, WINDOWS = "utf-8-sig", "cp1252"


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was looked through once: its encoding, its fingerprint in hexadecimal and its bytes."""

    encoding: str
    sha256: str
    size: int


def looked_through(stream: BinaryIO, name: str) -> Looked:
    """Look at every byte once, with none of them kept; raises Unread for what is no list in plain text."""
    if PurePosixPath(name.strip().casefold()).suffix != ".csv":
        raise not_a_list("A file whose name does not end in .csv")
    stream.seek(0)
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    size, is_utf8 = 0, True
    while chunk := stream.read(limits.CHUNK_BYTES):
        if size == 0:
            _check_start(chunk)
        size += len(chunk)
        if size > limits.MAX_BYTES:
            raise too_large(f"More than {limits.LIMIT_IN_WORDS}", f"No more than {limits.LIMIT_IN_WORDS}")
        if b"\0" in chunk:
            raise not_a_list("A file named .csv that holds no plain text")
        digest.update(chunk)
        is_utf8 = is_utf8 and _goes_on(decoder, chunk)
    if size == 0:
        raise not_a_list("0 bytes")
    is_utf8 = is_utf8 and _goes_on(decoder, b"", is_end=True)
    return Looked(UTF_8 if is_utf8 else WINDOWS, digest.hexdigest(), size)


def _check_start(chunk: bytes) -> None:
    if chunk.startswith(ZIP_START):
        raise not_a_list("A file named .csv that is packed like an Excel workbook")
    if chunk.startswith(OLE_START):
        raise not_a_list("An old Excel workbook named .csv")
    if chunk.startswith(WIDE):
        raise not_a_list("A CSV file in UTF-16")
    if chunk.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise not_a_list("A web page or XML file named .csv")


def _goes_on(decoder: codecs.IncrementalDecoder, chunk: bytes, is_end: bool = False) -> bool:
    try:
        decoder.decode(chunk, is_end)
    except UnicodeDecodeError:
        return False
    return True
