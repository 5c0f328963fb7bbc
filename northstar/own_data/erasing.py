"""Asking to be erased, thinking again, and carrying it out."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.models import LearningSession
from northstar.own_data import mails, sweeping
from northstar.own_data.holdings import HOLDINGS
from partners.models import BouncedAddress, ErasureWish, Message, MessageState, User
from partners.patience import patient
from partners.people import membership

LAST_LETTER_KEPT = timedelta(days=2)  # by then it has left, or never will
MOST_AT_ONCE = 100


@patient
@transaction.atomic
def ask(person: User) -> ErasureWish:
    """Keep that *person* wants to be erased, and tell the coordinators; a second call changes
    nothing. Locks the person.
    """
    membership.hold(person)
    wish = ErasureWish.objects.open().filter(person=person).first()
    if wish is None:
        wish = ErasureWish.objects.create(person=person)
        mails.erasure_wanted(wish)
    return wish


@patient
@transaction.atomic
def withdraw(person: User) -> bool:
    """Take the wish of *person* back; False if there is none. Locks the person."""
    membership.hold(person)
    wish = ErasureWish.objects.open().filter(person=person).first()
    if wish is None:
        return False
    wish.withdrawn_at = timezone.now()
    wish.save(update_fields=["withdrawn_at"])
    mails.forget_wish(wish)
    return True


def why_not(person: User, *, by: User) -> str:
    """What has to be done before *person* can be erased; "" where nothing has. One query."""
    if person.pk == by.pk:
        return _("Another coordinator has to carry it out.")
    if person.is_staff_of_portal or person.is_superuser or person.is_staff:
        return _("Take the role in the portal from them first, in the workshop.")
    if LearningSession.objects.live().filter(lead=person, starts_at__gt=timezone.now()).exists():
        return _("They lead sessions to come: let somebody else lead those first.")
    return ""


@patient
@transaction.atomic
def erase(wish: ErasureWish, *, by: User) -> ErasureWish:
    """Take the person of *wish* out of every table; the rows that count stay, as nobody's.

    They and *by* are written to: the address of that letter goes when it has left, see
    forget_last_letters. A second call changes nothing. Locks the wish and the person. As many
    queries for 1,000 rows as for one. Raises ValidationError ("not_yet", "withdrawn", "busy").
    """
    wish = ErasureWish.objects.select_for_update(of=("self",)).get(pk=wish.pk)
    if wish.carried_out_at:
        return wish
    if wish.withdrawn_at:
        raise ValidationError(_("The wish has been withdrawn."), code="withdrawn")
    person = membership.hold(wish.person)
    if refusal := why_not(person, by=by):
        raise ValidationError(refusal, code="not_yet")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '60s'")  # the letters of years are read
    membership.shut_out(person, by=by)
    _stop_letters(person)
    _empty(person)
    sweeping.sweep(person)
    wish.carried_out_at, wish.carried_out_by = timezone.now(), by
    wish.save(update_fields=["carried_out_at", "carried_out_by"])
    mails.person_erased(wish, person)
    mails.erasure_done(wish, by)
    return wish


def _stop_letters(person: User) -> None:
    """Letters to *person* that wait are sent to nobody."""
    ahead = [MessageState.WAITING, MessageState.STOPPED]
    letters = Message.objects.filter(recipient=person, state__in=ahead)
    letters.update(state=MessageState.SKIPPED, held=False)


def _empty(person: User) -> None:
    """Erase or empty the rows that are *person*'s own; the person last, who is found by them."""
    for holding in reversed(HOLDINGS):
        theirs = holding.model._default_manager.filter(holding.theirs(person))
        if holding.fate == "gone":
            theirs.delete()
        elif holding.emptied:
            theirs.update(**holding.emptied)
    User.objects.filter(pk=person.pk).update(erased_at=timezone.now())


def forget_last_letters(now: datetime) -> int:
    """Take the address out of letters that told people of their erasure and have left.

    Return how many. Those that cannot leave lose it too, in the end.
    """
    letters = Message.objects.filter(letter=mails.PERSON_ERASED, recipient=None)
    done = 0
    for letter in letters.order_by("pk")[:MOST_AT_ONCE]:
        is_old = letter.created_at < now - LAST_LETTER_KEPT
        if letter.state == MessageState.WAITING and not is_old:
            continue
        done += _forget(letter)
    return done


def _forget(letter: Message) -> int:
    wish = ErasureWish.objects.get(pk=mails.wish_of(letter))
    BouncedAddress.objects.filter(letter=letter).delete()
    waits = letter.state == MessageState.WAITING
    state = MessageState.SKIPPED if waits else letter.state
    return Message.objects.filter(pk=letter.pk, state=letter.state).update(
        recipient=wish.person, sent_to="", last_error="", state=state
    )
