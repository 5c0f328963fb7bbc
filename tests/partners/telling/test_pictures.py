"""Whether a file is a small picture is said by its content."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from partners.telling.pictures import read_picture
from tests.builders import PICTURE

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
WEBP = (
    b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe"
)


@pytest.mark.parametrize(
    ("content", "kind"), [(PICTURE, "image/png"), (JPEG, "image/jpeg"), (WEBP, "image/webp")]
)
def test_the_content_says_what_it_is_whatever_its_name(content, kind):
    assert read_picture(SimpleUploadedFile("x.txt", content)) == (content, kind)


@pytest.mark.parametrize("content", [b"x", b"GIF89a", b"<svg/>", b"\x89PN"])
def test_what_is_none_is_refused(content):
    with pytest.raises(ValidationError) as refusal:
        read_picture(SimpleUploadedFile("x.png", content))
    assert refusal.value.code == "not_a_picture"
