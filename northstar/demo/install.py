"""Makes the demo's virtual environment: packages by hash, once; a stamp says they are there.

Run by any Python with nothing installed: `python3 northstar/demo/install.py FOLDER LOCK_FILE`.
"""

import hashlib
import os
import re
import subprocess
import sys
import time

OLDEST = (3, 11)
AT_ONCE = 3
INSTALL = ["install", "-qq", "--disable-pip-version-check", "--no-input"]
INSTALL += ["--retries", "2", "--timeout", "15", "--require-hashes", "--only-binary", ":all:"]
# The lock file names all that is needed, and most modules are never imported: neither looking for
# more nor compiling them all is waited for. Without the former, parts of it can be installed alone.
INSTALL += ["--no-deps", "--no-compile"]


def fail(sentence: str) -> None:
    sys.stderr.write("\n" + sentence + "\n")
    sys.exit(1)


def fast(folder: str, lock_file: str) -> bool:
    """Let the pip of this Python fill the environment, a few at a time; whether all went well.

    An environment with a pip of its own costs seconds more, and one pip waits for the index, reads
    and unpacks in turns. Whatever goes wrong here (no pip, or one older than 22.3 that knows no
    --python) is quiet: the thorough way comes next.
    """
    venv = [sys.executable, "-m", "venv", "--clear", "--without-pip", folder]
    if subprocess.call(venv, stderr=subprocess.DEVNULL) != 0:
        return False
    pip = [sys.executable, "-m", "pip", "--python", os.path.join(folder, "bin", "python")]
    running = []
    for number, part in enumerate(parts(lock_file)):
        name = os.path.join(folder, "part-%d.txt" % number)
        with open(name, "w", encoding="utf-8") as written:
            written.write(part)
        command = [*pip, *INSTALL, "-r", name]
        running.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))
    ends = [one.wait() for one in running]
    return not any(ends)


def parts(lock_file: str) -> list[str]:
    """The packages of the lock file in AT_ONCE parts, each package with its hashes."""
    with open(lock_file, encoding="utf-8") as lock:
        packages = re.split(r"\n(?=\S)", lock.read().strip())
    dealt = (packages[number::AT_ONCE] for number in range(AT_ONCE))
    return ["\n".join(part) + "\n" for part in dealt if part]


def thorough(folder: str, lock_file: str) -> None:
    """Make an environment with its own pip and let that install everything; fails with a cure."""
    if subprocess.call([sys.executable, "-m", "venv", "--clear", folder]) != 0:
        fail(
            "The virtual environment could not be made. Is the disk full, or Python's venv module "
            "missing (on Debian and Ubuntu: the package python3-venv)?"
        )
    python = os.path.join(folder, "bin", "python")
    if subprocess.call([python, "-m", "pip", *INSTALL, "-r", lock_file]) != 0:
        fail(
            "The packages could not be installed. Is this machine offline, or its disk full? "
            "Packages come from the index that pip is set up for; run the same command again "
            "when it can be reached. Nothing else has been changed."
        )


def main(folder: str, lock_file: str) -> None:
    if sys.version_info < OLDEST:
        fail(
            "This needs Python 3.11 or newer; %s is %s. "
            "Name a newer one: make demo PYTHON=python3.12"
            % (sys.executable, sys.version.split()[0])
        )
    with open(lock_file, "rb") as lock:
        wanted = hashlib.sha256(lock.read() + sys.version.encode()).hexdigest()
    stamp = os.path.join(folder, "installed")
    if os.path.exists(stamp):
        with open(stamp) as found:
            if found.read() == wanted:
                return
    started = time.time()
    print("Installing the packages into %s (once; less than half a minute) …" % folder, flush=True)
    if not fast(folder, lock_file):
        thorough(folder, lock_file)
    with open(stamp, "w") as written:
        written.write(wanted)
    print("Packages installed in %.0f s." % (time.time() - started), flush=True)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        fail("Interrupted. Run the same command again to go on.")
