"""Builds the image, starts what docker-compose.yml says, uses it, and restores its backup.

Exits 0 where all of it held, and where this machine cannot run images: the last line then says why.
"""

import contextlib
import email
import email.policy
import os
import secrets
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from aiosmtpd.controller import Controller

from tools.image_test import compose, lab
from tools.image_test.walk import COUNT, SEED, walk

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
HTTPS, HTTP, SMTP = 18443, 18080, 18025


class Sink:
    """Takes every letter and keeps its text."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        body = letter.get_body(("plain",))
        self.texts.append(body.get_content() if body else "")
        return "250 OK"


class Stack:
    """The services of the compose file, running under one name."""

    def __init__(self, name: str, folder: Path) -> None:
        self.place = compose.Place(name, ROOT)
        self.folder = folder
        lab.run(["podman", "network", "create", name])
        self.gateway = lab.run(
            ["podman", "network", "inspect", name, "--format", "{{(index .Subnets 0).Gateway}}"]
        )
        self.variables = self._write_environment()
        self.services = {
            name: says
            for name, says in compose.read(ROOT / "docker-compose.yml", self.variables).items()
            if "profiles" not in says
        }

    def _write_environment(self) -> dict[str, str]:
        variables = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "SITE_URL": f"https://localhost:{HTTPS}",
            "EMAIL_URL": f"smtp://{self.gateway}:{SMTP}",
            "DATABASE_PASSWORD": secrets.token_hex(12),
        }
        env = self.folder / "env"
        env.write_text("".join(f"{name}={value}\n" for name, value in variables.items()))
        resolver = self.folder / "resolver.conf"
        resolver.write_text(f"resolver {self.gateway} valid=5s ipv6=off;\n")
        return variables | {
            "ENV_FILE": str(env),
            "TLS_FOLDER": str(self.folder / "tls"),
            "RESOLVER": str(resolver),
            "HTTP_PORT": str(HTTP),
            "HTTPS_PORT": str(HTTPS),
        }

    def start(self, *names: str) -> None:
        for name in names or self._order():
            says = self.services[name]
            once = says.get("restart") == "no"
            how = ["--rm"] if once else ["--detach"]
            lab.run(["podman", "run", *how, *compose.words(name, says, self.place)])
            lab.hold_the_address_of_the_bridge(self.place.name)
            if not once and name != "worker":  # the clock needs beat, too: asked when both run
                self.wait_for(name)

    def _order(self) -> list[str]:
        """Who waits for whom, by depends_on; the clock needs worker and beat together."""
        order: list[str] = []
        while len(order) < len(self.services):
            order += [
                name
                for name, says in self.services.items()
                if name not in order and set(says.get("depends_on", {})) <= set(order)
            ]
        return order

    def wait_for(self, name: str) -> None:
        check = compose.health(self.services[name], DOCKERFILE)
        until = time.monotonic() + 90
        while self.exec(name, check, check_=False).returncode:
            if time.monotonic() > until or not self._runs(name):
                raise AssertionError(f"{name} does not come up:\n{self.log(name)}")
            time.sleep(0.5)

    def _runs(self, name: str) -> bool:
        words = ["podman", "inspect", "--format", "{{.State.Running}}", self.place.container(name)]
        return lab.run(words) == "true"

    def log(self, name: str) -> str:
        words = ["podman", "logs", "--tail", "30", self.place.container(name)]
        said = subprocess.run(words, capture_output=True, text=True, check=False)
        return said.stdout + said.stderr

    def exec(
        self, name: str, words: list[str], given: bytes = b"", *, check_: bool = True
    ) -> subprocess.CompletedProcess[bytes]:
        inside = ["podman", "exec", "--interactive", self.place.container(name), *words]
        return subprocess.run(inside, input=given, capture_output=True, check=check_, timeout=120)

    def once(self, name: str, words: list[str], given: bytes = b"") -> bytes:
        """What `docker compose run --rm` does: a container of its own for one command."""
        says = self.services[name] | {"command": words, "healthcheck": {"disable": True}}
        run = ["podman", "run", "--rm", "--interactive"]
        asked = [*run, *compose.words(f"{name}-once", says, self.place)]
        return subprocess.run(
            asked, input=given, capture_output=True, check=True, timeout=120
        ).stdout

    def shell(self, code: str, word: str) -> list[str]:
        said = self.exec("web", ["python", "manage.py", "shell"], code.encode()).stdout.decode()
        line = next(line for line in said.splitlines() if f"{word} " in line)
        return line[line.index(f"{word} ") :].split()[1:]

    def stop(self) -> dict[str, str]:
        """Stop everything in reverse, and say how each ended."""
        ended = {}
        for name in reversed(self._order()):
            if self.services[name].get("restart") == "no":
                continue
            container = self.place.container(name)
            patience = compose.seconds(self.services[name].get("stop_grace_period", "10s"))
            lab.run(["podman", "stop", "--time", str(patience), container])
            ended[name] = lab.run(
                ["podman", "inspect", "--format", "{{.State.ExitCode}}", container]
            )
        return ended

    def remove(self) -> None:
        for name in self.services:
            _try(["podman", "rm", "--force", "--time", "0", self.place.container(name)])
        for volume in ("media", "database"):
            _try(["podman", "volume", "rm", "-f", f"{self.place.name}-{volume}"])
        _try(["podman", "network", "rm", "-f", self.place.name])


def _try(words: list[str]) -> None:
    """Run a command that may find nothing to do."""
    subprocess.run(words, capture_output=True, check=False)


@contextlib.contextmanager
def stack(name: str, folder: Path) -> Iterator[Stack]:
    running = Stack(f"{name}-{os.getpid()}", folder)
    try:
        yield running
    finally:
        running.remove()


def certificate(folder: Path) -> None:
    """A certificate that nobody trusts, for the proxy."""
    folder.mkdir()
    lab.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
        + ["-subj", "/CN=localhost", "-keyout", f"{folder}/key.pem"]
        + ["-out", f"{folder}/certificate.pem"]
    )
    (folder / "key.pem").chmod(0o644)  # in a folder of our own; the proxy is another user


def trusting() -> ssl.SSLContext:
    """Trusts whoever answers: it is our own certificate, on our own machine."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def ask(words: str, patience: float = 10) -> str:
    """The first line of an answer through the proxy."""
    trust = trusting()
    with (
        socket.create_connection(("127.0.0.1", HTTPS), patience) as plain,
        trust.wrap_socket(plain, server_hostname="localhost") as line,
    ):
        line.sendall(words.encode())
        return line.recv(4096).split(b"\r\n")[0].decode()


def slow_senders_hold_nobody() -> None:
    """Sixty half bodies, and a long one: the others are served."""
    half = f"POST /logga-in/ HTTP/1.1\r\nHost: localhost:{HTTPS}\r\nContent-Length: 1000\r\n\r\nx"
    trust = trusting()
    with contextlib.ExitStack() as lines:
        for _ in range(60):
            plain = lines.enter_context(socket.create_connection(("127.0.0.1", HTTPS), 10))
            line = lines.enter_context(trust.wrap_socket(plain, server_hostname="localhost"))
            line.sendall(half.encode())
        began = time.monotonic()
        page = ask(f"GET /om/ HTTP/1.1\r\nHost: localhost:{HTTPS}\r\nConnection: close\r\n\r\n")
        took = time.monotonic() - began
    if " 200 " not in page or took > 5:
        raise AssertionError(f"sixty slow senders: {page} after {took:.1f} s")
    long = half.replace("1000", str(300 * 1024 * 1024))
    if " 413 " not in ask(long):
        raise AssertionError("a body of 300 MB is not refused")
    say(f"sixty slow senders: a page after {took:.2f} s; 300 MB refused")


def documented(marker: str) -> list[str]:
    """The words of the documented command with *marker*, after the name of its service."""
    (words,) = compose.commands(OPERATIONS, marker)
    words = words[: next((i for i, word in enumerate(words) if word in "<>"), len(words))]
    service = next(i for i, word in enumerate(words) if word in {"db", "web"})
    return words[service + 1 :]


def say(what: str) -> None:
    print(f"{time.monotonic() - BEGAN:6.1f} s  {what}", flush=True)


BEGAN = time.monotonic()


def try_it(folder: Path, sink: Sink) -> None:
    certificate(folder / "tls")
    with stack("northstar-test", folder) as first:
        first.start()
        first.wait_for("worker")
        say("all services are well")
        (session,) = first.shell(SEED, "session")
        walk(f"https://localhost:{HTTPS}", session, lambda: sink.texts, folder / "prov.pdf")
        say("logged in, registered, a letter came, a file went in and out")
        slow_senders_hold_nobody()
        rows = first.shell(COUNT, "rows")
        dump = first.exec("db", documented("pg_dump")).stdout
        files = first.once("web", documented("tar -C /media -cf"))
        ended = first.stop()
        if bad := {name: code for name, code in ended.items() if code not in {"0"}}:
            said = "\n".join(f"{name}:\n{first.log(name)}" for name in bad)
            raise AssertionError(f"did not stop cleanly: {bad}\n{said}")
        say(f"backed up ({len(dump)} and {len(files)} bytes) and stopped")
    with stack("northstar-again", folder) as second:
        restore(second, rows, dump, files)


def restore(second: Stack, rows: list[str], dump: bytes, files: bytes) -> None:
    second.start("db", "redis")
    second.exec("db", documented("pg_restore"), dump)
    second.once("web", documented("tar -C /media -xf"), files)
    second.start("migrate", "web")
    again = second.shell(COUNT, "rows")
    if again != rows:
        raise AssertionError(f"restored {again}, not {rows}")
    names = second.exec("web", ["find", "/media", "-type", "f"]).stdout.split()
    if not names:
        raise AssertionError("no file was restored")
    say(f"restored: {' '.join(rows)} rows and {len(names)} file")


def main() -> int:
    images = [line.split()[1] for line in DOCKERFILE.splitlines() if line.startswith("FROM ")] + [
        says["image"]
        for says in yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"].values()
        if "build" not in says and "profiles" not in says
    ]
    try:
        lab.set_up(sorted(set(images)))
    except lab.NoLab as why:
        print(f"image not tested: {why}")
        return 0
    say("this machine runs images")
    lab.build("localhost/northstar:latest", str(ROOT))
    say("the image is built")
    sink = Sink()
    post = Controller(sink, hostname="0.0.0.0", port=SMTP)  # noqa: S104 (the containers' way out)
    post.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)
            try_it(Path(folder), sink)
    finally:
        post.stop()
    say("done")
    return 0


if __name__ == "__main__":
    sys.exit(main())
