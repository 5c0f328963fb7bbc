"""What a session leaves to read: keeping files and links, and taking them away."""

import contextlib
import hashlib
import logging
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from learning.material import telling
from learning.material.file_check import clean_name, examine
from learning.models import LearningSession, Material, MaterialKind
from learning.models.materials import stored_name
from learning.places.waitlist import lock
from partners import patience
from partners.models import User
from partners.patience import patient

log = logging.getLogger(__name__)

FOLDER = "material"
# What two rows share that were sent twice.
SAID = ["session", "created_by", "kind", "title", "audience", "language"]
SAID += ["url", "file_name", "sha256"]
SPARED = timedelta(hours=24)  # an upload in the middle of its transaction is no orphan


def add_file(
    session: LearningSession,
    upload: UploadedFile,
    *,
    title: str,
    audience: str,
    language: str,
    by: User,
) -> Material:
    """Keep *upload* under a random name, with its checksum.

    Raises ValidationError: "size", "kind" or "content" as file_check.examine, "storage" when the
    disk does not take it; what it took of the file is deleted, or the disk would stay full. A file
    whose row is not written is taken away by sweep_orphans.

    The same person sending the same file again within two minutes gets the first one back.
    """
    content_type = examine(upload)
    material = Material(
        session=session,
        title=title,
        kind=MaterialKind.FILE,
        audience=audience,
        language=language,
        file_name=clean_name(upload.name or ""),
        content_type=content_type,
        size_bytes=upload.size,
        sha256=_checksum(upload),
        created_by=by,
    )
    name = stored_name(material, material.file_name)  # known here, to be found again when it fails
    try:
        material.file.name = default_storage.save(name, upload)
    except OSError as error:
        with contextlib.suppress(OSError):  # then sweep_orphans takes it
            default_storage.delete(name)
        log.exception("material cannot be stored")
        raise ValidationError(
            _("The file could not be stored just now. Try again later, or link to it instead."),
            code="storage",
        ) from error
    kept = _keep_once(material)
    if kept != material:
        with contextlib.suppress(OSError):  # then sweep_orphans takes it
            default_storage.delete(name)
    return kept


def add_link(
    session: LearningSession, url: str, *, title: str, audience: str, language: str, by: User
) -> Material:
    """Keep a link to material that lies elsewhere.

    The same person sending the same link again within two minutes gets the first one back. Raises
    ValidationError ("busy").
    """
    return _keep_once(
        Material(
            session=session,
            title=title,
            kind=MaterialKind.LINK,
            url=url,
            audience=audience,
            language=language,
            created_by=by,
        )
    )


@patient
@transaction.atomic
def _keep_once(material: Material) -> Material:
    """Write the row of *material*, or find the one that a first click has written."""
    patience.take_turn(f"material:{material.created_by_id}")
    said = {name: getattr(material, name) for name in SAID}
    again = patience.made_just_now(Material.objects.filter(**said))
    if again is not None:
        return again
    material.save()
    return material


@patient
@transaction.atomic
def remove(material: Material, *, by: User) -> None:
    """Take material away for good: the row now, its file when the transaction holds.

    What waits to tell of it is not sent. With the row goes every place to note *by* in, so the log
    says it. Locks the session. Raises ValidationError ("busy").
    """
    session = lock(material.session)
    log.info("material %s of session %s removed by %s", material.pk, material.session_id, by.pk)
    name = material.file.name
    material.delete()
    telling.drop_untrue(session)
    if name:
        transaction.on_commit(lambda: default_storage.delete(name), robust=True)


def sweep_orphans(now: datetime) -> int:
    """Delete stored files that no row names and that are older than a day; return how many."""
    removed = 0
    for path in _stored_files(FOLDER):
        is_old = default_storage.get_modified_time(path) < now - SPARED
        if is_old and not Material.objects.filter(file=path).exists():
            default_storage.delete(path)
            removed += 1
    return removed


def _stored_files(folder: str) -> list[str]:
    if not default_storage.exists(folder):
        return []
    folders, files = default_storage.listdir(folder)
    found = [f"{folder}/{name}" for name in files]
    for inner in folders:
        found += _stored_files(f"{folder}/{inner}")
    return found


def _checksum(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
