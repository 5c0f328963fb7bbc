"""Makes the demo's virtual environment: packages by hash, once; a stamp says they are there.

Run by any Python with nothing installed: `python3 northstar/demo/install.py FOLDER LOCK_FILE`.
"""

import hashlib
import os
import subprocess
import sys
import time

OLDEST = (3, 11)


def fail(sentence: str) -> None:
    sys.stderr.write("\n" + sentence + "\n")
    sys.exit(1)


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
    print("Installing the packages into %s (once; about half a minute) …" % folder, flush=True)
    python = os.path.join(folder, "bin", "python")
    if subprocess.call([sys.executable, "-m", "venv", "--clear", folder]) != 0:
        fail(
            "The virtual environment could not be made. Is the disk full, or Python's venv module "
            "missing (on Debian and Ubuntu: the package python3-venv)?"
        )
    command = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    command += ["--no-input", "--retries", "2", "--timeout", "15"]
    command += ["--require-hashes", "--only-binary", ":all:", "-r", lock_file]
    # The lock file names all that is needed, and most modules are never imported: neither looking
    # for more nor compiling them all is waited for.
    command += ["--no-deps", "--no-compile"]
    if subprocess.call(command) != 0:
        fail(
            "The packages could not be installed. Is this machine offline, or its disk full? "
            "Packages come from the index that pip is set up for; run the same command again "
            "when it can be reached. Nothing else has been changed."
        )
    with open(stamp, "w") as written:
        written.write(wanted)
    print("Packages installed in %.0f s." % (time.time() - started), flush=True)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        fail("Interrupted. Run the same command again to go on.")
