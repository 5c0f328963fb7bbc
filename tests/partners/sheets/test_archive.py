"""An archive is counted before it is opened."""

import io
import struct
import zipfile

import pytest

from partners.sheets import archive

_ENTRY = b"PK\x01\x02" + struct.pack("<HHHHHHLLLHHHHHLL", 20, 20, *[0] * 7, 1, *[0] * 6) + b"a"


def zipped(parts, comment=b""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for number in range(parts):
            file.writestr(f"part{number}", b"x")
        file.comment = comment
    return out


def directory_alone(entries, said=None):
    """An archive of nothing but its list of entries, *said* to be fewer or more."""
    count = min(entries if said is None else said, 0xFFFF)
    body = b"PK\x03\x04" + bytes(26) + _ENTRY * entries
    end = struct.pack("<HHHHLLH", 0, 0, count, count, len(_ENTRY) * entries, 30, 0)
    return io.BytesIO(body + b"PK\x05\x06" + end)


@pytest.mark.parametrize("comment", [b"", b"made by hand"])
def test_entries_are_counted(comment):
    assert archive.check_entries(zipped(7, comment), most=7) == 7


@pytest.mark.parametrize("file", [zipped(8), directory_alone(8, said=2), directory_alone(100_000)])
def test_too_many_entries_are_refused_whatever_is_said(file):
    with pytest.raises(archive.TooMany):
        archive.check_entries(file, most=7)


def test_the_record_of_large_archives_is_believed_as_zipfile_does():
    file = zipped(3).getvalue()
    start = file.index(b"PK\x01\x02")
    size = file.index(b"PK\x05\x06") - start
    large = b"PK\x06\x06" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, 3, 3, size, start)
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, start + size, 1)
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 0xFFFF, 0xFFFF, 2**32 - 1, 2**32 - 1, 0)
    whole = io.BytesIO(file[: start + size] + large + locator + end)

    assert len(zipfile.ZipFile(whole).infolist()) == 3
    assert archive.check_entries(whole, most=3) == 3
    with pytest.raises(archive.TooMany):
        archive.check_entries(whole, most=2)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"x" * 100_000, b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_archive_is_torn(data):
    with pytest.raises((archive.Torn, archive.TooMany)):
        archive.check_entries(io.BytesIO(data), most=7)
