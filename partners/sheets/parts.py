"""The parts of a packed spreadsheet as XML: read as streams, without entities.

Runs in the child process alone.
"""

import re
import zipfile
from xml.sax.handler import ContentHandler

from defusedxml.sax import parse as parse_safely

_CHUNK = 2**18


def is_worth_reading(parts: zipfile.ZipFile, part: str, signs: re.Pattern[bytes]) -> bool:
    """Whether one of the *signs* stands in a part, or it is written so that they cannot be seen."""
    with parts.open(part) as stream:
        before = stream.read(_CHUNK)
        if not before.removeprefix(b"\xef\xbb\xbf").startswith(b"<") or b"\0" in before[:100]:
            return True  # in a coding of its own
        if signs.search(before):
            return True
        while chunk := stream.read(_CHUNK):
            if signs.search(before[-40:] + chunk):
                return True
            before = chunk
    return False


def parse(parts: zipfile.ZipFile, part: str, handler: ContentHandler) -> None:
    """Read a part until its end, or until the *handler* has Enough."""
    try:
        with parts.open(part) as stream:
            parse_safely(stream, handler)
    except Enough:
        return


class Enough(Exception):
    """The rest need not be read."""


def local(name: str) -> str:
    """A name without its prefix."""
    return name if ":" not in name else name.rpartition(":")[2]
