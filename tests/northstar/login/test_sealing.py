"""Secrets of second factors, unreadable in a copy of the database."""

import pytest
from cryptography.fernet import InvalidToken

from northstar.login import sealing


def test_a_secret_is_read_back_and_not_seen():
    sealed = sealing.seal("JBSWY3DP")
    assert "JBSWY3DP" not in sealed
    assert sealing.unseal(sealed) == "JBSWY3DP"


def test_what_an_earlier_key_sealed_is_read_while_that_key_is_named(settings):
    sealed = sealing.seal("JBSWY3DP")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, long and random enough"
    assert sealing.unseal(sealed) == "JBSWY3DP"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        sealing.unseal(sealed)
