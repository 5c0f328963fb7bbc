"""Organisations, and who acts for whom."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import searches
from partners.models.people import User
from partners.models.texts import in_all_words, in_language, search_key, sort_key
from partners.reading.searches import Sought, sought

# The roadmap's, in its order: key, title in Swedish, title in English.
FOCUS_AREAS = [
    ("mobility", "Mobilitet och transporter", "Mobility and transport"),
    ("energy", "Energi och byggd miljö", "Energy and the built environment"),
    ("consumption", "Konsumtion och cirkulär ekonomi", "Consumption and circular economy"),
    ("food", "Mat och jordbruk", "Food and agriculture"),
    ("other", "Övriga kompletterande åtgärder", "Other complementary measures"),
]


class FocusAreaQuerySet(models.QuerySet["FocusArea"]):
    def plant(self) -> None:
        """Make the areas of the roadmap that are not there; a migration made them at first."""
        for position, (key, sv, en) in enumerate(FOCUS_AREAS, start=1):
            names = {"title_sv": sv, "title_en": en, "position": position}
            self.get_or_create(key=key, defaults=names)


class FocusArea(models.Model):
    """One of the roadmap's areas of work."""

    key = models.SlugField(_("key"), unique=True)
    title_sv = models.CharField(_("title in Swedish"), max_length=100)
    title_en = models.CharField(_("title in English"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = FocusAreaQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("focus area")
        verbose_name_plural = _("focus areas")

    def __str__(self) -> str:
        return in_language(self.title_sv, self.title_en)


class Sector(models.TextChoices):
    BUSINESS = "business", _("business")
    PUBLIC = "public", _("public sector")
    ACADEMIA = "academia", _("academia")
    CIVIL_SOCIETY = "civil_society", _("civil society")
    MUNICIPAL_COMPANY = "municipal_company", _("municipal company")


class OrganisationStatus(models.TextChoices):
    PROSPECT = "prospect", _("not yet a partner")
    ACTIVE = "active", _("partner")
    LEFT = "left", _("has left")


class MembershipRole(models.TextChoices):
    MEMBER = "member", _("member")
    CONTACT_PERSON = "contact_person", _("contact person")


def not_left(prefix: str = "") -> Q:
    """Organisations, reached by *prefix*, whose last day with the roadmap has not come."""
    day_to_come = Q(**{f"{prefix}left_on": None}) | Q(
        **{f"{prefix}left_on__gt": timezone.localdate()}
    )
    return ~Q(**{f"{prefix}status": OrganisationStatus.LEFT}) & day_to_come


# In SQL: whoever registers waits for it, and building it takes longer than running it.
ACTS_FOR = """
    SELECT organisation_id FROM partners_membership membership
    JOIN partners_organisation organisation ON organisation.id = membership.organisation_id
    WHERE person_id = %s AND ended_at IS NULL
      AND status <> %s AND (left_on IS NULL OR left_on > %s)
"""


def values_of_acts_for(person: User) -> list[Any]:
    """What ACTS_FOR asks, of *person* and today."""
    return [person.pk, OrganisationStatus.LEFT, timezone.localdate()]


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def partners(self) -> "OrganisationQuerySet":
        """Organisations that are members of the roadmap now: until the day they leave."""
        return self.filter(not_left(), status=OrganisationStatus.ACTIVE)

    def leaving(self, today: date) -> "OrganisationQuerySet":
        """Whose day has come, and whose status does not say so yet."""
        return self.filter(left_on__lte=today).exclude(status=OrganisationStatus.LEFT)

    def of(self, user: "User | AnonymousUser") -> "OrganisationQuerySet":
        """Organisations that *user* acts for now: for one that has left, nobody does."""
        if not isinstance(user, User):
            return self.none()
        mine = RawSQL(ACTS_FOR, values_of_acts_for(user))  # noqa: S611 (a text of our own)
        return self.filter(pk__in=mine)

    def visible_to(self, user: "User | AnonymousUser") -> "OrganisationQuerySet":
        """The partners are public; staff see every organisation, members also their own."""
        if isinstance(user, User) and user.is_staff_of_portal:
            return self.all()
        if not isinstance(user, User):
            return self.partners()
        mine = user.memberships.current().values("organisation")
        partners = not_left() & Q(status=OrganisationStatus.ACTIVE)
        return self.filter(partners | Q(pk__in=mine))

    def in_order(self) -> "OrganisationQuerySet":
        return self.order_by("sort_name", "pk")

    def matching(
        self, text: str, sector: str = "", focus_area: FocusArea | None = None
    ) -> "OrganisationQuerySet":
        """With all words of *text*, in *sector*, at work in *focus_area*; empty means any."""
        found = self.filter(in_all_words(text, "search_key"))
        found = found.filter(sector=sector) if sector else found
        return found.filter(focus_areas=focus_area) if focus_area else found

    def found_by(self, what: Sought, *, by_any: bool = False) -> "OrganisationQuerySet":
        """Those that *what* may mean, the likeliest first; see searches.found_by."""
        return searches.found_by(self, what, by_any=by_any)

    def nearest(self, text: str) -> tuple["OrganisationQuerySet", str]:
        """Those that come near *text*, and the words that were probably meant, "" for these.

        For when nothing has the words as they stand. One query.
        """
        what = sought(text)
        found = self.found_by(what).values_list("pk", "name", Value(""))
        pks, meant = searches.nearest(what, found)
        return self.filter(pk__in=pks), meant

    def without_contact_person(self) -> "OrganisationQuerySet":
        with_one = Organisation.objects.filter(
            memberships__role=MembershipRole.CONTACT_PERSON, memberships__ended_at=None
        )
        return self.exclude(pk__in=with_one.values("pk"))


class Organisation(models.Model):
    """An organisation that has signed the roadmap, or came to a session."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    org_number = models.CharField(
        _("organisation number"), max_length=11, null=True, blank=True, unique=True
    )
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=OrganisationStatus, default=OrganisationStatus.ACTIVE
    )
    # When somebody last took it in or let it go, and who; NULL: it is as it came.
    status_changed_at = models.DateTimeField(_("status changed at"), null=True, editable=False)
    status_changed_by = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name=_("status changed by"),
        null=True,
        editable=False,
        related_name="+",
    )
    website = models.URLField(_("website"), blank=True)
    # Who it is, in its own words. A default in the database, too, for older code.
    description_sv = models.CharField(
        _("description in Swedish"), max_length=400, blank=True, db_default=""
    )
    description_en = models.CharField(
        _("description in English"), max_length=400, blank=True, db_default=""
    )
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    # The first day on which it is no partner; NULL: not decided, or not known for one that left.
    left_on = models.DateField(_("left on"), null=True, blank=True)
    # When its name and facts were last corrected on a page, and by whom; NULL: never.
    corrected_at = models.DateTimeField(_("corrected at"), null=True, editable=False)
    corrected_by = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name=_("corrected by"),
        null=True,
        editable=False,
        related_name="+",
    )
    focus_areas = models.ManyToManyField(
        FocusArea, verbose_name=_("focus areas"), blank=True, related_name="organisations"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    sort_name = sort_key("name")
    search_key = search_key("name")
    title_key = searches.title_key("name")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [
            models.Index(fields=["sort_name"], name="organisation_sort_name"),
            GinIndex(
                fields=["search_key"], opclasses=["gin_trgm_ops"], name="organisation_search_key"
            ),
            searches.title_index("organisation_title_key"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=OrganisationStatus.values),
                name="organisation_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(sector="") | Q(sector__in=Sector.values),
                name="organisation_sector_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(org_number=""), name="organisation_number_is_null_or_given"
            ),
            models.CheckConstraint(
                condition=Q(status_changed_by__isnull=True) | Q(status_changed_at__isnull=False),
                name="organisation_status_changed_by_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(corrected_by__isnull=True) | Q(corrected_at__isnull=False),
                name="organisation_corrected_by_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True)
                | Q(joined_on__isnull=True)
                | Q(left_on__gte=F("joined_on")),
                name="organisation_leaves_after_it_joined",
                violation_error_message=_("An organisation cannot leave before it joined."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def description(self) -> str:
        return in_language(self.description_sv, self.description_en)

    @property
    def is_partner(self) -> bool:
        """As OrganisationQuerySet.partners, of one that is loaded."""
        return self.status == OrganisationStatus.ACTIVE and not self.has_left

    @property
    def has_left(self) -> bool:
        if self.status == OrganisationStatus.LEFT:
            return True
        return self.left_on is not None and self.left_on <= timezone.localdate()


class OrganisationAlias(models.Model):
    """Another way somebody has written an organisation's name, confirmed by a coordinator."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="aliases")
    folded = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.folded
