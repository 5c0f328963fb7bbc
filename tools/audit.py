"""Looks every locked package up among the known vulnerabilities: `make audit`.

pip-audit does the asking. Left alone it calls "no known vulnerabilities" what it could not look up;
here a package without an answer fails the audit as surely as a vulnerable one does.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from tools.licences import names_in

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("base", "demo", "dev")
PIP_AUDIT = "pip-audit==2.10.1"  # fetched when asked for: nothing else here needs it


def asked(lock: str) -> subprocess.CompletedProcess[str]:
    """What pip-audit answers about requirements/*lock*.txt."""
    tool = [sys.executable, "-m", "uv", "tool", "run", "--quiet", "--python", sys.executable]
    about = ["--requirement", f"requirements/{lock}.txt", "--require-hashes", "--disable-pip"]
    form = ["--strict", "--format", "json", "--progress-spinner", "off"]
    return subprocess.run(
        [*tool, "--from", PIP_AUDIT, "pip-audit", *about, *form],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
    )


def faults(answer: str, wanted: set[str]) -> Iterator[str]:
    """What is wrong with *answer* (JSON of pip-audit) to a question about the packages *wanted*."""
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        packages = []
    audited = {
        canonicalize_name(package["name"]): package for package in packages if "vulns" in package
    }
    if not audited:
        yield "nothing was audited"
        return
    yield from (f"{name}: was not audited" for name in sorted(wanted - set(audited)))
    for name, package in audited.items():
        yield from (_in_words(name, package, found) for found in package["vulns"])


def _in_words(name: str, package: dict[str, Any], found: dict[str, Any]) -> str:
    mended = ", ".join(found.get("fix_versions", [])) or "no version yet"
    return f"{name} {package['version']}: {found['id']}, mended in {mended}"


def is_clean(lock: str) -> bool:
    """Audit requirements/*lock*.txt, and print what came of it."""
    wanted = set(names_in(lock))
    answer = asked(lock)
    found = list(faults(answer.stdout, wanted))
    if found or answer.returncode:
        print(f"requirements/{lock}.txt FAILED", *found, answer.stderr.strip()[-1000:], sep="\n")
        return False
    print(f"requirements/{lock}.txt: {len(wanted)} packages audited, nothing known against them")
    return True


def main() -> int:
    return 0 if all([is_clean(lock) for lock in LOCKS]) else 1


if __name__ == "__main__":
    sys.exit(main())
