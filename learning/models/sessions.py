"""Series and the sessions in them."""

import uuid
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from partners.models import Membership, User, in_language, search_key, searches
from partners.reading.searches import Sought


class Series(models.Model):
    """A number of sessions that belong together, such as a programme over a spring."""

    title_sv = models.CharField(_("title in Swedish"), max_length=150)
    title_en = models.CharField(_("title in English"), max_length=150, blank=True)
    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    summary_sv = models.TextField(_("summary in Swedish"), blank=True)
    summary_en = models.TextField(_("summary in English"), blank=True)
    title_key = searches.title_key("title_sv", "title_en")

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["title_sv", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.title_sv, self.title_en)

    @property
    def summary(self) -> str:
        return in_language(self.summary_sv, self.summary_en)


class SessionMode(models.TextChoices):
    ON_SITE = "on_site", _("on site")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("on site and online")


class SessionAudience(models.TextChoices):
    PARTNERS = "partners", _("the partners")
    PUBLIC = "public", _("everybody")


class LearningSessionQuerySet(models.QuerySet["LearningSession"]):
    def published(self) -> "LearningSessionQuerySet":
        return self.filter(published_at__isnull=False)

    def live(self) -> "LearningSessionQuerySet":
        """Published and not cancelled."""
        return self.published().filter(cancelled_at__isnull=True)

    def coming(self, now: datetime) -> "LearningSessionQuerySet":
        """Not over at *now*, the next one first."""
        return self.filter(ends_at__gt=now).order_by("starts_at", "pk")

    def past(self, now: datetime) -> "LearningSessionQuerySet":
        """Over at *now*, the latest first."""
        return self.filter(ends_at__lte=now).order_by("-starts_at", "-pk")

    def taking_registrations(self, now: datetime) -> "LearningSessionQuerySet":
        """Those of which LearningSession.takes_registrations(*now*) is true, full ones too."""
        return self.live().filter(
            Q(registration_opens_at__isnull=True) | Q(registration_opens_at__lte=now),
            Q(registration_closes_at__isnull=True) | Q(registration_closes_at__gt=now),
            starts_at__gt=now,
        )

    def open_to(self, user: User, now: datetime) -> "LearningSessionQuerySet":
        """Those *user* may ask for a place in and has none in, full ones too; with_places."""
        open_now = self.visible_to(user).taking_registrations(now).with_places(user)
        if not user.is_staff_of_portal:
            open_now = open_now.filter(_for(user))
        return open_now.filter(own_state="")  # type: ignore[misc]  # with_places adds it

    def visible_to(self, user: User | AnonymousUser) -> "LearningSessionQuerySet":
        """Staff see drafts too; who acts for a partner all that is published; others what is open.

        Whoever has, or had, a place in a session sees it, whomever they act for now.
        """
        if not isinstance(user, User) or not user.is_active:
            return self.published().filter(audience=SessionAudience.PUBLIC)
        if user.is_staff_of_portal:
            return self.all()
        own = RawSQL(_OWN, [user.pk, user.pk])  # noqa: S611 (a text of our own)
        return self.published().filter(_for(user) | Q(pk__in=own))

    def of(self, user: User | AnonymousUser) -> "LearningSessionQuerySet":
        """Those *user* leads, has or had a place in, or was noted at."""
        own = RawSQL(_OWN, [user.pk, user.pk])  # noqa: S611 (a text of our own)
        return self.filter(Q(pk__in=own) | Q(lead=user.pk))

    def found_by(self, what: Sought, *, by_any: bool = False) -> "LearningSessionQuerySet":
        """Those that *what* may mean, also by their series; see searches.found_by."""
        text = searches.Folded("search_key")
        return searches.found_by(
            self, what, by_any=by_any, whole=text, scanned="search_key", series=Series
        )

    def with_places(self, reader: User | AnonymousUser | None = None) -> "LearningSessionQuerySet":
        """Add confirmed_count and queued_count, which seats_left reads, and *reader*'s own_state.

        own_state is "" where *reader* has neither a seat nor a place in the queue, and "leaving"
        where they have just given theirs back.
        """
        counted = {"confirmed_count": _how_many("confirmed"), "queued_count": _how_many("queued")}
        if reader is not None:
            counted["own_state"] = _own_state(reader)
        return self.annotate(**counted)

    def one_with_places(self, pk: int, reader: User | None) -> "LearningSession":
        """The session *pk*, with_places(*reader*): for those who hold it while others wait.

        Raises LearningSession.DoesNotExist.
        """
        found = list(self.raw(_ONE_WITH_PLACES, ["confirmed", "queued", reader and reader.pk, pk]))
        if not found:
            raise LearningSession.DoesNotExist
        return found[0]

    def asked_about(self) -> "LearningSessionQuerySet":
        """Those about which somebody has been asked how they were."""
        asked = RawSQL(_ASKED_ABOUT, [], models.BooleanField())  # noqa: S611 (a text of our own)
        return self.filter(asked)

    def with_material(self) -> "LearningSessionQuerySet":
        """Add material_count: how much there is, for whomever."""
        number = RawSQL(_MATERIAL, [], models.IntegerField())  # noqa: S611 (a text of our own)
        return self.annotate(material_count=number)

    def with_organisations(self) -> "LearningSessionQuerySet":
        """Add coming_from: names of organisations whose people have a seat, most people first."""
        names = RawSQL(_COMING_FROM, [])  # noqa: S611 (a text of our own)
        return self.annotate(coming_from=names)

    def with_presence(self, reader: User | AnonymousUser) -> "LearningSessionQuerySet":
        """Add own_presence: how *reader* was noted, "" where nobody noted anything."""
        own = RawSQL(_OWN_PRESENCE, [reader.pk], models.CharField())  # noqa: S611 (a text of our own)
        return self.annotate(own_presence=own)


def _for(user: User) -> Q:
    """Sessions that are for *user*: open ones, and to who acts for a partner the partners'."""
    acts = Membership.objects.is_of_a_partner(user)
    return Q(audience=SessionAudience.PUBLIC) | Q(acts)


_OWN = """
    SELECT session_id FROM learning_registration WHERE person_id = %s
    UNION ALL
    SELECT session_id FROM learning_attendance WHERE person_id = %s
"""
_MATERIAL = """
    SELECT count(*) FROM learning_material WHERE session_id = learning_learningsession.id
"""
_COMING_FROM = """
    ARRAY(
        SELECT organisation.name FROM learning_registration place
        JOIN partners_organisation organisation ON organisation.id = place.organisation_id
        WHERE place.session_id = learning_learningsession.id AND place.state = 'confirmed'
        GROUP BY organisation.name, organisation.sort_name
        ORDER BY count(*) DESC, organisation.sort_name
    )
"""
_OWN_PRESENCE = """
    coalesce((
        SELECT seen.status FROM learning_attendance seen
        WHERE seen.session_id = learning_learningsession.id AND seen.person_id = %s
    ), '')
"""
_ASKED_ABOUT = """
    EXISTS (SELECT FROM learning_surveyinvitation WHERE session_id = learning_learningsession.id)
"""
# In SQL: every list and page asks these, and building them takes longer than running them.
_HOW_MANY = """
    SELECT count(*) FROM learning_registration place
    WHERE place.session_id = learning_learningsession.id AND place.state = %s
"""
_OWN_STATE = """
    coalesce((
        SELECT CASE WHEN place.leaves_at IS NULL THEN place.state ELSE 'leaving' END
        FROM learning_registration place
        WHERE place.session_id = learning_learningsession.id
          AND place.person_id = %s AND place.state <> 'withdrawn'
    ), '')
"""
_ONE_WITH_PLACES = f"""
    SELECT *, ({_HOW_MANY}) AS confirmed_count, ({_HOW_MANY}) AS queued_count,
           ({_OWN_STATE}) AS own_state
    FROM learning_learningsession WHERE id = %s
"""  # noqa: S608 (texts of our own)


def _how_many(state: str) -> RawSQL:
    return RawSQL(_HOW_MANY, [state], models.IntegerField())  # noqa: S611 (a text of our own)


def _own_state(reader: User | AnonymousUser) -> RawSQL:
    return RawSQL(_OWN_STATE, [reader.pk], models.CharField())  # noqa: S611 (a text of our own)


class LearningSession(models.Model):
    """One meeting where partners learn together."""

    series = models.ForeignKey(
        Series, models.PROTECT, verbose_name=_("series"), related_name="sessions"
    )
    title_sv = models.CharField(_("title in Swedish"), max_length=150)
    title_en = models.CharField(_("title in English"), max_length=150, blank=True)
    summary_sv = models.TextField(_("summary in Swedish"), blank=True)
    summary_en = models.TextField(_("summary in English"), blank=True)
    # One line a time of day: "09.00 Rollspel: tre hus".
    programme_sv = models.TextField(
        _("programme in Swedish"), blank=True, default="", db_default=""
    )
    programme_en = models.TextField(
        _("programme in English"), blank=True, default="", db_default=""
    )
    preparation_sv = models.TextField(
        _("how to prepare, in Swedish"), blank=True, default="", db_default=""
    )
    preparation_en = models.TextField(
        _("how to prepare, in English"), blank=True, default="", db_default=""
    )
    directions_sv = models.TextField(
        _("how to get there, in Swedish"), blank=True, default="", db_default=""
    )
    directions_en = models.TextField(
        _("how to get there, in English"), blank=True, default="", db_default=""
    )
    map_url = models.URLField(
        _("link to a map"), max_length=500, blank=True, default="", db_default=""
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    mode = models.CharField(
        _("form"), max_length=8, choices=SessionMode, default=SessionMode.ON_SITE
    )
    venue = models.CharField(_("place"), max_length=200, blank=True)
    meeting_url = models.URLField(_("meeting link"), blank=True)
    audience = models.CharField(
        _("open to"), max_length=8, choices=SessionAudience, default=SessionAudience.PARTNERS
    )
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    lead = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("project lead"), null=True, related_name="led_sessions"
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    cancelled_because = models.TextField(_("why it is cancelled"), blank=True, db_default="")
    attendance_taken_at = models.DateTimeField(null=True, blank=True)
    attendance_taken_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    ical_uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ical_sequence = models.PositiveIntegerField(default=0, editable=False)
    # Of entries sent while their identity still held an address from the settings.
    sent_ical_uid = models.CharField(
        max_length=400, blank=True, default="", db_default="", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    updated_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    # Goes up with each change of the plan. A default in the database, too, for older code.
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    title_key = searches.title_key("title_sv", "title_en", "venue")
    search_key = search_key("title_sv", "title_en", "venue", "summary_sv", "summary_en")

    # Set by with_places, not columns.
    confirmed_count: int
    queued_count: int
    own_state: str
    # Set by with_material, with_organisations and with_presence, not columns.
    material_count: int
    coming_from: list[str]
    own_presence: str

    objects = LearningSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("learning session")
        verbose_name_plural = _("learning sessions")
        indexes = [
            models.Index(fields=["starts_at"], name="session_starts_at"),
            searches.title_index("session_title_key"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_it_starts",
                violation_error_message=_("The end is before the start. Change one of them."),
            ),
            models.CheckConstraint(
                condition=Q(mode__in=SessionMode.values), name="session_mode_is_known"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=SessionAudience.values), name="session_audience_is_known"
            ),
            models.CheckConstraint(
                condition=Q(registration_opens_at__isnull=True)
                | Q(registration_closes_at__isnull=True)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                name="session_registration_closes_after_it_opens",
                violation_error_message=_(
                    "Registration closes before it opens. Change one of them."
                ),
            ),
            models.CheckConstraint(
                condition=Q(map_url="") | Q(map_url__startswith="https://"),
                name="session_map_is_a_safe_link",
                violation_error_message=_("Paste a link that begins with https://, or none."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.title_sv, self.title_en)

    def title_in(self, language: str) -> str:
        """The title for somebody who reads *language*."""
        with translation.override(language):
            return self.title

    @property
    def summary(self) -> str:
        return in_language(self.summary_sv, self.summary_en)

    @property
    def programme(self) -> str:
        return in_language(self.programme_sv, self.programme_en)

    @property
    def preparation(self) -> str:
        return in_language(self.preparation_sv, self.preparation_en)

    @property
    def directions(self) -> str:
        return in_language(self.directions_sv, self.directions_en)

    @property
    def calendar_uid(self) -> str:
        """Who the session is to calendars, for ever, whatever is set or changed."""
        return self.sent_ical_uid or f"{self.ical_uid}@northstar"

    @property
    def seats_left(self) -> int | None:
        """Free seats; None where they are unlimited, or nobody counted (with_places)."""
        taken: int | None = getattr(self, "confirmed_count", None)
        if self.capacity is None or taken is None:
            return None
        return max(0, self.capacity - taken)

    @property
    def is_live(self) -> bool:
        return self.published_at is not None and self.cancelled_at is None

    def is_coming(self, now: datetime) -> bool:
        """Published, not cancelled, not begun: places in it can be given back."""
        return self.is_live and now < self.starts_at

    @property
    def registration_ends_at(self) -> datetime:
        """The first moment too late to ask for a place: the start at the latest."""
        return min(self.registration_closes_at or self.starts_at, self.starts_at)

    def awaits_registration(self, now: datetime) -> bool:
        """Registration opens later than *now*."""
        return self.registration_opens_at is not None and now < self.registration_opens_at

    def takes_registrations(self, now: datetime) -> bool:
        """Published, not cancelled, not begun, and inside the window [opens, closes)."""
        return (
            self.is_live and not self.awaits_registration(now) and now < self.registration_ends_at
        )
