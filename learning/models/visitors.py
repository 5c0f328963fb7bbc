"""Visitors who ask for a seat without an account, until the owner of the address says yes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.models.places import Registration
from learning.models.sessions import LearningSession
from partners.models import Language, in_words


class VisitorRequest(models.Model):
    """Somebody without an account asked for a seat in an open session, and gave an address.

    Nobody is registered before the mailed link is followed. The link's token is kept as a hash.
    """

    session = models.ForeignKey(LearningSession, models.PROTECT, related_name="visitor_requests")
    name = models.CharField(_("name"), max_length=150)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)  # as typed
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=2, choices=Language)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # What came of it; NULL until the link is followed.
    registration = models.ForeignKey(Registration, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("visitor’s request")
        verbose_name_plural = _("visitors’ requests")
        indexes = [
            models.Index(fields=["session", "email"], name="visitorrequest_of_an_address"),
            models.Index(fields=["created_at"], name="visitorrequest_created_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="visitorrequest_language_is_known"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, registration__isnull=True)
                | Q(confirmed_at__isnull=False, registration__isnull=False),
                name="visitorrequest_confirmed_has_a_registration",
            ),
        ]

    def __str__(self) -> str:
        return in_words(self, "name", "session")
