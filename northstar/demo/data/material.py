"""What people can read after the demo's sessions: a link, a small PDF and a text."""

import hashlib
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from learning.models import LearningSession, Material, MaterialAudience, MaterialKind
from northstar.demo.data.people import Cast
from partners.models import Language


def build_materials(sessions: list[LearningSession], cast: Cast) -> None:
    """Give the latest held sessions a link, a PDF and a text."""
    held = [one for one in sessions if one.attendance_taken_at and not one.cancelled_at][-5:]
    files = [
        ("Bilder från träffen", "bilder.pdf", "application/pdf", _pdf()),
        ("Anteckningar", "anteckningar.txt", "text/plain", _notes()),
    ]
    materials = []
    for session in held:
        shared = {
            "session": session,
            "language": Language.SWEDISH,
            "created_at": session.ends_at + timedelta(days=1),
            "created_by": cast.lead,
        }
        materials.append(
            Material(
                title="Läs mer om ämnet",
                kind=MaterialKind.LINK,
                audience=MaterialAudience.PARTNERS,
                url="https://www.viablecities.se/",
                **shared,
            )
        )
        for title, file_name, content_type, content in files:
            path = f"material/{session.starts_at:%Y}/{session.ical_uid.hex}-{file_name[:2]}"
            default_storage.delete(path)
            materials.append(
                Material(
                    title=title,
                    kind=MaterialKind.FILE,
                    audience=MaterialAudience.PARTICIPANTS,
                    file=default_storage.save(path, ContentFile(content)),
                    file_name=file_name,
                    content_type=content_type,
                    size_bytes=len(content),
                    sha256=hashlib.sha256(content).hexdigest(),
                    **shared,
                )
            )
    Material.objects.bulk_create(materials)


def _notes() -> bytes:
    return (
        "Anteckningar\n\n1. Vad vi prövade\n2. Vad som stod i vägen\n3. Vad vi gör härnäst\n"
    ).encode()


def _pdf() -> bytes:
    """A small PDF of one page, with the cross-reference table where its readers look for it."""
    text = "BT /F1 24 Tf 72 740 Td (Leda omst\\344llning tillsammans!) Tj ET"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (sv) >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(parts) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")
