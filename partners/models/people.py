"""People: who they are and what they do for the portal."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import searches
from partners.models.texts import in_all_words, search_key, sort_key
from partners.reading.addresses import canonical_address
from partners.reading.searches import Sought


class Language(models.TextChoices):
    """Languages of the portal; Swedish is the first in use."""

    SWEDISH = "sv", "Svenska"
    ENGLISH = "en", "English"


class ColourScheme(models.TextChoices):
    AUTO = "auto", _("As the computer")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class StaffRole(models.TextChoices):
    """What somebody does for the portal itself; most people have none."""

    NONE = "", _("none")
    PROJECT_LEAD = "project_lead", _("project lead")
    COORDINATOR = "coordinator", _("coordinator")


ERASED = "Borttagen person"  # in the place of a name that was taken out, in the rows


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def coordinators(self) -> "UserQuerySet":
        return self.active().filter(staff_role=StaffRole.COORDINATOR)

    def colleagues_of(self, user: "User") -> "UserQuerySet":
        """People who act for one of *user*'s organisations now."""
        mine = user.memberships.acting().values("organisation")
        theirs = user.memberships.model.objects.current().filter(organisation__in=mine)
        return self.active().filter(pk__in=theirs.values("person"))

    def matching(self, words: str) -> "UserQuerySet":
        """People with all *words* in their name or address."""
        return self.filter(in_all_words(words, "search_key"))

    def found_by(self, what: Sought, *, by_any: bool = False) -> "UserQuerySet":
        """Those that *what* may mean, the likeliest first; see searches.found_by."""
        return searches.found_by(self, what, by_any=by_any)

    def with_address(self, email: str) -> "UserQuerySet":
        """The one with this address, however it was written; nobody for what is no address."""
        return self.filter(email=canonical_address(email)) if email else self.none()

    def visible_to(self, user: "User | AnonymousUser") -> "UserQuerySet":
        """Staff of the portal see everybody; others see themselves and their colleagues."""
        if not isinstance(user, User):
            return self.none()
        if user.is_staff_of_portal:
            return self.all()
        return self.filter(Q(pk=user.pk) | Q(pk__in=User.objects.colleagues_of(user).values("pk")))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str | None, name: str = "", **fields: object) -> "User":
        """Create a person; no password is set, for login is by a code sent to *email*."""
        user = self.model(email=canonical_address(email) if email else None, name=name, **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(
            email=canonical_address(email), is_superuser=True, is_staff=True, **fields
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=canonical_address(username or ""))


class User(AbstractBaseUser, PermissionsMixin):
    """A person the partnership knows; one without an address cannot log in."""

    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=150)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.SWEDISH
    )
    colour_scheme = models.CharField(
        _("appearance"), max_length=5, choices=ColourScheme, default=ColourScheme.AUTO
    )
    staff_role = models.CharField(
        _("role in the portal"),
        max_length=12,
        choices=StaffRole,
        default=StaffRole.NONE,
        blank=True,
    )
    is_active = models.BooleanField(_("may log in"), default=True)
    is_staff = models.BooleanField(_("may open the admin workshop"), default=False)
    # When somebody last decided whether this person may log in, and who; NULL: nobody ever did.
    access_changed_at = models.DateTimeField(_("login decided at"), null=True, editable=False)
    access_changed_by = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("login decided by"),
        null=True,
        editable=False,
        related_name="+",
    )
    # When name or address were last corrected by the project, and by whom; NULL: never.
    corrected_at = models.DateTimeField(_("corrected at"), null=True, editable=False)
    corrected_by = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("corrected by"),
        null=True,
        editable=False,
        related_name="+",
    )
    # When the person was taken out of this row, at their own wish; NULL: they never were.
    erased_at = models.DateTimeField(_("erased at"), null=True, editable=False)
    date_joined = models.DateTimeField(_("known since"), default=timezone.now, editable=False)
    sort_name = sort_key("name")
    search_key = search_key("name", "email")
    title_key = searches.title_key("name", "email")

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            models.Index(fields=["sort_name"], name="user_sort_name"),
            models.Index(fields=["id"], condition=Q(last_login=None), name="user_never_logged_in"),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="user_search_key"),
            searches.title_index("user_title_key"),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_is_unique_whatever_case",
                violation_error_message=_("Somebody already has this e-mail address."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="user_language_is_known"
            ),
            models.CheckConstraint(
                condition=Q(staff_role__in=StaffRole.values), name="user_staff_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(colour_scheme__in=ColourScheme.values),
                name="user_colour_scheme_is_known",
            ),
            models.CheckConstraint(
                condition=Q(access_changed_by__isnull=True) | Q(access_changed_at__isnull=False),
                name="user_access_changed_by_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(corrected_by__isnull=True) | Q(corrected_at__isnull=False),
                name="user_corrected_by_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        if self.name == ERASED:
            return str(_("Erased person"))
        return self.name or self.email or "–"

    @property
    def is_coordinator(self) -> bool:
        return self.is_active and self.staff_role == StaffRole.COORDINATOR

    @property
    def is_project_lead(self) -> bool:
        return self.is_active and self.staff_role == StaffRole.PROJECT_LEAD

    @property
    def is_staff_of_portal(self) -> bool:
        return self.is_coordinator or self.is_project_lead

    @property
    def is_partner(self) -> bool:
        """Logs in for an organisation, not for the portal."""
        return self.is_active and not self.is_staff_of_portal
