"""Letters of all kinds for a storm to go over: how they come about, and what must be true of them.

Everybody has a place in two sessions and is told so, is reminded of both, and gets a mailing and
material that nobody asked for, which go along in one e-mail.
"""

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from learning.models import LearningSession, Registration
from learning.places import calendar, registration
from learning.places import mails as place_mails
from learning.reminders import mails as reminder_mails
from learning.reminders.mails import Reader
from learning.sessions import scheduling
from northstar.login import mails as login_mails
from partners.models import Mailing, Membership, Message, SwitchedOff, Topic, User
from partners.models.moments import STOCKHOLM
from partners.post import delivery, holding, main_stop, outbox, stopping
from partners.writing import mails as mailing_mails
from tests.builders import make_organisation, make_person, make_session
from tests.faults import oracle

LETTERS_EACH = 6  # for a person: two places, two reminders, a mailing, material
PLACES = 250  # in a session, at most
SENDERS = 2  # each has one letter in hand


def monday_morning(now):
    """Half past nine on the next Monday in Umeå: what nobody asked for may leave then."""
    day = now.astimezone(STOCKHOLM).date() + timedelta(days=1)
    while day.weekday() != 0:
        day += timedelta(days=1)
    return now.astimezone(STOCKHOLM).replace(
        year=day.year, month=day.month, day=day.day, hour=9, minute=30, second=0, microsecond=0
    )


@dataclass
class Decision:
    """What somebody decided, and the letters that waited then and are needless since."""

    what: str
    needless: set[str]  # their Message-IDs
    at: float  # when it stood in the database


@dataclass
class Work:
    """What is written to whom, and what is decided about it while it leaves."""

    people: list[User] = field(default_factory=list)
    sessions: list[LearningSession] = field(default_factory=list)
    by: User | None = None
    decisions: list[Decision] = field(default_factory=list)
    stopped: tuple[float, float] = (0.0, 0.0)  # all letters, from and to

    def lay_out(self, letters):
        """Write places, material and a mailing; reminders are the clock's to write."""
        number = max(letters // LETTERS_EACH, 12)
        self.by = make_person("Kim Krans", email="kim@storm.example", staff_role="coordinator")
        self.people = User.objects.bulk_create(
            User(email=f"p{n}@storm.example", name=f"Person {n}", password="!", language=language)
            for n, language in zip(range(number), ["sv", "sv", "sv", "en"] * number, strict=False)
        )
        company = make_organisation("Stormbolaget")
        Membership.objects.bulk_create(
            Membership(person=person, organisation=company, role="member") for person in self.people
        )
        SwitchedOff.objects.bulk_create(
            SwitchedOff(person=person, topic=Topic.NEWS) for person in self.people[::10]
        )
        start = timezone.now().astimezone(STOCKHOLM).replace(hour=13, minute=0)
        start += timedelta(days=1)
        halls = max(2, -(-number // PLACES))
        for n in range(2 * halls):
            self.sessions.append(make_session(f"Storm {n}", starts_at=start, created_by=self.by))
            self._seat(self.sessions[-1], self.people[n // 2 :: halls])
        self._write_unasked()

    def _seat(self, session, people):
        long_ago = timezone.now() - timedelta(days=3)
        places = Registration.objects.bulk_create(
            Registration(
                session=session,
                person=person,
                state="confirmed",
                seated_at=long_ago,
                created_by=person,
            )
            for person in people
        )
        entries = calendar.invitations(session, people)
        outbox.put_to_many(
            (
                outbox.Copy(
                    f"learning.place:{session.pk}:{place.pk}:seat_confirmed",
                    place.person,
                    calendar=entries[place.person_id],
                    calendar_method="REQUEST",
                )
                for place in places
            ),
            "learning/seat_confirmed",
            lambda language: place_mails.about(session, language, withdraw_url=""),
            useless_after=session.starts_at,
        )

    def _write_unasked(self):
        now = timezone.now()
        past = make_session("Förra stormen", in_days=-1, created_by=self.by)
        readers = [
            Reader(reminder_mails.key_of(reminder_mails.material_prefix(past), one.pk, "x"), one)
            for one in self.people
        ]
        reminder_mails.session_material(past, readers, whom="attended", now=now)
        # In the same hour as the mailing, and after it: so they go along together.
        Message.objects.held().update(next_try_at=now + timedelta(minutes=25))
        Mailing.objects.create(
            groups=["partners.members"],
            subject_sv="Efter stormen",
            text_sv="Vi ses i Väven, plan 5.\n\nIngången är från torget.",
            created_by=self.by,
            state="queued",
            queued_at=now,
            queued_by=self.by,
            send_at=now,
        )

    # What is decided while letters leave, in this order.

    def stop_some(self):
        """The letters of places in one session are stopped, and nobody lets them go."""
        about = Q(key__startswith=f"learning.place:{self.sessions[0].pk}:")
        found = Message.objects.filter(about)
        self._decide("stopped", about, lambda: stopping.stop_all(found, by=self.by))

    def cancel(self):
        session = self.sessions[1]
        self._decide("cancelled", _about(session), lambda: scheduling.cancel(session, by=self.by))

    def move(self):
        session = LearningSession.objects.get(pk=self.sessions[2].pk)
        plan = scheduling.plan_of(session)
        plan["starts_at"] += timedelta(hours=2)
        plan["ends_at"] += timedelta(hours=2)
        self._decide(
            "moved",
            _about(session),
            lambda: scheduling.save(session, plan, version=session.version, by=self.by),
        )

    def withdraw(self):
        for place in self.sessions[3].registrations.select_related("person").order_by("-pk")[:5]:
            about = _about(place.session) & Q(recipient=place.person)
            self._decide(
                "withdrawn",
                about,
                lambda place=place: registration.withdraw(place, by=place.person),
            )

    def stop_everything(self):
        """For a moment nothing leaves but a code."""
        main_stop.stop("A storm.", by=self.by)
        began = time.monotonic()
        login_mails.login_code(self.by, "1234 5678")
        code = Message.objects.filter(letter="northstar/login_code")
        while code.exclude(state="sent").exists() and time.monotonic() < began + 30:
            time.sleep(0.1)
        self.stopped = began, time.monotonic()
        main_stop.lift(by=self.by)

    def decisions_to_come(self):
        return [self.stop_some, self.cancel, self.move, self.withdraw, self.stop_everything]

    def _decide(self, what, about, act):
        waits = Message.objects.filter(about, state="waiting")
        before = dict(waits.values_list("pk", "message_id"))
        act()
        at = time.monotonic()
        gone = Message.objects.filter(pk__in=before, state__in=["skipped", "stopped"])
        needless = {str(name) for name in gone.values_list("message_id", flat=True)}
        self.decisions.append(Decision(what, needless, at))

    def is_over(self, now):
        """Whether nothing is left to be done at *now*."""
        waits = Message.objects.filter(state="waiting", next_try_at__lte=now)
        return not (waits.exists() or Mailing.objects.filter(state="queued").exists())

    def faults(self, came, kills):
        """What is not as it should be, in words: *came* has by Message-ID when copies came, and
        no more than *kills* of them may have come twice.
        """
        yield from oracle.broken(kills)
        rows = {
            str(row["message_id"]): row
            for row in Message.objects.values(
                "message_id",
                "state",
                "letter",
                "key",
                "last_error",
                "gathered_in",
                "gathered_in__state",
            )
        }
        yield from self._lost(rows, came)
        again = sum(len(times) - 1 for times in came.values())
        if again > kills:
            yield f"{again} copies more than letters, for {kills} in hand when something broke"
        yield from self._untrue(rows, came, kills)

    def _lost(self, rows, came):
        states = Counter(row["state"] for row in rows.values())
        yield from (f"{states[s]} letters are {s}" for s in ("waiting", "failed") if states[s])
        sent = {name for name, row in rows.items() if row["state"] == "sent"}
        if lost := sent - came.keys():
            yield f"{len(lost)} letters are said to be sent and never came"
        yield from self._stopped_by_nobody(rows)
        along = [row for row in rows.values() if row["gathered_in"]]
        if alone := [row for row in along if row["gathered_in__state"] != "sent"]:
            yield f"{len(alone)} letters went along in one that was not sent"
        everybody = {person.pk for person in self.people}
        mailing = Mailing.objects.get()
        written = Message.objects.filter(key__startswith=mailing_mails.prefix(mailing))
        if missing := everybody - set(written.values_list("recipient", flat=True)):
            yield f"{len(missing)} people have no row of the mailing"
        for session in LearningSession.objects.live().filter(pk__in=[s.pk for s in self.sessions]):
            prefix = place_mails.reminder_prefix(session)
            # Who was refused once as an address that is not there is not reminded, and is listed.
            is_told = Q(state="sent") | Q(state="skipped", last_error=delivery.COMES_BACK)
            told = Message.objects.filter(is_told, key__startswith=prefix)
            seated = session.registrations.confirmed().values_list("person", flat=True)
            if missing := set(seated) - set(told.values_list("recipient", flat=True)):
                yield f"{len(missing)} people were not reminded of {session.pk}"

    def _stopped_by_nobody(self, rows):
        """What is stopped was stopped here, and what was overtaken was so by what was decided."""
        known = set().union(*(one.needless for one in self.decisions))
        stopped = {name for name, row in rows.items() if row["state"] == "stopped"}
        if stopped - known:
            yield f"{len(stopped - known)} letters are stopped, and nobody did that"
        late = [row for row in rows.values() if row["last_error"] == holding.TOO_LATE]
        if late:
            yield f"{len(late)} letters were kept until they were of no use"

    def _untrue(self, rows, came, kills):
        for one in self.decisions:
            late = [at for name in one.needless for at in came.get(name, []) if at > one.at]
            if len(late) > SENDERS:
                yield f"{len(late)} letters came after they were {one.what}"
        # What came and is not called sent was in hand when its sender was killed.
        unsaid = [name for name in came if name in rows and rows[name]["state"] != "sent"]
        known = set().union(*(one.needless for one in self.decisions))
        if len(unsaid) > kills or set(unsaid) - known:
            yield f"{len(unsaid)} letters came and are not called sent"
        if strangers := came.keys() - rows.keys():
            yield f"{len(strangers)} letters came that nobody wrote"
        began, ended = self.stopped
        meanwhile = [
            name
            for name, times in came.items()
            for at in times
            if began < at < ended and rows[name]["letter"] != "northstar/login_code"
        ]
        if len(meanwhile) > SENDERS:
            yield f"{len(meanwhile)} letters came while all were stopped"


def _about(session):
    begins = ["learning.place", "learning.session", "learning.session_reminder"]
    about = Q(pk__in=[])
    for prefix in begins:
        about |= Q(key__startswith=f"{prefix}:{session.pk}:")
    return about
