"""Looks into one uploaded file in a process of its own, with limits; run as a script.

The file on stdin, JSON on stdout, a line each: {"sheet": …} with what is to be known of a sheet,
after it its rows as lists of texts; {"refused": code, "row": …}; {"done": true} at the end. A file
made to exhaust its reader dies here, and the web process goes on. Knows no Django.
"""

import json
import resource
import sys
from pathlib import Path
from typing import IO, BinaryIO

CPU_SECONDS = 10
MEMORY_BYTES = 136 * 2**20  # what is resident stays below 128 MB
ANSWER_BYTES = 100 * 2**20


def limit() -> None:
    """From here on this process can take no more than its share."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (ANSWER_BYTES, ANSWER_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def look_into(file: BinaryIO, out: IO[str]) -> None:
    """Write what *file* holds, or why it is refused."""
    # Imported here: the limits stand before the readers are loaded, and the parent loads none.
    from partners.sheets import budget, contents  # noqa: PLC0415

    try:
        for said in contents.read(file):
            out.write(json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n")
        answer: dict[str, object] = {"done": True}
    except budget.Refused as refusal:
        answer = {"refused": refusal.code, "row": refusal.row}
    except MemoryError:
        answer = {"refused": "heavy"}
    except Exception:  # whatever a broken file does to its reader
        answer = {"refused": "broken"}
    out.write(json.dumps(answer) + "\n")


def main() -> None:
    limit()
    sys.path.append(str(Path(__file__).parents[2]))
    look_into(sys.stdin.buffer, sys.stdout)


if __name__ == "__main__":
    main()
