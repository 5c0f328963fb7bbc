"""Addresses of people from which e-mails come back."""

from datetime import datetime

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from partners.models.letters import Message
from partners.models.people import User


class BouncedAddressQuerySet(models.QuerySet["BouncedAddress"]):
    def standing(self) -> "BouncedAddressQuerySet":
        """Those that nobody knows to work again."""
        return self.filter(works_again_at__isnull=True)

    def of(self, address: str | None) -> "BouncedAddress | None":
        """The mark that stands at *address*, or None. One query."""
        return self.standing().filter(address=address).first() if address else None

    def mark(self, address: str, letter: Message, said: str, now: datetime) -> None:
        """Note that *letter* did not reach *address*: nothing will, until it works again."""
        self.update_or_create(
            address=address,
            defaults={
                "bounced_at": now,
                "said": said,
                "letter": letter,
                "works_again_at": None,
                "works_again_by": None,
            },
        )

    def since(self, address: str) -> Subquery:
        """Since when e-mails to the *address* of the row that asks come back, or None."""
        mine = self.standing().filter(address=OuterRef(address))
        return Subquery(mine.values("bounced_at")[:1])

    def people(self) -> models.QuerySet[User]:
        """Whom e-mails do not reach by the address they have now."""
        return User.objects.active().filter(email__in=self.standing().values("address"))


class BouncedAddress(models.Model):
    """An address from which e-mails come back, until somebody knows that it works again.

    It is of the address, not of a person: whoever gets another one is marked no more, and whoever
    is given this one again is.
    """

    address = models.EmailField(_("e-mail"), unique=True)
    bounced_at = models.DateTimeField(_("came back"))
    said = models.TextField(_("reason"))
    letter = models.ForeignKey(Message, models.PROTECT, verbose_name=_("letter"), related_name="+")
    # Since when it works again, and who says so; NULL: e-mails come back.
    works_again_at = models.DateTimeField(_("works again"), null=True, blank=True)
    works_again_by = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name=_("works again, as said by"),
        null=True,
        blank=True,
        related_name="+",
    )

    objects = BouncedAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address that does not work")
        verbose_name_plural = _("addresses that do not work")
        constraints = [
            models.CheckConstraint(
                condition=Q(works_again_by__isnull=True) | Q(works_again_at__isnull=False),
                name="bouncedaddress_works_again_by_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.address
