"""Says whether the licences of all packages allow what we do with them: `make licences`.

Northstar is under EUPL-1.2. What it is handed out with may be permissive, or share-alike in a way
that stops at its own files (LGPL, MPL). What only runs beside it while people work on it may be GPL
as well: nothing of that is handed out.
"""

import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
HANDED_OUT = ("base", "demo")
BESIDE = ("dev",)

COMPATIBLE = frozenset(
    {
        "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CNRI-Python", "EUPL-1.2", "ISC",
        "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "MIT", "MIT-0", "MPL-2.0",
        "PSF-2.0", "Python-2.0", "Unlicense", "Zlib",
    }
)  # fmt: skip
ALSO_BESIDE = COMPATIBLE | {"GPL-3.0-or-later"}

# Packages that name no SPDX expression say it in words of their own.
SPELLINGS = {
    "apache 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "gnu general public license v3 or later (gplv3+)": "GPL-3.0-or-later",
    "gnu lesser general public license v2 or later (lgplv2+)": "LGPL-2.1-or-later",
    "gplv3+": "GPL-3.0-or-later",
    "isc license (iscl)": "ISC",
    "lgpl": "LGPL-2.1-or-later",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "new bsd": "BSD-3-Clause",
    "python software foundation license": "PSF-2.0",
}
# Packages whose metadata say nothing, or a whole text: read by a person, from the file they ship.
READ_BY_US = {"axe-playwright-python": "MIT", "django-zeal": "MIT"}


def names_in(lock: str) -> Iterator[str]:
    """The packages of requirements/*lock*.txt that are for this machine."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    for line in re.findall(r"^[A-Za-z0-9].*?(?= \\$)", text, flags=re.M):
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate():
            yield wanted.name


def licence_of(package: metadata.PackageMetadata) -> str:
    """An SPDX expression, or the package's own words where we know none for them."""
    if "License-Expression" in package:
        return package["License-Expression"]
    if package["Name"].lower() in READ_BY_US:
        return READ_BY_US[package["Name"].lower()]
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in package.get_all("Classifier", [])
        if line.startswith("License :: ") and line != "License :: OSI Approved"
    ]
    said = classifiers or (package.get_all("License") or ["unknown"])[0].splitlines()[:1]
    return " AND ".join(SPELLINGS.get(words.lower(), words) for words in said)


def is_allowed(expression: str, allowed: frozenset[str]) -> bool:
    """Whether one of the alternatives consists of *allowed* licences only.

    With brackets in it, every licence named must be allowed: stricter than needed, never laxer.
    """
    if "(" in expression:
        return set(re.findall(r"[\w.+-]+", expression)) - {"AND", "OR"} <= allowed
    alternatives = re.split(r"\s+OR\s+", expression)
    return any(set(re.split(r"\s+AND\s+", one)) <= allowed for one in alternatives)


def complaints(lock: str, allowed: frozenset[str]) -> Iterator[str]:
    for name in names_in(lock):
        try:
            said = licence_of(metadata.metadata(name))
        except metadata.PackageNotFoundError:
            yield f"{name}: is in requirements/{lock}.txt and not installed"
            continue
        if not is_allowed(said, allowed):
            yield f"{name}: {said}"


def main() -> int:
    found = {line for lock in HANDED_OUT for line in complaints(lock, COMPATIBLE)}
    found |= {line for lock in BESIDE for line in complaints(lock, ALSO_BESIDE)}
    for line in sorted(found):
        print(line, file=sys.stderr)
    checked = {name for lock in (*HANDED_OUT, *BESIDE) for name in names_in(lock)}
    print(f"{len(checked)} packages, {len(found)} whose licence we may not use")
    return 1 if found or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
