"""A list of who came to sessions: what each row will do, and doing it. Sends no letters."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from learning.intake import presence
from learning.intake.sessions import Draft, Sessions
from learning.intake.words import ATTENDANCE_LIST
from learning.models import (
    Attendance,
    AttendanceStatus,
    LearningSession,
    Registration,
    RegistrationSource,
    Series,
)
from learning.places import waitlist
from partners.intake import batches
from partners.intake.batches import Record
from partners.intake.kinds import NEW_CHOICE, NONE_CHOICE, OUT_CHOICE
from partners.intake.plans import Line, LineStatus, Plan, finish, lock
from partners.intake.register import Register, each_once
from partners.models import ImportBatch, MembershipRole, OrganisationStatus, User
from partners.sheets import cells

_STRENGTH = ["", AttendanceStatus.ABSENT, AttendanceStatus.EXCUSED, AttendanceStatus.PRESENT]


@dataclass
class AttendanceLine(Line):
    """A person in one session of the list."""

    words = ATTENDANCE_LIST.words
    draft: Draft | None = None
    attendance: str = ""  # "" where nobody noted it
    walk_in: bool = False

    @property
    def title(self) -> str:
        return self.record.get("person") or self.record.get("email")

    @property
    def subtitle(self) -> str:
        return self.name

    @property
    def sheet_name(self) -> str:
        return self.draft.title if self.draft else ""


@dataclass
class AttendancePlan(Plan):
    """What applying an attendance list would do now."""

    sessions: Sessions
    series: Series
    new_sessions: list[LearningSession] = field(default_factory=list)
    registrations: dict[tuple[int, int], Registration] = field(default_factory=dict)
    attendances: dict[tuple[int, int], Attendance] = field(default_factory=dict)

    @property
    def new_registrations(self) -> list[Registration]:
        return [row for row in self.registrations.values() if not row.pk]

    @property
    def new_attendances(self) -> list[Attendance]:
        return [row for row in self.attendances.values() if not row.pk]

    @property
    def changes_nothing(self) -> bool:
        added = self.new_sessions or self.new_registrations or self.new_attendances
        return super().changes_nothing and not added


def plan(batch: ImportBatch, *, by: User | None = None) -> AttendancePlan:
    """Read every row against what the portal knows now. Writes nothing; nine queries.

    What it prepares is *by* who chose the list, if nobody else.
    """
    return _begin(batch, by or batch.created_by).planned()


def _begin(batch: ImportBatch, by: User) -> "_Maker":
    """Find the sessions of a list, with nothing known yet of who has a seat or was there."""
    sessions = Sessions(batch)
    found = AttendancePlan([], Register(), sessions, _series(sessions.series_title))
    maker = _Maker(batch, found, by)
    maker.pairs = [
        (r, d, mark) for r in batches.records(batch, ATTENDANCE_LIST) for d, mark in sessions.of(r)
    ]
    maker.find_sessions()
    return maker


@transaction.atomic
def apply(batch: ImportBatch, *, by: User) -> dict[str, Any]:
    """Do what the plan says, all or nothing, and remember what came of it.

    Locks the sessions of the list, before it reads who has a seat in them.
    """
    batch = lock(batch)
    maker = _begin(batch, by)
    waitlist.lock_all(maker.known_sessions())
    planned = maker.planned()
    nothing = planned.changes_nothing
    result = dict(planned.counts() | planned.register.counts()) | {
        "sessions": len(planned.new_sessions),
        "registrations": len(planned.new_registrations),
        "attendances": len(planned.new_attendances),
    }
    planned.register.sign(by)
    new_registrations, new_attendances = planned.new_registrations, planned.new_attendances
    planned.register.save()
    if planned.new_sessions and not planned.series.pk:
        planned.series.save()
    LearningSession.objects.bulk_create(planned.new_sessions)
    waitlist.seat_as_held(new_registrations)
    Attendance.objects.bulk_create(new_attendances)
    return finish(batch, result, nothing=nothing, by=by)


def _series(title: str) -> Series:
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


class _Maker:
    """Turns rows into lines, one after the other; later rows see what earlier ones added."""

    def __init__(self, batch: ImportBatch, found: AttendancePlan, by: User) -> None:
        self.decisions: dict[str, str] = batch.decisions.get("organisations", {})
        self.plan = found
        self.register = found.register
        self.by = by
        self.now = timezone.now()
        self.seen: set[tuple[int, int]] = set()
        self.pairs: list[tuple[Record, Draft, str | None]] = []

    def planned(self) -> AttendancePlan:
        """Read who has a seat and who was there, then row after row."""
        self._read_places()
        self.plan.lines = [self.line(record, draft, mark) for record, draft, mark in self.pairs]
        return self.plan

    # Sessions

    def find_sessions(self) -> None:
        """Match every session of the list with one the portal has, or prepare a new one."""
        known = list(self.plan.series.sessions.all()) if self.plan.series.pk else []
        for draft in self._drafts():
            same_day = [s for s in known if timezone.localdate(s.starts_at) == draft.day]
            exact = [s for s in same_day if s.starts_at == draft.starts_at]
            matches = exact or (same_day if len(same_day) == 1 and same_day[0].pk else [])
            draft.session = matches[0] if matches else self._new_session(draft)
            if not matches:
                known.append(draft.session)

    def known_sessions(self) -> list[LearningSession]:
        """Sessions of the list that the portal has already."""
        return [draft.session for draft in self._drafts() if draft.session and draft.session.pk]

    def _drafts(self) -> list[Draft]:
        return [draft for draft in self.plan.sessions.drafts.values() if not draft.problem]

    def _read_places(self) -> None:
        drafts, pks = self._drafts(), [session.pk for session in self.known_sessions()]
        people = self.register.people_by_pk()
        for registration in Registration.objects.standing().filter(session__in=pks):
            self._know(self.plan.registrations, registration, drafts, people)
        for attendance in Attendance.objects.filter(session__in=pks):
            self._know(self.plan.attendances, attendance, drafts, people)

    def _new_session(self, draft: Draft) -> LearningSession:
        assert draft.starts_at is not None
        assert draft.ends_at is not None
        session = LearningSession(
            series=self.plan.series,
            title_sv=draft.title,
            starts_at=draft.starts_at,
            ends_at=draft.ends_at,
            venue=draft.venue,
            published_at=self.now,
            attendance_taken_at=self.now,
            created_by=self.by,
        )
        self.plan.new_sessions.append(session)
        return session

    def _know(self, rows: Any, row: Any, drafts: list[Draft], people: dict[int, User]) -> None:
        for draft in drafts:
            if draft.session and draft.session.pk == row.session_id:
                rows[id(draft.session), id(people[row.person_id])] = row

    # Rows

    def line(self, record: Record, draft: Draft, mark: str | None) -> AttendanceLine:
        line = AttendanceLine(record, draft=draft)
        line.chosen = self.decisions.get(line.folded, "")
        self._read_mark(line, mark)
        if draft.problem or draft.session is None:
            line.status, line.notes = LineStatus.DECISION, [draft.problem]
        elif line.chosen == OUT_CHOICE:
            line.status = LineStatus.LEFT_OUT
        elif not self._find_organisation(line):
            line.status = LineStatus.DECISION
        elif not self._find_person(line):
            line.status = LineStatus.WRONG
        else:
            self._note(line, draft)
        self._count(line, draft)
        return line

    def _read_mark(self, line: AttendanceLine, mark: str | None) -> None:
        record = line.record
        said = presence.presence(mark or "")
        if said is None or "presence" in record.corrected:
            said = presence.presence(record.get("presence")) if record.get("presence") else said
        if said is None:
            line.problems["presence"] = _(
                "“%(text)s” is not understood. Write present, absent, excused or unknown."
            ) % {"text": mark}
        line.walk_in = record.is_apart or said == presence.WALK_IN
        if presence.presence(record.get("registered")) == presence.ABSENT:
            line.walk_in = True
        line.attendance = presence.PRESENT if said == presence.WALK_IN else said or ""

    def _find_organisation(self, line: AttendanceLine) -> bool:
        """Set line.organisation, or the question; whether the row can go on."""
        email = (cells.addresses(line.record.get("email")) or [""])[0]
        known = self.register.person("", email, None)
        theirs = self.register.organisations_of(known[0]) if known else []
        if not line.name:
            line.organisation = theirs[0] if len(theirs) == 1 else None
            return True
        if line.chosen == NONE_CHOICE:
            return True
        if line.chosen not in {"", NEW_CHOICE}:
            line.organisation = self.register.chosen(line.chosen)
            if line.organisation:
                self.register.add_alias(line.name, line.organisation)
                return True
        found = self.register.organisation(line.name)
        line.organisation = found.organisation
        if not line.organisation and line.chosen == NEW_CHOICE:
            line.organisation = self.register.add_organisation(
                line.name[:200], status=OrganisationStatus.PROSPECT
            )
            line.changes.append(_("The organisation is added, not yet as a partner."))
        line.alike = each_once([*theirs, *found.alike])
        line.question = "" if line.organisation else _("Which organisation is this?")
        return line.organisation is not None

    def _find_person(self, line: AttendanceLine) -> bool:
        """Set line.person; False where the row does not say who it is."""
        name = line.record.get("person")[:150]
        email = self._own_address(line, name, self._address(line))
        matches = self.register.person(name, email, line.organisation)
        if len(matches) > 1:
            line.problems["email"] = _("Several people have this name. Write the address.")
            return False
        if not matches and not name and not email:
            line.problems["person"] = _("The name is missing.")
            return False
        line.person = matches[0] if matches else self._add_person(line, name, email)
        self._complete(line, line.person, email)
        return True

    def _own_address(self, line: AttendanceLine, name: str, email: str) -> str:
        """*email*, or "" if it is known to be somebody's with quite another name."""
        known = self.register.person(name, email, line.organisation) if email and name else []
        if not known or _same_person(name, known[0].name):
            return email
        line.notes.append(
            _("The address belongs to %(person)s, so it is not used here.") % {"person": known[0]}
        )
        return ""

    def _complete(self, line: AttendanceLine, person: User, email: str) -> None:
        """Give *person* the address and the organisation they did not have."""
        if email and not person.email:
            self.register.give_address(person, email)
            line.changes.append(_("%(person)s gets an address.") % {"person": person})
        organisation = line.organisation
        if organisation and self.register.membership(person, organisation) is None:
            self.register.add_membership(person, organisation, MembershipRole.MEMBER)

    def _address(self, line: AttendanceLine) -> str:
        text = line.record.get("email")
        found = cells.addresses(text)
        if text and not found:
            line.problems["email"] = _("This is no e-mail address.")
            line.proposals["email"] = cells.likely_address(text)
        return found[0] if found else ""

    def _add_person(self, line: AttendanceLine, name: str, email: str) -> User:
        person = self.register.add_person(name, email)
        line.changes.append(_("%(person)s is added.") % {"person": person})
        return person

    # What was seen

    def _note(self, line: AttendanceLine, draft: Draft) -> None:
        """Plan the registration and the attendance of a line."""
        assert line.person is not None
        assert draft.session is not None
        key = (id(draft.session), id(line.person))
        before = bool(line.changes)
        repeated = key in self.seen
        self.seen.add(key)
        shared: dict[str, Any] = {
            "session": draft.session,
            "person": line.person,
            "organisation": line.organisation,
        }
        if not line.walk_in and key not in self.plan.registrations:
            self.plan.registrations[key] = Registration(
                **shared, source=RegistrationSource.IMPORT, created_by=self.by
            )
            line.changes.append(_("Is noted as registered."))
        self._note_attendance(line, key, shared, repeated)
        if line.problems:
            line.status = LineStatus.WRONG
        elif repeated and not before:
            line.status = LineStatus.REPEATED
        elif line.changes:
            line.status = LineStatus.NEW
        else:
            line.status = LineStatus.SAME

    def _note_attendance(
        self, line: AttendanceLine, key: tuple[int, int], shared: dict[str, Any], repeated: bool
    ) -> None:
        known = self.plan.attendances.get(key)
        if not line.attendance:
            return
        status = AttendanceStatus(line.attendance)
        if known is None:
            self.plan.attendances[key] = Attendance(**shared, status=status, recorded_by=self.by)
            text = _("Is noted as a walk-in: %(status)s.") if line.walk_in else _(
                "Is noted as %(status)s."
            )  # fmt: skip
            line.changes.append(text % {"status": status.label})
        elif known.status != status:
            weaker = repeated and _STRENGTH.index(status) < _STRENGTH.index(known.status)
            if not weaker:
                self.register.change(known, "status", status)
                line.changes.append(_("Is changed to %(status)s.") % {"status": status.label})

    def _count(self, line: AttendanceLine, draft: Draft) -> None:
        if line.status in {LineStatus.REPEATED, LineStatus.LEFT_OUT}:
            return
        counts = draft.counts
        counts["walk_in" if line.walk_in else "registered"] = (
            counts.get("walk_in" if line.walk_in else "registered", 0) + 1
        )
        seen = line.attendance or "unknown"
        counts[seen] = counts.get(seen, 0) + 1


def _same_person(one: str, other: str) -> bool:
    return not other or fuzz.token_sort_ratio(cells.fold(one), cells.fold(other)) >= 60
