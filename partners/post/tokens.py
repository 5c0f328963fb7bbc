"""Secrets in mailed links: the letter carries the token, the database only its hash."""

import hashlib
import secrets


def new() -> tuple[str, str]:
    """Make a token of 256 random bits, and the hash to store in its place: (token, hash)."""
    token = secrets.token_urlsafe(32)
    return token, hash_of(token)


def hash_of(token: str) -> str:
    """Return the SHA-256 of *token* in hexadecimal, 64 characters."""
    return hashlib.sha256(token.encode()).hexdigest()
