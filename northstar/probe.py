"""Asks the web process how it is; exits 1 when it is not well. For health checks of containers.

Usage: python -m northstar.probe [ADDRESS]
"""

import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from northstar.settings import SITE_URL

HERE = "http://127.0.0.1:8000/health/"


def main(address: str = HERE) -> int:
    """Fetch *address* under the name the portal answers to; 0 when the answer is 200."""
    request = urllib.request.Request(address, headers={"Host": urlsplit(SITE_URL).netloc})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 (fixed by compose)
            return 0 if answer.status == 200 else 1
    except (OSError, urllib.error.HTTPError):
        return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
