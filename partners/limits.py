"""How often something may be tried: counted where requests that come at once cannot lose it."""

import ipaddress
import time
from hashlib import sha256

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest

from partners import patience
from partners.models import User

WINDOW_S = 10 * 60
DAY_S = 24 * 60 * 60
FETCHES_A_PERSON = 10  # in ten minutes, of the file with all that is held on oneself
WRITES_A_NETWORK = 10  # in a day, of what people without an account send to the project


def may_ask_from_here(request: HttpRequest) -> bool:
    """Count a request to log in from the reader's network; False when there were too many.

    A whole house may share an address, so this limit is wide: it is against machines.
    """
    return _take("network", _network(request), settings.LOGIN_REQUESTS_A_NETWORK)


def may_have_code(email: str) -> bool:
    """Count a code for *email*, known or not; False when it had enough of them."""
    return _take("code", email, settings.LOGIN_CODES_AN_ADDRESS)


def may_write_from_here(request: HttpRequest) -> bool:
    """Count what somebody without an account sends; False when their network has sent enough."""
    return _take("written", _network(request), WRITES_A_NETWORK, DAY_S)


def may_be_written_to(email: str) -> bool:
    """Count a letter that somebody without an account has us send to *email*, known or not."""
    return _take("letter", email, settings.LOGIN_CODES_AN_ADDRESS)


def may_fetch_own_data(person: User) -> bool:
    """Count a file with all that is held on *person*; False when they had enough of them."""
    return _take("own_data", str(person.pk), FETCHES_A_PERSON)


def _network(request: HttpRequest) -> str:
    """The /24 or /64 the reader is in; only our own proxies are believed (TRUSTED_PROXY_COUNT)."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    size = 24 if address.version == 4 else 64
    return str(ipaddress.ip_network(f"{address}/{size}", strict=False))


def _take(what: str, whose: str, most: int, window_s: int = WINDOW_S) -> bool:
    """Count one more of *what* in the last *window_s*, unless there were *most*."""
    key = f"limit:{what}:{sha256(whose.encode()).hexdigest()}"
    with transaction.atomic():
        patience.take_turn(key)
        now = time.time()
        times = [moment for moment in cache.get(key, []) if moment > now - window_s]
        if len(times) >= most:
            return False
        cache.set(key, [*times, now], window_s)
    return True
