"""What is written to a person when it changes how they can log in."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from partners.models import User
from partners.post import outbox
from partners.wording.samples import About, Source, offer

ADDED = "northstar/factor_added"
REMOVED = "northstar/factor_removed"
RENEWED = "northstar/codes_renewed"
RESET = "northstar/factor_reset"
RESET_DONE = "northstar/factor_reset_done"


def factor_added(person: User, occasion: str, name: str | Promise) -> None:
    """Tell *person* that the factor of that *name* opens their login from now on."""
    _put(ADDED, person, occasion, {"what": name})


def factor_removed(person: User, occasion: str, name: str | Promise) -> None:
    """Tell *person* that the factor of that *name* is gone."""
    _put(REMOVED, person, occasion, {"what": name})


def codes_renewed(person: User, occasion: str) -> None:
    """Tell *person* that their former recovery codes work no more."""
    _put(RENEWED, person, occasion, {})


def factor_reset(person: User, occasion: str, *, by: User | None) -> None:
    """Tell *person* who has taken their second step away; None is whoever runs the portal."""
    _put(RESET, person, occasion, {"by": by or settings.CONTACT_NAME})


def factor_reset_done(person: User, occasion: str, *, by: User) -> None:
    """Tell *by* what was done in their name."""
    _put(RESET_DONE, by, occasion, {"person": person})


def _put(letter: str, person: User, occasion: str, facts: dict[str, object]) -> None:
    facts["link"] = outbox.link(person, "security")
    outbox.put(f"northstar.security:{person.pk}:{occasion}", person, letter, facts)


offer(
    "3 security",
    Source(
        gettext_lazy("Login and security"),
        {
            ADDED: About(gettext_lazy("A new second step"), gettext_lazy("when one is added")),
            REMOVED: About(
                gettext_lazy("A second step is gone"), gettext_lazy("when one is removed")
            ),
            RENEWED: About(
                gettext_lazy("New recovery codes"), gettext_lazy("when somebody makes new ones")
            ),
            RESET: About(
                gettext_lazy("A coordinator has taken the second step away"),
                gettext_lazy("when somebody has lost theirs"),
            ),
            RESET_DONE: About(
                gettext_lazy("You have taken somebody's second step away"),
                gettext_lazy("to the coordinator who did it"),
            ),
        },
        list,
        lambda letter, key, language, reader: {
            "what": "Passkey",
            "by": reader,
            "person": reader,
            "link": outbox.link(outbox.Stranger("", language), "security"),
        },
    ),
)
