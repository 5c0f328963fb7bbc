"""Secrets of second factors, sealed: a copy of the database alone lets nobody in."""

import base64
from hashlib import sha256

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed, also with an earlier key that SECRET_KEY_FALLBACKS still names.

    Raises InvalidToken for what was sealed with no key we have.
    """
    return _keys().decrypt(sealed.encode()).decode()


def _keys() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    """A key for this purpose alone."""
    digest = sha256(b"northstar.login.sealing:" + secret.encode()).digest()
    return base64.urlsafe_b64encode(digest)
