"""A list of who came to sessions: what each row will do, and doing it. Sends no letters."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.attendance import withdrawing
from learning.intake import matching
from learning.intake.lines import AttendanceLine, Days, Marks, untold
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
from partners.intake.batches import Doubts, Record
from partners.intake.groups import Groups
from partners.intake.kinds import NEW_CHOICE, NONE_CHOICE, OUT_CHOICE
from partners.intake.persons import Named, Persons
from partners.intake.plans import LineStatus, Plan, finish, lock, no_rubbish
from partners.intake.register import Register, each_once
from partners.models import (
    ImportBatch,
    MembershipRole,
    Organisation,
    OrganisationStatus,
    User,
)
from partners.sheets import cells

_STRENGTH = ["", AttendanceStatus.ABSENT, AttendanceStatus.EXCUSED, AttendanceStatus.PRESENT]


@dataclass
class AttendancePlan(Plan):
    """What applying an attendance list would do now."""

    sessions: Sessions
    series: Series
    new_sessions: list[LearningSession] = field(default_factory=list)
    registrations: dict[tuple[int, int], Registration] = field(default_factory=dict)
    attendances: dict[tuple[int, int], Attendance] = field(default_factory=dict)

    were_there: list[Attendance] = field(default_factory=list)  # before this list

    @property
    def new_registrations(self) -> list[Registration]:
        return [row for row in self.registrations.values() if not row.pk]

    @property
    def new_attendances(self) -> list[Attendance]:
        return [row for row in self.attendances.values() if not row.pk]

    def not_there_after_all(self) -> dict[LearningSession, list[int]]:
        """Who was noted as there, and by the list was not; by session, by their keys."""
        found: dict[LearningSession, list[int]] = {}
        for seen in self.were_there:
            if seen.status != AttendanceStatus.PRESENT:
                found.setdefault(seen.session, []).append(seen.person_id)
        return found

    @property
    def undecided(self) -> int:
        asked = sum(1 for draft in self.sessions.drafts.values() if draft.is_open)
        return super().undecided + asked

    @property
    def is_misread(self) -> bool:
        return super().is_misread or self.sessions.is_misread

    @property
    def changes_nothing(self) -> bool:
        added = self.new_sessions or self.new_registrations or self.new_attendances
        return super().changes_nothing and not added


def plan(batch: ImportBatch, *, by: User | None = None) -> AttendancePlan:
    """Read every row against what the portal knows now. Writes nothing; ten queries.

    What it prepares is *by* who chose the list, if nobody else.
    """
    return _begin(batch, by or batch.created_by).planned()


def _begin(batch: ImportBatch, by: User) -> "_Maker":
    """Find the sessions of a list, with nothing known yet of who has a seat or was there."""
    sessions = Sessions(batch)
    records = list(batches.records(batch, ATTENDANCE_LIST))
    days = Days(batch, records)
    pairs = [(r, d, mark) for r in records for d, mark in sessions.of(r)]
    said = matching.series_called(sessions.series_title)
    matching.match(sessions, said)
    matched = None if said.pk or sessions.is_series_typed else matching.series_of(sessions)
    if matched:
        sessions.series_title = matched.title_sv
    sessions.settle()
    maker = _Maker(batch, AttendancePlan([], Register(), sessions, matched or said), records, by)
    told = {record.key for record, _draft, _mark in pairs}
    maker.pairs, maker.days = pairs, days
    maker.untold = [record for record in records if record.key not in told]
    maker.add_sessions()
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
    for session, people in planned.not_there_after_all().items():
        withdrawing.not_there(session, people)
    planned.register.sign(by)
    new_registrations, new_attendances = planned.new_registrations, planned.new_attendances
    planned.register.save()
    if planned.new_sessions and not planned.series.pk:
        planned.series.save()
    LearningSession.objects.bulk_create(planned.new_sessions)
    waitlist.seat_as_held(new_registrations)
    Attendance.objects.bulk_create(new_attendances)
    # Who came is known now also of those that the portal had; the first one who says so is kept.
    held = LearningSession.objects.filter(pk__in={seen.session_id for seen in new_attendances})
    held.filter(attendance_taken_at=None).update(
        attendance_taken_at=timezone.now(), attendance_taken_by=by
    )
    return finish(batch, result, nothing=nothing, by=by)


def _said_of(people: list[Named]) -> list[str]:
    """Whom the row names as they were understood, with the address that will be written."""
    return [str(named) for named in people]


class _Maker:
    """Turns rows into lines, one after the other; later rows see what earlier ones added."""

    def __init__(
        self, batch: ImportBatch, found: AttendancePlan, records: list[Record], by: User
    ) -> None:
        self.decisions: dict[str, str] = batch.decisions.get("organisations", {})
        self.persons = Persons(found.register, batch.decisions, "person", records)
        self.doubts = Doubts(batch, ATTENDANCE_LIST)
        self.marks = Marks(batch, records)
        self.groups = Groups(batch, found.register, records, "person")
        self.plan = found
        self.register = found.register
        self.by = by
        self.now = timezone.now()
        self.seen: set[tuple[int, int]] = set()
        self.pairs: list[tuple[Record, Draft, str | None]] = []
        self.days: Days
        self.untold: list[Record] = []  # without a mark in any session

    @no_rubbish()
    def planned(self) -> AttendancePlan:
        """Read who has a seat and who was there, then row after row."""
        self._read_places()
        self.plan.lines = [self.line(record, draft, mark) for record, draft, mark in self.pairs]
        self.plan.lines += map(untold, self.untold)
        return self.plan

    # Sessions

    def add_sessions(self) -> None:
        """Prepare those that the portal does not have; two of one title and start are one."""
        added: dict[tuple[str, Any], LearningSession] = {}
        for draft in self._drafts():
            if draft.session is None:
                same = (cells.fold(draft.title), draft.starts_at)
                draft.session = added.get(same) or self._new_session(draft)
                added[same] = draft.session

    def known_sessions(self) -> list[LearningSession]:
        """Sessions of the list that the portal has already."""
        return [draft.session for draft in self._drafts() if draft.session and draft.session.pk]

    def _drafts(self) -> list[Draft]:
        return [draft for draft in self.plan.sessions.drafts.values() if not draft.is_open]

    def _read_places(self) -> None:
        # One object a session, for rows are known by the id() of what they are about.
        sessions = {session.pk: session for session in reversed(self.known_sessions())}
        people = self.register.people_by_pk()
        for draft in self._drafts():
            if draft.session and draft.session.pk:
                draft.session = sessions[draft.session.pk]
        for place in Registration.objects.standing().filter(session__in=sessions):
            key = (id(sessions[place.session_id]), id(people[place.person_id]))
            self.plan.registrations[key] = place
        for seen in Attendance.objects.filter(session__in=sessions):
            seen.session = sessions[seen.session_id]
            key = (id(seen.session), id(people[seen.person_id]))
            self.plan.attendances[key] = seen
            if seen.status == AttendanceStatus.PRESENT:
                self.plan.were_there.append(seen)

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

    # Rows

    def line(self, record: Record, draft: Draft, mark: str | None) -> AttendanceLine:
        line = AttendanceLine(record, draft=draft)
        self.days.read(line)
        self.groups.read(line)
        line.chosen = self.decisions.get(line.folded, "")
        self.doubts.raise_at(line)
        self.marks.read(line, mark)
        if draft.session is None or draft.problem:
            line.status = LineStatus.WAITING
        elif line.chosen == OUT_CHOICE or self._does_not_count(line):
            line.status = LineStatus.LEFT_OUT
        else:
            self._take(line, draft)
        self._count(line, draft)
        return line

    def _does_not_count(self, line: AttendanceLine) -> bool:
        if self.doubts.leaves_out(line.record) or self.groups.leaves_out(line):
            return True
        return self.marks.is_no_news(line)

    def _take(self, line: AttendanceLine, draft: Draft) -> None:
        """Find who the row is about, and plan their seat and attendance; or say what is missing."""
        own = (self.persons.own(line, named) for named in self.persons.read(line))
        people = [named for named in own if named]
        line.facts = partial(_said_of, people)
        if not self._find_organisation(line) or line.waits:
            line.status = LineStatus.DECISION
            return
        found = [person for named in people if (person := self._find_person(line, named))]
        if found:
            line.person = found[0]
            self._note(line, draft, found)
        else:
            line.status = LineStatus.WRONG
            self._say_who_is_missing(line)

    def _say_who_is_missing(self, line: AttendanceLine) -> None:
        if not line.problems:
            line.problems["person"] = _("The name is missing.")

    def _find_organisation(self, line: AttendanceLine) -> bool:
        """Set line.organisation, or the question; whether the row can go on."""
        email = (cells.addresses(line.record.get("email")) or [""])[0]
        theirs = self.register.organisations_of_address(email)
        if not line.name:
            line.organisation = theirs[0] if len(theirs) == 1 else None
            return True
        if line.chosen == NONE_CHOICE or self._is_chosen(line):
            return True
        found = self.register.organisation(line.name)
        line.organisation = found.organisation
        line.alike = each_once([*theirs, *found.alike])
        if line.organisation is None and line.chosen != NEW_CHOICE:
            line.question = _("Which organisation is this?")
        elif line.organisation is None and not line.waits:
            line.organisation = self._add_organisation(line)
        return line.organisation is not None

    def _is_chosen(self, line: AttendanceLine) -> bool:
        """Take the organisation somebody chose for this name, and remember that it means that."""
        if line.chosen not in {"", NEW_CHOICE}:
            line.organisation = self.register.chosen(line.chosen)
        if line.organisation:
            self.register.add_alias(line.name, line.organisation)
        return line.organisation is not None

    def _add_organisation(self, line: AttendanceLine) -> Organisation:
        line.changes.append(_("The organisation is added, not yet as a partner."))
        return self.register.add_organisation(line.name[:200], status=OrganisationStatus.PROSPECT)

    def _find_person(self, line: AttendanceLine, named: Named) -> User | None:
        """Whom the row means, added if need be; None where it may be several people."""
        matches = self.register.person(named.name, named.email, line.organisation)
        if len(matches) > 1:
            line.problems["email"] = _("Several people have this name. Write the address.")
            return None
        if not matches and not named.name and not named.email:
            return None
        person = matches[0] if matches else self._add_person(line, named)
        self._complete(line, person, named)
        return person

    def _complete(self, line: AttendanceLine, person: User, named: Named) -> None:
        """Give *person* the name, the address and the organisation they did not have."""
        if named.email and not person.email:
            self.register.give_address(person, named.email)
            line.changes.append(_("%(person)s gets an address.") % {"person": person})
        if named.name and not person.name:
            self.register.change(person, "name", named.name)
            line.changes.append(_("%(person)s gets a name.") % {"person": person})
        organisation = line.organisation
        if organisation and self.register.membership(person, organisation) is None:
            self.register.add_membership(person, organisation, MembershipRole.MEMBER)
            line.changes.append(
                _("%(person)s acts for %(organisation)s.")
                % {"person": person, "organisation": organisation}
            )

    def _add_person(self, line: AttendanceLine, named: Named) -> User:
        if not named.name:
            self._say_who_is_missing(line)
        person = self.register.add_person(named.name, named.email)
        line.changes.append(_("%(person)s is added.") % {"person": person})
        return person

    # What was seen

    def _note(self, line: AttendanceLine, draft: Draft, people: list[User]) -> None:
        """Plan the registrations and the attendances of a line."""
        assert draft.session is not None
        before = bool(line.changes)
        repeated = False
        for person in people:
            key = (id(draft.session), id(person))
            repeated = repeated or key in self.seen
            shared = {
                "session": draft.session, "person": person, "organisation": line.organisation
            }  # fmt: skip
            if not line.walk_in and key not in self.plan.registrations:
                self.plan.registrations[key] = Registration(
                    **shared, source=RegistrationSource.IMPORT, created_by=self.by
                )
                line.changes.append(_("Counts as registered."))
            self._note_attendance(line, key, shared, key in self.seen)
            self.seen.add(key)
        line.status = _status(line, is_repeated=repeated and not before)

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
                self.register.change(known, "minutes_present", None)  # a list does not say them
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


def _status(line: AttendanceLine, *, is_repeated: bool) -> LineStatus:
    if line.problems:
        return LineStatus.WRONG
    if is_repeated:
        return LineStatus.REPEATED
    return LineStatus.NEW if line.changes else LineStatus.SAME
