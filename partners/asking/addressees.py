"""Whom a question can be put to, by name."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Addressee:
    """Somebody who answers questions."""

    name: str
    key: str = ""  # of the list they stand in; "" where there is none
    about: str = ""  # what one can ask them, in a few words

    @property
    def words(self) -> str:
        return f"{self.name}: {self.about}" if self.about else self.name


def addressees() -> list[Addressee]:
    """Those a question can be put to, in the order in which they are offered; never empty."""
    return [Addressee(settings.CONTACT_NAME)]


def addressee_with(key: str) -> Addressee:
    """The one with *key*, or the first where nobody has it."""
    offered = addressees()
    return next((one for one in offered if one.key == key), offered[0])
