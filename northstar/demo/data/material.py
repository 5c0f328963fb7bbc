"""What people can read after the demo's sessions: a link, a small PDF and a text."""

import hashlib
from datetime import timedelta
from itertools import cycle

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify

from learning.models import LearningSession, Material, MaterialAudience, MaterialKind
from northstar.demo.data.people import Cast
from partners.models import Language

# Where one can read on, one after each session.
READING = [
    ("Omställning i svenska städer (Viable Cities)", "https://www.viablecities.se/"),
    ("Vägledning för hållbar upphandling", "https://www.upphandlingsmyndigheten.se/"),
    ("Städer på väg mot 2030 (NetZeroCities)", "https://netzerocities.eu/"),
    ("Om att spara energi i lokaler", "https://www.energimyndigheten.se/"),
    ("Fakta om Sveriges utsläpp", "https://www.naturvardsverket.se/"),
]


def build_materials(sessions: list[LearningSession], cast: Cast) -> None:
    """Give the latest held sessions a link, a PDF and a text."""
    held = [one for one in sessions if one.attendance_taken_at and not one.cancelled_at][-5:]
    materials = []
    for session, (read, url) in zip(held, cycle(READING)):
        name = slugify(session.title_sv)
        files = [
            (f"Bilder: {session.title_sv}", f"bilder-{name}.pdf", "application/pdf", _pdf(session)),
            (
                f"Anteckningar: {session.title_sv}",
                f"anteckningar-{name}.txt",
                "text/plain",
                _notes(session),
            ),
        ]
        shared = {
            "session": session,
            "language": Language.SWEDISH,
            "created_at": session.ends_at + timedelta(days=1),
            "created_by": cast.lead,
        }
        materials.append(
            Material(
                title=read,
                kind=MaterialKind.LINK,
                audience=MaterialAudience.PARTNERS,
                url=url,
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


def _notes(session: LearningSession) -> bytes:
    day = date_format(timezone.localtime(session.starts_at), "j F Y")
    about, _, more = session.summary_sv.partition("\n\n")
    return (
        f"{session.title_sv}, {day}\n\n{about}\n\n{more}\n\n"
        "Det här tog vi upp vid borden\n"
        "- Vad vi redan gör, och vad vi trodde att vi gjorde.\n"
        "- Var beslutet egentligen tas. Oftast någon annanstans än vi först sa.\n"
        "- Vem som får nyttan, och vem som får räkningen.\n\n"
        "Till nästa gång\n"
        "- Pröva ert nästa steg i liten skala och ta med det som gick fel.\n"
    ).encode()


def _pdf(session: LearningSession) -> bytes:
    """A small PDF of one page, with the cross-reference table where its readers look for it."""
    lines = [(24, session.title_sv), (14, session.summary_sv.partition("\n")[0])]
    shown = " ".join(f"/F1 {size} Tf ({_in_pdf(line)}) Tj 0 -36 Td" for size, line in lines)
    text = f"BT 72 740 Td {shown} ET"
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


def _in_pdf(line: str) -> str:
    """*line* as a PDF writes it: each letter beyond ASCII by its number in Latin-1."""
    letters = line.encode("latin-1", "replace").decode("latin-1")
    return "".join(
        f"\\{letter}"
        if letter in "()\\"
        else letter
        if letter.isascii()
        else f"\\{ord(letter):03o}"
        for letter in letters
    )
