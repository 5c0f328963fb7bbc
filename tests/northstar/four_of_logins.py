"""Four at once at the second step of a login, and at what changes it."""

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from northstar.security import keeping
from partners.models import FactorReset, Message
from tests.factors import code_of_app, make_app, show
from tests.logging_in import ask, confirm
from tests.northstar.four import TOGETHER, Four
from tests.northstar.four_forms import code_of


def _member(world):
    return world["people"]["member"]


def the_code_was_right(world):
    make_app(_member(world))
    visitor = Client()
    ask(visitor, _member(world).email)
    confirm(visitor, code_of(_member(world)))
    return {"cookies": visitor.cookies}


def fresh(world, role="member"):
    client = Client()
    client.force_login(world["people"][role])
    show(client, world["people"][role])
    return {"cookies": client.cookies, "client": client}


def an_app_is_shown_its_secret(world):
    state = fresh(world)
    page = state["client"].get(reverse("factor_app"))
    return state | {"secret": page.context["secret"].replace(" ", "")}


def a_factor_of_ones_own(world):
    person = _member(world)
    row = make_app(person)
    Authenticator.objects.filter(pk=row.pk).update(id=person.pk)  # as the address of the walk says
    return fresh(world)


def an_app_is_lost(world):
    make_app(_member(world))
    return fresh(world, "coord")


def codes_not_seen(world):
    make_app(_member(world))
    return fresh(world)


def everybody_is_in(world):
    return all(browser.get("/").wsgi_request.user.pk for browser in world["browsers"])


FOUR_OF_LOGINS = {
    "mfa_authenticate": Four(
        "anyone",
        lambda world: {"code": code_of_app()},
        state=the_code_was_right,
        browsers=TOGETHER,
        holds=everybody_is_in,
        why="the code is used up by the first, and what it opened is open for the others",
    ),
    "login_passkey": Four("anyone"),
    "prove": Four(
        "member",
        adds={Message: 1},
        browsers=TOGETHER,
        why="the late one waits for its code; it is asked to log in, as anybody",
    ),
    "factor_app": Four(
        "member",
        lambda world: {"code": code_of_app(world["secret"])},
        {Message: 1},
        state=an_app_is_shown_its_secret,
        browsers=TOGETHER,
        holds=lambda world: keeping.of(_member(world)).has_app,
    ),
    "factor_passkey": Four("member", state=fresh, answers=frozenset({422})),
    "factor_remove": Four(
        "member",
        adds={Message: 1},
        state=a_factor_of_ones_own,
        holds=lambda world: not keeping.of(_member(world)).factors,
    ),
    "factor_reset": Four(
        "coord",
        adds={Message: 2, FactorReset: 1},
        state=an_app_is_lost,
        holds=lambda world: not keeping.of(_member(world)).factors,
    ),
    "recovery_codes": Four(
        "member",
        state=codes_not_seen,
        answers=frozenset({200}),
        holds=lambda world: keeping.of(_member(world)).codes_left == keeping.CODES,
        why="a second click shows the same codes as the first",
    ),
}
