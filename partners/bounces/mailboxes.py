"""Mailboxes on the disk into which a mail server, or what fetches from one, puts messages."""

import mailbox
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from partners.bounces.reading import MOST_BYTES

MOST_MBOX_BYTES = 50 * 1024 * 1024  # it is written anew when something in it is marked

READ = "S"  # the flag of a Maildir: seen

Use = Callable[[bytes], object]


def read_maildir(folder: Path, use: Use) -> int:
    """Hand every message of *folder* that is not marked as read to *use*, and mark it; count them.

    What *use* raises ends it: that message and the rest stay as they are. Two may read at once.
    """
    number = 0
    for path in [*_files(folder / "new"), *_files(folder / "cur")]:
        name, _, flags = path.name.partition(":2,")
        if READ in flags:
            continue
        try:
            with path.open("rb") as file:
                raw = file.read(MOST_BYTES)
            use(raw)
            path.rename(folder / "cur" / f"{name}:2,{''.join(sorted({*flags, READ}))}")
        except FileNotFoundError:
            continue  # another has read it meanwhile
        number += 1
    return number


def _files(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries if entry.is_file(follow_symlinks=False))
    return (folder / name for name in names)


def read_mbox(path: Path, use: Use) -> int:
    """As read_maildir, of one file in which all messages stand; it is locked meanwhile.

    Raises ValueError if it is too large to be written anew.
    """
    if path.stat().st_size > MOST_MBOX_BYTES:
        raise ValueError(f"{path} has more than {MOST_MBOX_BYTES} bytes: empty it first")
    box = mailbox.mbox(path, create=False)
    box.lock()
    number = 0
    try:
        for key, message in box.items():
            if "R" not in message.get_flags():
                use(box.get_bytes(key)[:MOST_BYTES])
                message.add_flag("RO")
                box[key] = message
                number += 1
    finally:
        box.flush()
        box.unlock()
        box.close()
    return number
