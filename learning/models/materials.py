"""What a session leaves to read: files and links."""

import uuid
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from learning.models.sessions import LearningSession
from partners.models import Language, Membership, User, searches
from partners.reading.searches import Sought


class MaterialKind(models.TextChoices):
    FILE = "file", _("file")
    LINK = "link", _("link")


class MaterialAudience(models.TextChoices):
    PARTICIPANTS = "participants", _("registered participants only")
    PARTNERS = "partners", _("all partners")


class MaterialQuerySet(models.QuerySet["Material"]):
    def visible_to(self, user: User | AnonymousUser) -> "MaterialQuerySet":
        """What all partners may read, for who acts for one, and what is for those who take part.

        A place on the waiting list is no place yet; somebody who walked in took part.
        """
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        if user.is_staff_of_portal:
            return self.all()
        took_part = RawSQL(_TOOK_PART, [user.pk, user.pk])  # noqa: S611 (a text of our own)
        acts = Membership.objects.is_of_a_partner(user)
        return self.filter(
            Q(acts, audience=MaterialAudience.PARTNERS) | Q(session__in=took_part),
            session__published_at__isnull=False,
        )

    def found_by(self, what: Sought, *, by_any: bool = False) -> "MaterialQuerySet":
        """Those that *what* may mean, also by their sessions; see searches.found_by."""
        return searches.found_by(self, what, by_any=by_any, session=LearningSession)


# In SQL: every session page asks it, and to build it from querysets takes longer than to run it.
_TOOK_PART = """
    SELECT session_id FROM learning_registration WHERE state = 'confirmed' AND person_id = %s
    UNION ALL
    SELECT session_id FROM learning_attendance WHERE status = 'present' AND person_id = %s
"""


def stored_name(material: "Material", file_name: str) -> str:
    """A storage name that says nothing of the user's: the year and a random name."""
    moment: datetime = material.session.starts_at
    return f"material/{moment:%Y}/{uuid.uuid4().hex}"


class Material(models.Model):
    """A file or a link that belongs to a session."""

    session = models.ForeignKey(LearningSession, models.PROTECT, related_name="materials")
    title = models.CharField(_("title"), max_length=150)
    kind = models.CharField(max_length=4, choices=MaterialKind)
    audience = models.CharField(
        _("who may read it"),
        max_length=12,
        choices=MaterialAudience,
        default=MaterialAudience.PARTICIPANTS,
    )
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.SWEDISH
    )
    file = models.FileField(_("file"), upload_to=stored_name, blank=True)
    file_name = models.CharField(max_length=150, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size_bytes = models.PositiveBigIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    title_key = searches.title_key("title", "file_name")

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("material")
        ordering = ["created_at", "pk"]
        indexes = [searches.title_index("material_title_key")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind=MaterialKind.FILE) & ~Q(file="") & Q(url=""))
                | (Q(kind=MaterialKind.LINK) & Q(file="") & ~Q(url="")),
                name="material_is_a_file_or_a_link",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=MaterialAudience.values),
                name="material_audience_is_known",
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="material_language_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MaterialKind.values), name="material_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ending(self) -> str:
        """What kind of file it is, as people call it: PDF, PPTX; "" for a link."""
        return self.file_name.rpartition(".")[2].upper() if "." in self.file_name else ""


class MaterialTellingQuerySet(models.QuerySet["MaterialTelling"]):
    def standing(self) -> "MaterialTellingQuerySet":
        """Not taken back."""
        return self.filter(taken_back_at__isnull=True)


class MaterialTelling(models.Model):
    """Somebody lets the people of a session be told of all the material that is there by then."""

    session = models.ForeignKey(LearningSession, models.PROTECT, related_name="tellings")
    # Whether the session was over: those who were there are told, and before it who has a seat.
    is_after = models.BooleanField(_("after the session"))
    created_at = models.DateTimeField(_("told at"), auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # When what had not left was taken back, and by whom; NULL: it was not.
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, editable=False)
    taken_back_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = MaterialTellingQuerySet.as_manager()

    class Meta:
        verbose_name = _("telling of material")
        verbose_name_plural = _("tellings of material")
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_by__isnull=True) | Q(taken_back_at__isnull=False),
                name="materialtelling_taken_back_by_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"
