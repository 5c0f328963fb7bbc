"""What docker-compose.yml says, as words for podman."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_VARIABLE = re.compile(r"\$\{(\w+)(?::(-|\?)((?:[^{}])*))?\}")


def read(path: Path, variables: dict[str, str]) -> dict[str, dict]:
    """The services of a compose file, with its variables filled in."""
    text = "\n".join(_filled(line, variables) for line in path.read_text().splitlines())
    services: dict[str, dict] = yaml.safe_load(text)["services"]
    return services


def _filled(line: str, variables: dict[str, str]) -> str:
    before = None
    while before != line:  # innermost first
        before, line = line, _VARIABLE.sub(lambda found: _value(found, variables), line)
    return line


def _value(found: re.Match[str], variables: dict[str, str]) -> str:
    name, sign, other = found.groups()
    if value := variables.get(name):
        return value
    if sign == "?":
        raise ValueError(f"{name} is missing: {other}")
    return other or ""


@dataclass(frozen=True)
class Place:
    """Where a stack stands: what its containers, volumes and network are called."""

    name: str
    folder: Path

    def container(self, service: str) -> str:
        return f"{self.name}-{service}"


def words(service: str, says: dict[str, Any], place: Place) -> list[str]:
    """The words after `podman run` for a service."""
    image = says["image"] if ":" in says["image"] else f"localhost/{says['image']}:latest"
    return [
        *("--name", place.container(service)),
        *("--network", place.name, "--network-alias", service),
        *_guards(says),
        *(word for path in says.get("tmpfs", []) for word in ("--tmpfs", _tmpfs(path))),
        *_environment(says, place),
        *(word for volume in says.get("volumes", []) for word in _volume(volume, place)),
        *(word for port in says.get("ports", []) for word in ("--publish", port)),
        *(["--entrypoint", ""] if says.get("entrypoint") == [] else []),
        image,
        *(str(word) for word in says.get("command", [])),
    ]


def _guards(says: dict[str, Any]) -> list[str]:
    found = ["--read-only"] if says.get("read_only") else []
    found += [f"--cap-drop={name.lower()}" for name in says.get("cap_drop", [])]
    found += [f"--security-opt={name.split(':')[0]}" for name in says.get("security_opt", [])]
    found += [f"--user={says['user']}"] if "user" in says else []
    found += [f"--shm-size={says['shm_size'].removesuffix('b')}"] if "shm_size" in says else []
    return found


def _tmpfs(path: str) -> str:
    return path if ":" in path else f"{path}:"


def _environment(says: dict[str, Any], place: Place) -> list[str]:
    found = ["--env-file", str(place.folder / says["env_file"])] if "env_file" in says else []
    for name, value in says.get("environment", {}).items():
        found += ["--env", f"{name}={value}"]
    return found


def _volume(volume: str, place: Place) -> list[str]:
    source, *rest = volume.split(":")
    if source.startswith("."):
        source = str((place.folder / source).resolve())
    elif not source.startswith("/"):
        source = f"{place.name}-{source}"
    return ["--volume", ":".join([source, *rest])]


def health(says: dict[str, Any], dockerfile: str) -> list[str]:
    """The command of a service's health check; its image's where it has none of its own."""
    check = says.get("healthcheck")
    if check is None:
        found = re.search(r"HEALTHCHECK.*?CMD (\[.*?\])", dockerfile, flags=re.S)
        return yaml.safe_load(found[1]) if found else []
    if check.get("disable"):
        return []
    return [str(word) for word in check["test"][1:]]


def seconds(length: str) -> int:
    """What compose writes as 40s or 1m."""
    return int(length[:-1]) * {"s": 1, "m": 60}[length[-1]]


def commands(paper: str, marker: str) -> list[list[str]]:
    """The commands of a paper that hold *marker*, as words."""
    lines = [line for line in paper.splitlines() if line.startswith("docker compose")]
    return [shlex.split(line) for line in lines if marker in line]
