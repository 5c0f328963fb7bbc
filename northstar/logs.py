"""Log lines that stay one line, whatever somebody typed."""

import logging
import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class OneLine(logging.Formatter):
    """Escape control characters of the message; a traceback keeps its lines, indented."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        line = super().formatMessage(record)
        return _CONTROL.sub(lambda found: f"\\x{ord(found.group()):02x}", line)

    def formatException(self, ei: object) -> str:
        return super().formatException(ei).replace("\n", "\n    ")  # type: ignore[arg-type]
