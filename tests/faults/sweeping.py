"""What sweeps write to a few people, and what became of it: for tests that break or repeat them."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from learning.models import PlaceLink, SessionReminderRun
from learning.reminders import running
from learning.surveys import asking
from northstar.clock import gaps
from partners.models import Mailing, Message
from partners.models.moments import STOCKHOLM
from partners.post import gathering
from partners.writing import sending
from tests.builders import (
    make_letter,
    make_mailing,
    make_member,
    make_organisation,
    make_person,
    make_registration,
    make_session,
    queued,
)

MONDAY = datetime(2027, 4, 12, 9, 30, tzinfo=STOCKHOLM).astimezone(UTC)


def remind(now):
    running.remind(now)


def gather(now):
    gathering.gather_all(now, for_s=60)


def send_mailings(now):
    sending.send_due(now)


def all_sweeps(now):
    """What the clock does about letters, one after the other."""
    remind(now)
    asking.ask(now)
    send_mailings(now)
    gather(now)
    gaps.note(now)


class People:
    """A session tomorrow, a mailing that is due, and what is held for four people."""

    def __init__(self, now=MONDAY):
        self.now = now
        company = make_organisation()
        self.readers = [make_member(company, name) for name in ("Ada", "Bo", "Cai", "Di")]
        start = now + timedelta(days=1, hours=3)
        self.session = make_session(starts_at=start, published_at=now - timedelta(days=60))
        long_ago = now - timedelta(days=50)
        for reader in self.readers[:3]:
            make_registration(self.session, reader, seated_at=long_ago)
        self.session.created_at = long_ago
        self.session.save()
        late = now - timedelta(minutes=1)  # after the reminder was due
        make_registration(self.session, self.readers[3], seated_at=late)
        self.by = make_person("Kim", staff_role="coordinator")
        self.mailing = queued(make_mailing(self.by))
        self.mailing.save()
        self.lay_out()

    def lay_out(self):
        """As it is before any sweep: two letters held for Ada, one for Bo, Cai and Di each, of whom
        Cai has had one today, and Di's is of no use any more.
        """
        Message.objects.update(gathered_in=None)
        PlaceLink.objects.all().delete()
        SessionReminderRun.objects.all().delete()
        Message.objects.all().delete()
        Mailing.objects.update(
            state="queued", sent_at=None, recipients=None, without_address=None, send_at=self.now
        )
        ada, bo, cai, di = self.readers
        useful = {"letter": "partners/mailing", "useless_after": self.now + timedelta(days=9)}
        held = useful | {"held": True, "next_try_at": self.now}
        for number, reader in enumerate([ada, ada, bo, cai]):
            make_letter(reader, key=f"held:{number}", **held)
        make_letter(di, key="held:late", **held | {"useless_after": self.now})
        make_letter(cai, key="sent", **useful, state="sent", sent_at=self.now)
        for place in self.session.registrations.select_related("person"):
            make_letter(
                place.person,
                key=f"learning.place:{self.session.pk}:{place.pk}:seat_confirmed",
                letter="learning/seat_confirmed",
                state="sent",
                sent_at=self.now,
            )


def picture():
    """What stands in the rows, but for keys and moments that differ from one time to the next."""
    letters = Message.objects.values_list(
        "recipient__name", "letter", "state", "held", "last_error", "gathered_in__letter"
    )
    runs = SessionReminderRun.objects.values_list("session", "state", "letters")
    mailings = Mailing.objects.values_list("state", "recipients")
    return Counter(letters), Counter(runs), Counter(mailings)
