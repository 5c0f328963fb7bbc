"""How much a zip archive says it holds, counted before anything opens it. Knows no Django.

Opening an archive makes an object of every entry, so a file of nothing but entries fills the
memory of whoever opens it. The record at its end tells where they lie: they are counted there.
"""

import io
import struct
from typing import IO

_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_LOCATOR_64 = b"PK\x06\x07"
_ENTRY = b"PK\x01\x02"
_END_BYTES, _LOCATOR_BYTES, _END_64_BYTES = 22, 20, 56
_LONGEST_COMMENT = 2**16
_BYTES_AN_ENTRY = 400  # far more than names of parts need


class Torn(ValueError):
    """There is no archive, or its end is missing."""


class TooMany(ValueError):
    """There are more entries inside than any document has."""


def check_entries(file: IO[bytes], most: int) -> int:
    """How many entries *file* holds; at most *most*. Raises Torn and TooMany.

    Reads the end of the file and the list of entries, which is short, or is refused unread.
    """
    said, size, where = _directory(file)
    if said > most or size > most * _BYTES_AN_ENTRY:
        raise TooMany
    file.seek(where)
    found = file.read(size).count(_ENTRY)
    if found > most:
        raise TooMany
    return found


def _directory(file: IO[bytes]) -> tuple[int, int, int]:
    """How many entries there are said to be, the bytes of their list, and where it begins."""
    length = file.seek(0, io.SEEK_END)
    start = max(0, length - _LONGEST_COMMENT - _END_BYTES)
    file.seek(start)
    tail = file.read()
    at = _end_of(tail)
    if at < 0:
        raise Torn
    count, size = struct.unpack("<HL", tail[at + 10 : at + 16])
    where = start + at - size
    large = _large_directory(file, start + at)
    if large:
        count, size = large
        where = start + at - _LOCATOR_BYTES - _END_64_BYTES - size
    if where < 0:
        raise Torn
    return count, size, where


def _end_of(tail: bytes) -> int:
    """Where the record at the end begins, looked for as zipfile does: without a comment first."""
    last = len(tail) - _END_BYTES
    if last >= 0 and tail[last:].startswith(_END) and tail.endswith(b"\0\0"):
        return last
    found = tail.rfind(_END)
    return found if 0 <= found <= last else -1


def _large_directory(file: IO[bytes], end: int) -> tuple[int, int] | None:
    """The same from the larger record, which archives over 4 GB or 65,535 entries have."""
    if end < _LOCATOR_BYTES + _END_64_BYTES:
        return None
    file.seek(end - _LOCATOR_BYTES - _END_64_BYTES)
    record = file.read(_END_64_BYTES + _LOCATOR_BYTES)
    if not record[_END_64_BYTES:].startswith(_LOCATOR_64) or not record.startswith(_END_64):
        return None
    count, size = struct.unpack("<QQ", record[32:48])
    return count, size
