"""A form that was sent after the login had ended: kept until its writer has logged in again."""

import time
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

KEY = "northstar.login.kept"

KEPT_S = 30 * 60

MOST = 20_000  # characters; what people write in the portal's forms is shorter


@dataclass(frozen=True)
class Kept:
    """What was sent, and where to."""

    path: str
    data: QueryDict
    had_files: bool  # they are not kept

    @property
    def fields(self) -> list[tuple[str, str]]:
        return [(name, value) for name, values in self.data.lists() for value in values]

    @property
    def texts(self) -> list[str]:
        """What of it was written by hand, by the look of it: to know it again."""
        return [value for _name, value in self.fields if len(value) >= 15 and " " in value]


def keep(request: HttpRequest) -> bool:
    """Keep what *request* sent in the visitor's session; False if it is more than people write."""
    data = request.POST.copy()
    data.pop("csrfmiddlewaretoken", None)
    text = data.urlencode()
    if len(text) > MOST:
        return False
    request.session[KEY] = {
        "path": request.get_full_path(),
        "data": text,
        "had_files": bool(request.FILES),
        "until": time.time() + KEPT_S,
    }
    return True


def what_is_kept(request: HttpRequest) -> Kept | None:
    """What this visitor sent less than half an hour ago and has neither sent again nor let go."""
    known = request.session.get(KEY)
    if not known or known["until"] < time.time():
        return None
    return Kept(known["path"], QueryDict(known["data"]), known["had_files"])


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
