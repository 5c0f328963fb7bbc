"""Coordinators write what a page says; each version is kept, and the newest counts."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import ContentPage, ContentVersion, User
from partners.patience import patient

IS_A_LIST = {"timeline", "facts", "news"}  # pages of lines with parts
FIELDS = ["title_sv", "title_en", "lead_sv", "lead_en", "body_sv", "body_en"]


def words_of(version: ContentVersion) -> dict[str, str]:
    """What *version* says, by field."""
    return {name: getattr(version, name) for name in FIELDS}


@patient
@transaction.atomic
def write(page: ContentPage, said: Mapping[str, str], *, seen: int, by: User) -> ContentVersion:
    """Let *page* say what is *said*, if nobody has written since the version numbered *seen*.

    Saying what it says already changes nothing, so a second click is no quarrel. Locks the page.
    Raises ValidationError ("changed", "busy").
    """
    newest = _lock(page)
    if newest and words_of(newest) == said:
        return newest
    if newest and newest.number != seen:
        raise ValidationError(
            _(
                "%(name)s changed this page while you were writing. Both versions are "
                "below: choose what to keep and save again."
            ),
            code="changed",
            params={"name": newest.written_by or _("The portal")},
        )
    return _next(page, newest, said, by)


@patient
@transaction.atomic
def bring_back(version: ContentVersion, *, by: User) -> ContentVersion:
    """Let its page say what *version* said, as a new version; what came between is kept.

    Locks the page. Raises ValidationError ("busy").
    """
    newest = _lock(version.page)
    said = words_of(version)
    if newest and words_of(newest) == said:
        return newest
    return _next(version.page, newest, said, by)


def _lock(page: ContentPage) -> ContentVersion | None:
    """Lock *page*; return what it says now."""
    ContentPage.objects.select_for_update(no_key=True).get(pk=page.pk)
    return page.versions.select_related("written_by").order_by("-number").first()


def _next(
    page: ContentPage, newest: ContentVersion | None, said: Mapping[str, str], by: User
) -> ContentVersion:
    number = newest.number + 1 if newest else 1
    return ContentVersion.objects.create(page=page, number=number, written_by=by, **said)
