"""Which session of the portal a session of a list is: by day and title, whatever its series.

What is only likely (the same day and another title, the same title some days away) is asked.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils import formats, timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from learning.intake.sessions import Draft, Sessions
from learning.models import LearningSession, Series
from partners.intake.kinds import NEW_CHOICE, Ask
from partners.sheets import cells

NEAR = timedelta(days=6)  # nearer than the next one of a session that is held every week


def series_called(title: str) -> Series:
    """The series called *title*; a new one, not saved, if there is none."""
    taken = set()
    for series in Series.objects.all():
        if cells.fold(title) in {cells.fold(series.title_sv), cells.fold(series.title_en)}:
            return series
        taken.add(series.slug)
    base = slugify(title)[:70] or "series"
    free = (slug for n in range(1, len(taken) + 3) if (slug := f"{base}-{n}" if n > 1 else base)
            not in taken)  # fmt: skip
    return Series(title_sv=title, slug=next(free))


def match(sessions: Sessions, series: Series) -> None:
    """Set what each session of a list is in the portal, or the question; one query.

    *series* is what the list says it is about.
    """
    drafts = [draft for draft in sessions.drafts.values() if draft.day]
    if drafts:
        matcher = _Matcher(drafts, series)
        for draft in drafts:
            matcher.settle(draft, sessions.said.get(f"session:{draft.key}", ""))


def series_of(sessions: Sessions) -> Series | None:
    """The series to which most of the sessions belong that the portal has."""
    found = [draft.session.series for draft in sessions.drafts.values() if draft.session]
    commonest = Counter(found).most_common(1)
    return commonest[0][0] if commonest else None


def _near(drafts: list[Draft]) -> Iterable[LearningSession]:
    """The sessions of the portal that are worth a look."""
    days = [draft.day for draft in drafts if draft.day]
    first, last = min(days), max(days)
    since = _midnight(max(first, date.min + 2 * NEAR) - NEAR)
    until = _midnight(min(last, date.max - 2 * NEAR) + NEAR + timedelta(days=1))
    near = LearningSession.objects.filter(starts_at__gte=since, starts_at__lt=until)
    return near.select_related("series").order_by("starts_at", "pk")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


class _Matcher:
    """What the portal has near the sessions of one list."""

    def __init__(self, drafts: list[Draft], series: Series) -> None:
        self._series = series
        self._on: dict[date, list[LearningSession]] = {}
        self._called: dict[str, list[LearningSession]] = {}
        for session in _near(drafts):
            self._on.setdefault(_day(session), []).append(session)
            for title in _titles(session):
                self._called.setdefault(title, []).append(session)
        self._exact = {id(draft): found for draft in drafts if (found := self._to_the_hour(draft))}
        self._taken = {session.pk for session in self._exact.values()}
        self._alone = {id(draft): found for draft in drafts if (found := self._to_the_day(draft))}
        self._taken |= {session.pk for session in self._alone.values()}

    def settle(self, draft: Draft, answer: str) -> None:
        """Set the session that *draft* is, or its question; neither where it is a new one."""
        found = self._exact.get(id(draft)) or self._alone.get(id(draft))
        likely = [found] if found else self._likely(draft)
        if not likely:
            return
        draft.ask = Ask(
            f"session:{draft.key}",
            _("Is it the same session?"),
            [*((str(s.pk), _words(s)) for s in likely), (NEW_CHOICE, _("No, it is another one"))],
            answer,
        )
        draft.is_sure = bool(found) and not draft.ask.answer
        chosen = str(found.pk) if found and draft.is_sure else draft.ask.answer
        draft.session = next((session for session in likely if str(session.pk) == chosen), None)
        if draft.session:
            _take_hours(draft, draft.session)

    def _to_the_hour(self, draft: Draft) -> LearningSession | None:
        same = (s for s in self._same(draft) if draft.starts_at == s.starts_at)
        return next(same, None)

    def _to_the_day(self, draft: Draft) -> LearningSession | None:
        """The only one of its day and title, if no other of the list is it to the hour."""
        same = [] if id(draft) in self._exact else self._same(draft)
        return same[0] if len(same) == 1 and same[0].pk not in self._taken else None

    def _same(self, draft: Draft) -> list[LearningSession]:
        """Held that day under a name of the list; in the list's series where it has none."""
        assert draft.day is not None
        held = [s for s in self._on.get(draft.day, []) if s.cancelled_at is None]
        names = _names(draft)
        same = [session for session in held if not _titles(session).isdisjoint(names)]
        if same or draft.is_titled or len(held) != 1:
            return same
        return [session for session in held if session.series_id == self._series.pk]

    def _likely(self, draft: Draft) -> list[LearningSession]:
        assert draft.day is not None
        called = [s for title in _names(draft) for s in self._called.get(title, [])]
        near = [s for s in called if abs(_day(s) - draft.day) <= NEAR]
        by_pk = {session.pk: session for session in [*self._on.get(draft.day, []), *near]}
        return [session for pk, session in by_pk.items() if pk not in self._taken]


def _take_hours(draft: Draft, session: LearningSession) -> None:
    """The portal knows from when to when a session was, where the list does not say it whole."""
    if not draft.starts_at or not draft.ends_at:
        draft.borrow("start", f"{timezone.localtime(session.starts_at):%H:%M}")
        draft.borrow("end", f"{timezone.localtime(session.ends_at):%H:%M}")


def _day(session: LearningSession) -> date:
    return timezone.localdate(session.starts_at)


def _titles(session: LearningSession) -> set[str]:
    return {cells.fold(title) for title in (session.title_sv, session.title_en) if title}


def _names(draft: Draft) -> set[str]:
    return {cells.fold(name) for name in draft.names} - {""}


def _words(session: LearningSession) -> str:
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    said = {
        "title": session.title,
        "when": f"{formats.date_format(start.date())} {start:%H:%M}–{end:%H:%M}",
    }
    if session.cancelled_at:
        return _("Yes, it is %(title)s, %(when)s, which is cancelled") % said
    return _("Yes, it is %(title)s, %(when)s") % said
