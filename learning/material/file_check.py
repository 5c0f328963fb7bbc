"""Is an uploaded file what its name says, and of a kind we take?"""

import re
import zipfile
from dataclasses import dataclass
from typing import IO

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.sheets import archive
from partners.sheets.text import file_name

LIMIT_BYTES = 50 * 1000 * 1000
MOST_PARTS = 10_000  # of a document that is a zip inside
MOST_UNPACKED_BYTES = 1_000_000_000
NAME_LENGTH = 150
_HEAD_BYTES = 64 * 1024
_PDF_BEGINS_WITHIN = 1024  # bytes, as readers take it: scanners and mail put marks before
_PHONE_PICTURES = frozenset({"heic", "heif"})
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.I)
# A "<" alone is no page: "<namn>;e-post" and "<5 ton" are how people write.
_PAGE = re.compile(
    rb"(\xef\xbb\xbf)?\s*<(!--|(!doctype|\?xml|html|head|body|script|svg|iframe|object|embed)\b)",
    re.I,
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."


@dataclass(frozen=True)
class Kind:
    """A kind of file we take: what it is called in headers, and what its content must show."""

    content_type: str
    magic: frozenset[str] = frozenset()  # any of these endings by content
    folder: str = ""  # Office: where its parts lie


KINDS = {
    "pdf": Kind("application/pdf"),
    "png": Kind("image/png", frozenset({".png"})),
    "jpg": Kind("image/jpeg", frozenset({".jpg", ".jpeg", ".jfif", ".jpe"})),
    "jpeg": Kind("image/jpeg", frozenset({".jpg", ".jpeg", ".jfif", ".jpe"})),
    "mp4": Kind("video/mp4", frozenset({".mp4", ".m4v", ".m4a", ".mov"})),
    "docx": Kind(f"{_OFFICE}wordprocessingml.document", folder="word/"),
    "xlsx": Kind(f"{_OFFICE}spreadsheetml.sheet", folder="xl/"),
    "pptx": Kind(f"{_OFFICE}presentationml.presentation", folder="ppt/"),
    "odt": Kind(f"{_OPEN}text"),
    "ods": Kind(f"{_OPEN}spreadsheet"),
    "odp": Kind(f"{_OPEN}presentation"),
    "csv": Kind("text/csv"),
    "txt": Kind("text/plain"),
}

WRONG = {
    "content": gettext_lazy(
        "The content of the file is not that of a .%(ending)s file. "
        "Save it anew as .%(ending)s and try again."
    ),
    "macros": gettext_lazy("The file has macros. Save it anew without macros and try again."),
}


def clean_name(name: str) -> str:
    """The user's name for a file, made safe to write in a header and on any disk.

    Composed letters, nothing invisible, no folders, at most 150 characters, the ending kept.
    """
    name = re.sub(r'["<>:|?*]', "_", file_name(name)).strip(" .")
    if _RESERVED.match(name):
        name = f"_{name}"
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: NAME_LENGTH - len(ending) - 1]}{dot}{ending}" if stem else name[:NAME_LENGTH]


def examine(upload: UploadedFile) -> str:
    """Return the content type of *upload*. Raises ValidationError: "size", "kind" or "content"."""
    if (upload.size or 0) > LIMIT_BYTES:
        raise ValidationError(
            _("The file is %(size)d MB. The limit is %(limit)d MB. Link to it instead.")
            % {"size": round((upload.size or 0) / 1_000_000), "limit": LIMIT_BYTES // 1_000_000},
            code="size",
        )
    ending = clean_name(upload.name or "").rpartition(".")[2].lower()
    if ending in _PHONE_PICTURES:
        raise ValidationError(
            _(
                "We do not take .%(ending)s pictures. Send the picture to yourself as JPEG, "
                "or take a screenshot of it, and choose that file."
            )
            % {"ending": ending},
            code="kind",
        )
    if ending not in KINDS:
        raise ValidationError(
            _("We do not take .%(ending)s files. Save it as PDF, Word or PowerPoint and try again.")
            % {"ending": ending[:10]},
            code="kind",
        )
    kind = KINDS[ending]
    if wrong := _what_is_wrong(upload.file, ending, kind) if upload.file else "content":
        raise ValidationError(WRONG[wrong], code="content", params={"ending": ending})
    return kind.content_type


def _what_is_wrong(file: IO[bytes], ending: str, kind: Kind) -> str:
    """A key of WRONG, or "" of what is as its name says."""
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    file.seek(0)
    if ending in {"csv", "txt"}:
        return "" if _is_plain_text(head) else "content"
    if ending == "pdf":
        return "" if b"%PDF-" in head[:_PDF_BEGINS_WITHIN] else "content"
    if kind.magic:
        return "" if _endings_by_content(head) & kind.magic else "content"
    return _what_is_wrong_inside(file, kind)


def _what_is_wrong_inside(file: IO[bytes], kind: Kind) -> str:
    try:
        archive.check_entries(file, MOST_PARTS)
        with zipfile.ZipFile(file) as document:
            if _is_a_bomb(document.infolist()):
                return "content"
            if _has_macros(set(document.namelist())):
                return "macros"
            return "" if _is_document(document, kind) else "content"
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return "content"
    finally:
        file.seek(0)


def _endings_by_content(head: bytes) -> set[str]:
    try:
        return {match.extension for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return set()


def _is_plain_text(head: bytes) -> bool:
    """Text without NUL that is no page; Excel writes cp1252 and UTF-16 too."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return not _PAGE.match(head[2:].replace(b"\0", b""))
    return b"\0" not in head and not _PAGE.match(head)


def _is_document(document: zipfile.ZipFile, kind: Kind) -> bool:
    names = set(document.namelist())
    if kind.folder:
        return "[Content_Types].xml" in names and any(n.startswith(kind.folder) for n in names)
    if "mimetype" not in names or document.getinfo("mimetype").file_size > 200:
        return False
    return document.read("mimetype").strip() == kind.content_type.encode()


def _is_a_bomb(parts: list[zipfile.ZipInfo]) -> bool:
    """More inside than any document has; a size is what the file says, read before unpacking."""
    return sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES


def _has_macros(names: set[str]) -> bool:
    return any(
        "vbaproject" in name or name.startswith(("basic/", "scripts/"))
        for name in (name.lower() for name in names)
    )
