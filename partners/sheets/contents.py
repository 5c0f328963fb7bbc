"""What kind of file it is by its first bytes, and the sheets and rows in it.

Runs in the child process alone. Knows no Django, no headings and no kind of list.
"""

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from partners.sheets import archive, delimited, workbook
from partners.sheets.budget import Budget, Refused

MAX_UNPACKED = 200 * 2**20
MAX_ENTRIES = 1_000
MAX_RATIO = 200  # of a packed part over 5 MB; real sheets pack 5 to 40 times

_PICTURES_AND_PACKS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc", b"Rar!")


def read(file: BinaryIO) -> Iterator[Any]:
    """What *file* holds: for each sheet a dict, then its rows. Raises Refused."""
    budget = Budget()
    file.seek(0)
    head = file.read(8)
    file.seek(0)
    if head.startswith(b"PK\x03\x04"):
        _check_archive(file)
        yield from workbook.read_packed(file, budget)
    elif head.startswith(b"\xd0\xcf\x11\xe0"):
        _check_old(file.read())
        file.seek(0)
        yield from workbook.read_old(file, budget)
    elif head.startswith(b"%PDF"):
        raise Refused("pdf")
    elif head.startswith(_PICTURES_AND_PACKS):
        raise Refused("kind")
    else:
        yield from delimited.read(file, budget)


def _check_old(data: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused("password")
    if "Workbook".encode("utf-16-le") not in data and "Book".encode("utf-16-le") not in data:
        raise Refused("kind")


def _check_archive(file: BinaryIO) -> None:
    """Refuse before unpacking: bombs, macros, and archives that are something else."""
    try:
        archive.check_entries(file, MAX_ENTRIES)
        with zipfile.ZipFile(file) as parts:
            infos = parts.infolist()
    except archive.TooMany:
        raise Refused("heavy") from None
    except (archive.Torn, zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Refused("broken") from None
    if sum(part.file_size for part in infos) > MAX_UNPACKED:
        raise Refused("heavy")
    for part in infos:
        if part.file_size > 5 * 2**20 and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise Refused("heavy")
        if part.flag_bits & 1:
            raise Refused("password")
    _check_names({part.filename for part in infos})
    file.seek(0)


def _check_names(names: set[str]) -> None:
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Refused("macros")
    if any(name.endswith(".iwa") or name == "Index.zip" for name in names):
        raise Refused("numbers")
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise Refused("kind")
