"""Whom a question can be put to."""

from partners.asking.addressees import addressee_with, addressees


def test_there_is_always_somebody_to_ask(settings):
    settings.CONTACT_NAME = "Projektkontoret"
    assert [one.words for one in addressees()] == ["Projektkontoret"]
    assert addressee_with("nobody") == addressees()[0]
