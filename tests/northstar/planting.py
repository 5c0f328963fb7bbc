"""Breaches for the tests of the walls: texts read as if they lay at a path, never written."""

from tests.northstar import walls
from tests.northstar.sources import House, Source

STANDING = House.standing()
TOKENS, WAITLIST = "partners/post/tokens.py", "learning/places/waitlist.py"
ROOMS = {  # two rooms of learning, with a module of every kind
    "learning/places/__init__.py": "",
    "learning/places/mails.py": "",
    "learning/places/registration.py": "",
    "learning/places/report.py": "",
    "learning/places/forms.py": "",
    "learning/places/panel.py": "",
    "learning/places/views.py": "",
    "learning/places/queue_views.py": "",
    "learning/sessions/__init__.py": "",
    "learning/sessions/scheduling.py": "",
    "learning/sessions/forms.py": "",
    "learning/sessions/views.py": "",
}


def plant(path, text):
    """Read *text* as if it lay at *path*; return it with the house it then lies in."""
    house = STANDING.with_({path: text})
    return Source(path, text), house


def looks(path, text):
    return {whom: why for _, whom, why in walls.wrong_looks(*plant(path, text))}
