"""People who want to be erased."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models.people import User
from partners.models.texts import in_words


class ErasureWishQuerySet(models.QuerySet["ErasureWish"]):
    def open(self) -> "ErasureWishQuerySet":
        """Neither withdrawn nor carried out; the longest waiting first."""
        return self.filter(withdrawn_at=None, carried_out_at=None).order_by("created_at", "pk")

    def visible_to(self, user: User | AnonymousUser) -> "ErasureWishQuerySet":
        """Coordinators see all, others their own."""
        if not isinstance(user, User):
            return self.none()
        return self.all() if user.is_coordinator else self.filter(person=user)


class ErasureWish(models.Model):
    """Somebody asks to be erased; until it is carried out they may withdraw it."""

    person = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("person"), related_name="erasure_wishes"
    )
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    carried_out_at = models.DateTimeField(_("carried out at"), null=True, editable=False)
    carried_out_by = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name=_("carried out by"),
        null=True,
        editable=False,
        related_name="+",
    )

    objects = ErasureWishQuerySet.as_manager()

    class Meta:
        verbose_name = _("wish to be erased")
        verbose_name_plural = _("wishes to be erased")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(withdrawn_at=None, carried_out_at=None),
                name="erasurewish_one_open_a_person",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(carried_out_at=None),
                name="erasurewish_withdrawn_is_not_carried_out",
            ),
            models.CheckConstraint(
                condition=Q(carried_out_at=None, carried_out_by=None)
                | Q(carried_out_at__isnull=False, carried_out_by__isnull=False),
                name="erasurewish_carried_out_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return in_words(self, "person")
