"""Log lines that stay one line, whatever somebody typed, and keep the secrets of mailed links."""

import logging
import re
from contextvars import ContextVar
from http import HTTPStatus
from typing import Any

from gunicorn.glogging import Logger

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Whoever holds the token of a mailed link may answer in somebody's name: it is never written down.
_TOKEN = re.compile(r"(?<=/)[A-Za-z0-9_-]{40,}(?=[/?\s\"]|$)")

# Of the request this thread answers, as its access line has it; "" outside of requests.
request_number: ContextVar[str] = ContextVar("request_number", default="")


def mask(text: str) -> str:
    """Return *text* with the tokens of mailed links left out."""
    return _TOKEN.sub("…", text)


class OneLine(logging.Formatter):
    """Escape control characters of the message; a traceback keeps its lines, indented.

    The number of the request stands at the end, and at the end of its access line.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:
        line = mask(super().formatMessage(record))
        if number := request_number.get():
            line = f"{line} request={number}"
        return _CONTROL.sub(lambda found: f"\\x{ord(found.group()):02x}", line)

    def formatException(self, ei: object) -> str:
        return super().formatException(ei).replace("\n", "\n    ")  # type: ignore[arg-type]


class RefusedForms(logging.Filter):
    """Leave out that a form was sent back to be mended: everyday life, and in the access line."""

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(record, "status_code", None) != HTTPStatus.UNPROCESSABLE_ENTITY


class AccessLog(Logger):
    """gunicorn's log of requests, without the tokens in their addresses."""

    def atoms(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return gunicorn's parts of a line; texts are masked."""
        parts = super().atoms(*args, **kwargs)
        return {k: mask(v) if isinstance(v, str) else v for k, v in parts.items()}
