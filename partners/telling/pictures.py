"""Small pictures, of a person or an emblem: is an uploaded file one?"""

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from partners.models import PictureType

LIMIT_BYTES = 300 * 1000  # it stands 96 pixels wide, and lies in the row it belongs to

_TYPES = {
    ".png": PictureType.PNG,
    ".jpg": PictureType.JPEG,
    ".jpeg": PictureType.JPEG,
    ".jfif": PictureType.JPEG,
    ".webp": PictureType.WEBP,
}


def read_picture(upload: UploadedFile) -> tuple[bytes, str]:
    """The bytes of a picture and its type, by its content; its name says nothing.

    Raises ValidationError ("too_large", "not_a_picture").
    """
    if (upload.size or 0) > LIMIT_BYTES:
        raise ValidationError(
            _("The picture is larger than 300 kB. Make it smaller and try again."),
            code="too_large",
        )
    content = upload.read()
    try:
        endings = {match.extension for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        endings = set()
    found = {_TYPES[ending] for ending in endings if ending in _TYPES}
    if len(found) != 1:
        raise ValidationError(
            _("This is not a picture we can show. Choose a file of type PNG, JPEG or WebP."),
            code="not_a_picture",
        )
    return content, found.pop().value
