"""Organisations, and who acts for whom."""

from django.contrib.auth.models import AnonymousUser
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from partners.models.people import User
from partners.models.texts import in_all_words, in_language, in_words, search_key, sort_key

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


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def partners(self) -> "OrganisationQuerySet":
        """Organisations that are members of the roadmap now."""
        return self.filter(status=OrganisationStatus.ACTIVE)

    def of(self, user: "User | AnonymousUser") -> "OrganisationQuerySet":
        """Organisations that *user* acts for now."""
        if not isinstance(user, User):
            return self.none()
        current = Membership.objects.current().filter(person=user, organisation=OuterRef("pk"))
        return self.filter(Exists(current))

    def visible_to(self, user: "User | AnonymousUser") -> "OrganisationQuerySet":
        """The partners are public; staff see every organisation, members also their own."""
        if isinstance(user, User) and user.is_staff_of_portal:
            return self.all()
        mine = Organisation.objects.of(user).values("pk")
        return self.filter(Q(status=OrganisationStatus.ACTIVE) | Q(pk__in=mine))

    def in_order(self) -> "OrganisationQuerySet":
        return self.order_by("sort_name", "pk")

    def matching(
        self, text: str, sector: str = "", focus_area: FocusArea | None = None
    ) -> "OrganisationQuerySet":
        """With all words of *text*, in *sector*, at work in *focus_area*; empty means any."""
        found = self.filter(in_all_words(text, "search_key"))
        found = found.filter(sector=sector) if sector else found
        return found.filter(focus_areas=focus_area) if focus_area else found

    def without_contact_person(self) -> "OrganisationQuerySet":
        contact = Membership.objects.contact_persons().filter(organisation=OuterRef("pk"))
        return self.filter(~Exists(contact))


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
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    focus_areas = models.ManyToManyField(
        FocusArea, verbose_name=_("focus areas"), blank=True, related_name="organisations"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    sort_name = sort_key("name")
    search_key = search_key("name")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [models.Index(fields=["sort_name"], name="organisation_sort_name")]
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
        ]

    def __str__(self) -> str:
        return self.name


class MembershipRole(models.TextChoices):
    MEMBER = "member", _("member")
    CONTACT_PERSON = "contact_person", _("contact person")


# How far somebody has come: asked of memberships that carry invited_at.
LOGIN_STATES = {
    "not_invited": Q(person__last_login__isnull=True, invited_at__isnull=True),
    "invited": Q(person__last_login__isnull=True, invited_at__isnull=False),
    "logged_in": Q(person__last_login__isnull=False),
}


# In SQL: whoever registers waits for it, and building it takes longer than running it.
_ACTS_FOR = """
    SELECT organisation_id FROM partners_membership WHERE person_id = %s AND ended_at IS NULL
"""


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        return self.filter(ended_at__isnull=True)

    def organisation_ids_of(self, person: User) -> list[int]:
        """Whom *person* acts for now, as keys."""
        with connection.cursor() as cursor:
            cursor.execute(_ACTS_FOR, [person.pk])
            return [pk for (pk,) in cursor.fetchall()]

    def contact_persons(self) -> "MembershipQuerySet":
        return self.current().filter(role=MembershipRole.CONTACT_PERSON)

    def in_order(self) -> "MembershipQuerySet":
        """With person and organisation, by organisation, then by name."""
        return self.select_related("person", "organisation").order_by(
            "organisation__sort_name", "person__sort_name", "pk"
        )

    def with_invited_at(self) -> "MembershipQuerySet":
        """Add invited_at: when the person was last invited, or None."""
        latest = Invitation.objects.filter(person=OuterRef("person")).order_by("-created_at")
        return self.annotate(invited_at=Subquery(latest.values("created_at")[:1]))

    def matching(self, q: str = "", role: str = "", state: str = "") -> "MembershipQuerySet":
        """With all words of *q* in person or organisation, in *role*; state of LOGIN_STATES.

        Needs with_invited_at.
        """
        found = self.filter(in_all_words(q, "person__search_key", "organisation__search_key"))
        if role:
            found = found.filter(role=role)
        return found.filter(LOGIN_STATES[state]) if state else found

    def visible_to(self, user: "User | AnonymousUser") -> "MembershipQuerySet":
        """Staff see all; others those of their own organisations."""
        if not isinstance(user, User):
            return self.none()
        if user.is_staff_of_portal:
            return self.all()
        return self.filter(organisation__in=Organisation.objects.of(user))


class Membership(models.Model):
    """A person acts for an organisation, from its beginning until it is ended."""

    person = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(
        _("role"), max_length=15, choices=MembershipRole, default=MembershipRole.MEMBER
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # When the role was last changed, and who did it; NULL: it is the one they began with.
    role_changed_at = models.DateTimeField(_("role changed at"), null=True, editable=False)
    role_changed_by = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name=_("role changed by"),
        null=True,
        editable=False,
        related_name="+",
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name=_("ended by"),
        null=True,
        editable=False,
        related_name="+",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(ended_at__isnull=True),
                name="membership_one_current_per_person_and_organisation",
                violation_error_message=_("This person already acts for the organisation."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=MembershipRole.values), name="membership_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(role_changed_by__isnull=True) | Q(role_changed_at__isnull=False),
                name="membership_role_changed_by_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | Q(ended_at__isnull=False),
                name="membership_ended_by_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return in_words(self, "person", "organisation")


class Invitation(models.Model):
    """An invitation to log in, sent to a person by mail; only the hash of its token is kept."""

    person = models.ForeignKey(User, models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="invitations"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return in_words(self, "person", "organisation")


class OrganisationAlias(models.Model):
    """Another way somebody has written an organisation's name, confirmed by a coordinator."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="aliases")
    folded = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.folded
