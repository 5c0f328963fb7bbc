"""What the portal says about itself: pages with their history, who leads, and who pays."""

from pathlib import Path
from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.people import User
from partners.models.texts import in_language

SHIPPED = Path(__file__).resolve().parents[1] / "shipped"  # the texts a new portal begins with


class ContentKey(models.TextChoices):
    """The pages, in the order in which they are listed."""

    PROJECT = "project", _("The project")
    TIMELINE = "timeline", _("The project: how it went")
    FACTS = "facts", _("The project: facts")
    ABOUT = "about", _("About the partnership")
    JOIN = "join", _("Join")
    HELP_VISITOR = "help-visitor", _("Help for visitors")
    HELP_MEMBER = "help-member", _("Help for members")
    HELP_CONTACT = "help-contact", _("Help for contact persons")
    HELP_LEAD = "help-lead", _("Help for project leads")
    HELP_COORDINATOR = "help-coordinator", _("Help for coordinators")
    NEW = "new", _("What is new in the portal")
    NEWS = "news", _("News")


def shipped(key: str) -> dict[str, str]:
    """What a page says in a new portal, by the fields of a version."""
    said = {}
    for language in ("sv", "en"):
        text = (SHIPPED / f"{key}.{language}.md").read_text(encoding="utf-8")
        title, lead, body = text.split("\n\n", 2)
        said[f"title_{language}"] = title.removeprefix("# ")
        said[f"lead_{language}"] = lead.replace("\n", " ")
        said[f"body_{language}"] = body.strip()
    return said


class ContentPageQuerySet(models.QuerySet["ContentPage"]):
    def plant(self) -> None:
        """Let pages that say nothing say what is shipped; a migration did so at first."""
        for key in ContentKey.values:
            page, _is_new = self.get_or_create(key=key)
            if not page.versions.exists():
                ContentVersion.objects.create(page=page, number=1, **shipped(key))

    def visible_to(self, user: "User | AnonymousUser") -> "ContentPageQuerySet":
        """All are for everybody."""
        return self.all()


class ContentPage(models.Model):
    """A page whose words the coordinators write; what it says is its newest version."""

    key = models.CharField(_("key"), max_length=20, choices=ContentKey, unique=True)

    objects = ContentPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [
            models.CheckConstraint(
                condition=Q(key__in=ContentKey.values), name="contentpage_key_is_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_key_display())


class ContentVersionQuerySet(models.QuerySet["ContentVersion"]):
    def newest(self) -> "ContentVersionQuerySet":
        """Of each page the version that counts."""
        return self.order_by("page", "-number").distinct("page").select_related("page")

    def now(self, *keys: str) -> dict[str, "ContentVersion"]:
        """What the pages *keys* say now; one that says nothing yet is not there. One query."""
        return {one.page.key: one for one in self.newest().filter(page__key__in=keys)}


class ContentVersion(models.Model):
    """What a page said from a moment on, in both languages."""

    page = models.ForeignKey(ContentPage, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    title_sv = models.CharField(_("title in Swedish"), max_length=150)
    title_en = models.CharField(_("title in English"), max_length=150, blank=True)
    lead_sv = models.CharField(_("first sentence in Swedish"), max_length=400, blank=True)
    lead_en = models.CharField(_("first sentence in English"), max_length=400, blank=True)
    body_sv = models.TextField(_("text in Swedish"), blank=True)
    body_en = models.TextField(_("text in English"), blank=True)
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    # NULL: the portal came with it
    written_by = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("written by"), null=True, related_name="+"
    )

    objects = ContentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a page")
        verbose_name_plural = _("versions of pages")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "number"], name="contentversion_numbers_are_used_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.number}"

    @property
    def title(self) -> str:
        return in_language(self.title_sv, self.title_en)

    @property
    def lead(self) -> str:
        return in_language(self.lead_sv, self.lead_en)

    @property
    def body(self) -> str:
        return in_language(self.body_sv, self.body_en)


class PictureType(models.TextChoices):
    PNG = "image/png", "PNG"
    JPEG = "image/jpeg", "JPEG"
    WEBP = "image/webp", "WebP"


class BehindQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User | AnonymousUser") -> "BehindQuerySet":
        """All are for everybody."""
        return self.all()

    def in_order(self) -> "BehindQuerySet":
        """Without their pictures, which are asked for one by one."""
        return self.defer("picture").order_by("position", "pk")

    def with_picture(self) -> "BehindQuerySet":
        return self.exclude(picture_type="")


class Behind(models.Model):
    """Somebody who stands behind the project, with a small picture that the row itself holds."""

    name = models.CharField(_("name"), max_length=150)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    picture = models.BinaryField(null=True)
    picture_type = models.CharField(max_length=10, choices=PictureType, blank=True, default="")
    picture_alt_sv = models.CharField(_("the picture in Swedish words"), max_length=200, blank=True)
    picture_alt_en = models.CharField(_("the picture in English words"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = BehindQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(picture_type="") | Q(picture_type__in=PictureType.values),
                name="%(class)s_picture_type_is_known",
            ),
            models.CheckConstraint(
                condition=Q(picture__isnull=True, picture_type="")
                | (Q(picture__isnull=False) & ~Q(picture_type="")),
                name="%(class)s_picture_and_type_go_together",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def picture_alt(self) -> str:
        return in_language(self.picture_alt_sv, self.picture_alt_en)


class Leader(Behind):
    """One who leads the project, as the project's page names them; no account of the portal."""

    organisation = models.CharField(_("organisation"), max_length=150, blank=True)
    role_sv = models.CharField(_("role in Swedish"), max_length=150, blank=True)
    role_en = models.CharField(_("role in English"), max_length=150, blank=True)
    asks_sv = models.CharField(_("what one can ask about, in Swedish"), max_length=300, blank=True)
    asks_en = models.CharField(_("what one can ask about, in English"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)

    class Meta(Behind.Meta):
        verbose_name = _("person who leads")
        verbose_name_plural = _("people who lead")
        constraints = [
            *Behind.Meta.constraints,
            models.CheckConstraint(
                condition=Q(picture__isnull=True) | ~Q(picture_alt_sv=""),
                name="leader_picture_is_said_in_words",
            ),
        ]

    @property
    def role(self) -> str:
        return in_language(self.role_sv, self.role_en)

    @property
    def asks(self) -> str:
        return in_language(self.asks_sv, self.asks_en)

    @property
    def can_be_reached(self) -> bool:
        return bool(self.email or self.phone)


class Funder(Behind):
    """One who pays for the project, and the sentence they want to see wherever it is shown."""

    link = models.URLField(_("web address"), blank=True)
    sentence_sv = models.CharField(_("their sentence in Swedish"), max_length=400, blank=True)
    sentence_en = models.CharField(_("their sentence in English"), max_length=400, blank=True)

    class Meta(Behind.Meta):
        verbose_name = _("funder")
        verbose_name_plural = _("funders")
        constraints = [*Behind.Meta.constraints]

    @property
    def sentence(self) -> str:
        return in_language(self.sentence_sv, self.sentence_en)
