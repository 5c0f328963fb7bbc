"""What is decided on the page about the sessions of an attendance list."""

from typing import Any


def keep_session(decisions: dict[str, Any], name: str, value: str) -> None:
    """Keep what a session:<key>:<field> of the page says; other fields are passed over."""
    key, _colon, what = name.rpartition(":")
    if what in {"title", "date", "start", "end", "venue"} and len(key) <= 200:
        decisions.setdefault("sessions", {}).setdefault(key, {})[what] = value


def keep_list(decisions: dict[str, Any], name: str, value: str) -> None:
    """Keep the name of the series, list:series, and the hours for all, list:start and list:end."""
    if name == "series":
        decisions["series"] = value[:150]
    elif name in {"start", "end"}:
        decisions.setdefault("hours", {})[name] = value  # understood or not: it is shown again
