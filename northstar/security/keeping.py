"""A second factor is taken into use and put away: under a lock on its person, with a letter."""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from northstar.login import factors
from northstar.security import mails
from partners.models import FactorReset, User
from partners.patience import patient

Kind = Authenticator.Type
APP = gettext_lazy("An app that shows codes")
PASSKEY = gettext_lazy("A passkey")

CODES = 10  # as allauth makes them
SHOWN_AGAIN_S = 10  # by a second click; after it they are never shown again


@dataclass(frozen=True)
class Factor:
    """Something that proves its person beside the code."""

    pk: int
    name: str | Promise
    made_in: str  # the browser, for a passkey
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Kept:
    """What one person has to prove who they are."""

    factors: list[Factor]
    has_app: bool
    codes_left: int | None  # recovery codes not used yet; None: they were never shown


def of(person: User) -> Kept:
    """What *person* has, the oldest first. One query."""
    rows = list(Authenticator.objects.filter(user=person).order_by("created_at", "pk"))
    of_codes = [row for row in rows if row.type == Kind.RECOVERY_CODES]
    left = None
    if of_codes and of_codes[0].wrap().did_view:
        used = of_codes[0].data["used_mask"].bit_count()
        left = CODES - used
    return Kept(
        [_factor(row) for row in rows if row.type != Kind.RECOVERY_CODES],
        any(row.type == Kind.TOTP for row in rows),
        left,
    )


def _factor(row: Authenticator) -> Factor:
    is_app = row.type == Kind.TOTP
    made_in = "" if is_app else row.data["name"]
    return Factor(row.pk, APP if is_app else PASSKEY, made_in, row.created_at, row.last_used_at)


@patient
@transaction.atomic
def add_app(person: User, secret: str) -> None:
    """Let the app that knows *secret* prove *person*; where there is one already, nothing is done.

    Locks the person. Raises ValidationError ("busy").
    """
    _lock(person)
    if not Authenticator.objects.filter(user=person, type=Kind.TOTP).exists():
        _begin(person, TOTP.activate(person, secret).instance)


@patient
@transaction.atomic
def add_passkey(person: User, credential: dict[str, Any], made_in: str) -> None:
    """Let the passkey of *credential*, made in that browser, prove *person*.

    Locks the person. Raises ValidationError ("busy").
    """
    _lock(person)
    same = Authenticator.objects.filter(user=person, type=Kind.WEBAUTHN)
    if not same.filter(data__credential__id=credential["id"]).exists():
        _begin(person, WebAuthn.add(person, made_in, credential).instance)


def _begin(person: User, row: Authenticator) -> None:
    RecoveryCodes.activate(person)
    mails.factor_added(person, f"{row.pk}:added", _factor(row).name)


@patient
@transaction.atomic
def remove(person: User, pk: int) -> None:
    """Let the factor *pk* of *person* prove them no more; one that is gone stays gone.

    With the last one the recovery codes go, too. Locks the person. Raises ValidationError ("last",
    "busy"): who works for the portal keeps one.
    """
    _lock(person)
    row = Authenticator.objects.filter(user=person, pk=pk, type__in=factors.ALONE).first()
    if row is None:
        return
    others = Authenticator.objects.filter(user=person, type__in=factors.ALONE).exclude(pk=pk)
    is_last = not others.exists()
    if is_last and factors.must_have(person):
        text = _("You work for the portal and must keep one. Add another first.")
        raise ValidationError(text, code="last")
    name = _factor(row).name
    row.delete()
    if is_last:
        Authenticator.objects.filter(user=person).delete()
    mails.factor_removed(person, f"{pk}:removed", name)


@patient
@transaction.atomic
def new_codes(person: User) -> list[str]:
    """The recovery codes of *person*, which are never shown again; none without a factor.

    Those that come with the first factor are shown the first time; from then on new ones take the
    place of the former. A second click gets those of the first. Locks the person.
    Raises ValidationError ("busy").
    """
    _lock(person)
    if not factors.has_any(person):
        return []
    codes = RecoveryCodes.activate(person)
    seen_at = codes.instance.data.get("viewed_at")
    if seen_at and time.time() - seen_at > SHOWN_AGAIN_S:
        codes.instance.delete()
        codes = RecoveryCodes.activate(person)
        mails.codes_renewed(person, f"{codes.instance.pk}:renewed")
    codes.mark_as_viewed()
    return codes.get_unused_codes()


@patient
@transaction.atomic
def reset(person: User, *, by: User | None) -> bool:
    """Take away all that proves *person* beside the code, and end their logins; False: had none.

    By None, whoever runs the portal does it, by a command. Both get a letter, and a row says who
    did it. Locks the person. Raises ValidationError ("busy").
    """
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    rows = Authenticator.objects.filter(user=person)
    if not rows.exists():
        return False
    rows.delete()
    person.set_unusable_password()  # a new one: logins that are open hang on the old
    person.save(update_fields=["password"])
    row = FactorReset.objects.create(person=person, reset_by=by)
    mails.factor_reset(person, f"{row.pk}:reset", by=by)
    if by is not None:
        mails.factor_reset_done(person, f"{row.pk}:reset:done", by=by)
    return True


def _lock(person: User) -> None:
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
