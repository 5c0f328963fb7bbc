"""Whom a question can be put to, by name."""

from dataclasses import dataclass

from django.conf import settings

from partners.models import Leader

OFFICE = "office"  # the key of whoever reads what comes to no one by name


@dataclass(frozen=True)
class Addressee:
    """Somebody who answers questions."""

    name: str
    key: str = ""
    about: str = ""  # what one can ask them, in a few words

    @property
    def words(self) -> str:
        return f"{self.name}: {self.about}" if self.about else self.name


def addressees() -> list[Addressee]:
    """Those a question can be put to, the office first; never empty. One query."""
    people = [Addressee(one.name, str(one.pk), one.asks) for one in Leader.objects.in_order()]
    return [Addressee(settings.CONTACT_NAME, OFFICE), *people]


def addressee_with(key: str) -> Addressee:
    """The one with *key*, or the first where nobody has it."""
    offered = addressees()
    return next((one for one in offered if one.key == key), offered[0])
