"""What is written to a person when it changes how they can log in."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from partners.models import User
from partners.post import outbox
from partners.wording.samples import About, Source, dead_link, offer

ADDED = "northstar/factor_added"
REMOVED = "northstar/factor_removed"
RENEWED = "northstar/codes_renewed"


def factor_added(person: User, occasion: str, name: str | Promise) -> None:
    """Tell *person* that the factor of that *name* opens their login from now on."""
    _put(ADDED, person, occasion, {"what": name})


def factor_removed(person: User, occasion: str, name: str | Promise) -> None:
    """Tell *person* that the factor of that *name* is gone."""
    _put(REMOVED, person, occasion, {"what": name})


def codes_renewed(person: User, occasion: str) -> None:
    """Tell *person* that their former recovery codes work no more."""
    _put(RENEWED, person, occasion, {})


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
        },
        list,
        lambda letter, key, language, reader: {
            "what": "Passkey",
            "link": dead_link("security", language),
        },
    ),
)
