"""The zip package of a workbook, opened as if its own headers lie: everything is counted while it is inflated."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from performance.workbook import limits
from performance.workbook.refusals import damaged, refusal, too_large

ENCRYPTED_FLAG = 0x1
ACCEPTED_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


class Package:
    """The parts of a workbook by name.

    `unpacked` counts every byte that was inflated, by whoever asked for it, so that no part is free.
    """

    def __init__(self, content: bytes) -> None:
        """Open the package and check its directory; raises Refused."""
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN:
            raise damaged("A package that cannot be opened: it may have been cut short while it was sent") from None
        self._packed = len(content)
        self._infos = {info.filename: info for info in self._archive.infolist() if not info.is_dir()}
        _check_directory(self._archive.infolist())

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, as the package writes them."""
        return tuple(self._infos)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a package can say beside its parts: their names, and the remarks of the packing itself."""
        remarks = (
            self._archive.comment,
            *(each for info in self._archive.infolist() for each in (info.comment, info.extra)),
        )
        names = (info.filename for info in self._archive.infolist())
        return (*names, *(remark.decode("utf-8", "replace") for remark in remarks if remark))

    def holds(self, name: str) -> bool:
        """Whether a part of this name is there."""
        return name in self._infos

    def check_unpacked_size(self) -> None:
        """Inflate everything once, keeping nothing, and stop at the first byte too many; raises Refused."""
        unpacked = 0
        for name in self.names:
            for chunk in self.chunks(name):
                unpacked += len(chunk)
                self._check_unpacked(unpacked)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The inflated bytes of a part, a little at a time; raises Refused when they cannot be inflated."""
        unpacked = 0
        try:
            with self._archive.open(self._infos[name]) as part:
                while chunk := part.read(limits.CHUNK_BYTES):
                    unpacked += len(chunk)
                    self._check_unpacked(unpacked)
                    yield chunk
        except KeyError:
            raise damaged("A workbook that lacks one of its own parts") from None
        except _BROKEN:
            raise damaged("A part of the workbook that cannot be unpacked") from None

    def _check_unpacked(self, unpacked: int) -> None:
        if unpacked > limits.MAX_UNPACKED_BYTES:
            raise too_large("More than 20 MB once unpacked", "No more than 20 MB once unpacked")
        if unpacked > limits.RATIO_FLOOR_BYTES and unpacked > limits.MAX_RATIO * self._packed:
            raise too_large(
                f"A file that unpacks to more than {limits.MAX_RATIO} times its size",
                "A workbook with a return's few hundred cells",
            )


def _check_directory(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > limits.MAX_ENTRIES:
        raise too_large(f"{len(infos):,} parts inside the workbook", f"No more than {limits.MAX_ENTRIES} parts")
    names = [info.filename.casefold() for info in infos]
    if len(set(names)) != len(names):
        raise refusal(
            "duplicate-part",
            "The workbook holds two parts of one name",
            "Two parts of the same name, of which only one would be read",
            "Each part once",
            "Open it in Excel, save it under a new name, and upload that",
        )
    for info in infos:
        _check_entry(info)


def _check_entry(info: zipfile.ZipInfo) -> None:
    if _leaves_the_package(info.orig_filename):
        raise refusal(
            "unsafe-name",
            "The workbook holds a part with an unsafe name",
            "A part whose name points outside the workbook",
            "Names that Excel gives",
            "Open it in Excel, save it under a new name, and upload that",
        )
    if info.flag_bits & ENCRYPTED_FLAG:
        raise refusal(
            "password",
            "The workbook is protected with a password",
            "Encrypted content",
            "An .xlsx workbook without a password",
            "Save as .xlsx without a password, and upload that",
        )
    if info.compress_type not in ACCEPTED_METHODS:
        raise damaged("A part packed in a way that Excel does not use")


def _leaves_the_package(name: str) -> bool:
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ".." in plain.split("/") or ":" in plain or "\0" in plain
