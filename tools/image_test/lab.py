"""Makes a machine able to build the image and run it: podman, and base images out of Debian.

An image that is here already is taken; else one of the same name is made from Debian's packages, by
the sources this machine itself uses. It is then not the same to the patch.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

PROGRAMS = ["podman", "runc", "debootstrap", "netavark", "aardvark-dns", "iptables", "iproute2"]
SETTINGS = """[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
[engine]
runtime = "runc"
"""
DEBIAN = "northstar-test-debian"
TRUSTED = "/etc/ssl/certs/ca-certificates.crt"
DATABASE_SCRIPT = """#!/bin/sh
set -e
data=/var/lib/postgresql/data
if [ ! -s "$data/PG_VERSION" ]; then
  mkdir -p "$data" && chown -R postgres "$data"
  echo "$POSTGRES_PASSWORD" > /run/password && chown postgres /run/password
  su postgres -c "$(ls -d /usr/lib/postgresql/*/bin)/initdb -D $data -U $POSTGRES_USER \\
    -E UTF8 --locale=C.UTF-8 --auth-host=scram-sha-256 --pwfile=/run/password $POSTGRES_INITDB_ARGS"
  echo "host all all all scram-sha-256" >> "$data/pg_hba.conf"
  su postgres -c "echo 'CREATE DATABASE $POSTGRES_DB' | \\
    $(ls -d /usr/lib/postgresql/*/bin)/postgres --single -D $data postgres" >/dev/null
fi
exec setpriv --reuid=postgres --regid=postgres --clear-groups \\
  "$(ls -d /usr/lib/postgresql/*/bin)/postgres" -D "$data" -c listen_addresses=*
"""
# What stands in for an image, by the first part of its name: packages, and what is done with them.
STAND_INS = {
    "python": ("python3 python3-venv python3-pip python-is-python3 ca-certificates", ""),
    "postgres": (
        "postgresql",
        'COPY start /start\nENTRYPOINT ["sh", "/start"]\nSTOPSIGNAL SIGINT\n',
    ),
    "redis": ("redis-server", ""),
    "nginx": ("nginx-light curl", ""),
}


class NoLab(Exception):
    """This machine cannot run images: why, in words."""


def set_up(images: list[str]) -> None:
    """Install what is missing, and have every one of *images*."""
    try:
        _install()
        for image in images:
            _have(image)
    except (OSError, subprocess.SubprocessError) as error:
        raise NoLab(_in_short(error)) from error


def run(words: list[str]) -> str:
    """Run a command quietly and return what it says."""
    done = subprocess.run(words, check=True, capture_output=True, text=True, timeout=400)
    return done.stdout.strip()


def build(tag: str, folder: str, file: str = "Dockerfile", *, from_packages: bool = False) -> None:
    """Build an image; the machine's own certificates and settings of pip hold inside, too.

    Not where it is made *from_packages*: the one that brings certificates must write them itself.
    """
    mounts = [
        word for path in (TRUSTED, "/etc/pip.conf") if Path(path).exists() and not from_packages
        for word in ("--volume", f"{path}:{path}:ro")
    ]  # fmt: skip
    run(
        ["podman", "build", "--isolation=chroot", "--network=host", *mounts]
        + ["--tag", tag, "--file", f"{folder}/{file}", folder]
    )


def hold_the_address_of_the_bridge(network: str) -> None:
    """Keep the bridge's address as it is.

    A bridge without an address of its own takes another when a container leaves. Those that stay go
    on asking for names at the old one, for ten seconds and more: no worker stops in time. An engine
    such as Docker's sets it itself.
    """
    words = ["podman", "network", "inspect", network, "--format", "{{.NetworkInterface}}"]
    bridge = run(words)
    address = Path(f"/sys/class/net/{bridge}/address").read_text().strip()
    run(["ip", "link", "set", "dev", bridge, "address", address])


def _install() -> None:
    if missing := [name for name in PROGRAMS if not _installed(name)]:
        run(["apt-get", "update", "-qq"])
        run(["apt-get", "-o", "DPkg::Lock::Timeout=120", "install", "-y", "-qq", *missing])
    settings = Path("/etc/containers/containers.conf")
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(SETTINGS)
    _free_the_groups()
    run(["podman", "info"])


def _installed(name: str) -> bool:
    return subprocess.run(["dpkg", "-s", name], capture_output=True, check=False).returncode == 0


def _free_the_groups() -> None:
    """A second tree of control groups beside the first confuses runc."""
    if Path("/sys/fs/cgroup/unified").is_mount():
        subprocess.run(["umount", "/sys/fs/cgroup/unified"], capture_output=True, check=False)


def _have(image: str) -> None:
    if _exists(image):
        return
    if not _exists(DEBIAN):
        _import_debian()
    packages, rest = STAND_INS[image.split(":")[0]]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "start").write_text(DATABASE_SCRIPT)
        Path(folder, "Dockerfile").write_text(
            f"FROM localhost/{DEBIAN}\n"
            "RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq"
            f" --no-install-recommends {packages} && rm -rf /var/lib/apt/lists/*\n{rest}"
        )
        build(f"localhost/{image}", folder, from_packages=True)


def _exists(image: str) -> bool:
    words = ["podman", "image", "exists", image]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def _import_debian() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "root")
        run(["debootstrap", "--variant=minbase", _release(), str(root), _mirror()])
        for own in Path("/etc/apt/apt.conf.d").iterdir():
            shutil.copy(own, root / "etc/apt/apt.conf.d")
        run(["tar", "-C", str(root), "-cf", f"{folder}/root.tar", "."])
        run(["podman", "import", f"{folder}/root.tar", f"localhost/{DEBIAN}"])


def _release() -> str:
    lines = Path("/etc/os-release").read_text().splitlines()
    return next(line.split("=")[1] for line in lines if line.startswith("VERSION_CODENAME="))


def _mirror() -> str:
    """The first address among this machine's own sources of packages."""
    for source in sorted(Path("/etc/apt/sources.list.d").glob("*.sources")):
        for line in source.read_text().splitlines():
            if line.startswith("URIs:"):
                return line.split()[1]
    for line in Path("/etc/apt/sources.list").read_text().splitlines():
        if line.startswith("deb "):
            return next(word for word in line.split() if "://" in word)
    raise NoLab("no source of packages")


def _in_short(error: Exception) -> str:
    said = getattr(error, "stderr", None) or str(error)
    return str(said).strip().splitlines()[-1][:200] if str(said).strip() else repr(error)
