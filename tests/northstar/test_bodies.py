"""Bodies are refused by what they say of themselves, before anything reads them."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from northstar.middleware import LIMITS, MB, announced
from northstar.servers.broker import free_port
from tests.builders import make_session
from tests.northstar.demo.test_supervisor import wait_for

ROOT = Path(__file__).resolve().parents[2]
UPLOADS = {"material_upload": 51, "import_partners": 21, "import_attendance": 21}


class Unread:
    """A body that fails the test when somebody looks into it."""

    def read(self, *size):
        raise AssertionError("somebody has read the body")

    readline = readlines = __iter__ = read


def send(client, address, length, **headers):
    return client.generic(
        "POST",
        address,
        CONTENT_TYPE="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": str(length), "wsgi.input": Unread(), **headers},
    )


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/logga-in/", "/en/login/", "/finns-inte/", "/admin/"])
@pytest.mark.parametrize("length", [1 * MB + 1, 300 * MB, 10**30])
def test_a_long_body_is_refused_unread(client, address, length):
    answer = send(client, address, length)
    assert answer.status_code == 413
    assert "<h1>" in answer.content.decode()


@pytest.mark.django_db
def test_the_refusal_speaks_the_language_of_the_address(client):
    assert "för mycket" in send(client, "/logga-in/", 2 * MB).content.decode()
    assert "too much" in send(client, "/en/login/", 2 * MB).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "size"), UPLOADS.items())
def test_a_page_of_files_takes_its_file_from_those_who_log_in(client, kim, name, size):
    args = [make_session().pk] if name == "material_upload" else []
    address = reverse(name, args=args)
    assert send(client, address, 2 * MB).status_code == 413
    client.force_login(kim)
    assert send(client, address, size * MB + 1).status_code == 413
    with pytest.raises(AssertionError, match="has read the body"):
        send(client, address, size * MB)


@pytest.mark.django_db
def test_a_body_in_pieces_without_a_length_is_asked_for_its_length(client):
    assert send(client, "/logga-in/", "", HTTP_TRANSFER_ENCODING="chunked").status_code == 411


@pytest.mark.parametrize(
    ("said", "meant"),
    [("", 0), ("12", 12), ("-5", 0), ("١٢", 0), ("1e9", 0), ("9" * 5000, 10**20 - 1)],
)
def test_a_length_is_digits(said, meant):
    assert announced(RequestFactory().get("/", CONTENT_LENGTH=said)) == meant


def test_what_is_allowed_here_is_allowed_by_the_proxy_and_no_more():
    config = (ROOT / "proxy" / "nginx.conf").read_text()
    sizes = [int(size) for size in re.findall(r"client_max_body_size (\d+)m;", config)]
    assert sorted(set(sizes)) == sorted({1, *(size // MB for size in LIMITS.values())})
    assert {name: size // MB for name, size in LIMITS.items()} == UPLOADS
    for language, prefix in (("sv", ""), ("en", "/en")):
        for name, size in UPLOADS.items():
            assert limit_by_address(config, address_of(name, language)) == size, (name, prefix)
        assert limit_by_address(config, f"{prefix}/") == 1


def address_of(name, language):
    with translation.override(language):
        return reverse(name, args=[7] if name == "material_upload" else [])


def limit_by_address(config, address):
    for pattern, block in re.findall(r"location ~ (\S+) \{(.*?)\}", config, flags=re.S):
        if re.search(pattern, address):
            return int(re.search(r"client_max_body_size (\d+)m;", block)[1])
    return 1


# With the server of production, by raw sockets.


@pytest.fixture(scope="module")
def gunicorn(django_db_setup, tmp_path_factory):
    port = free_port()
    folder = tmp_path_factory.mktemp("bodies")
    environment = {**os.environ, "TESTING": "1", "TMPDIR": str(folder), "LOG_LEVEL": "WARNING"}
    environment["DATABASE_URL"] = "/".join(
        [os.environ["DATABASE_URL"].rsplit("/", 1)[0], connection.settings_dict["NAME"]]
    )
    log = (folder / "log").open("w+")
    words = [sys.executable, "-m", "gunicorn", "northstar.wsgi", f"--bind=127.0.0.1:{port}"]
    words += ["--worker-class=gthread", "--workers=1", "--threads=8", "--no-control-socket"]
    server = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=log, stderr=log)
    wait_for(lambda: first_line(port, b"GET /health/ HTTP/1.1\r\nHost: localhost\r\n\r\n"), 30)
    yield port, server, folder
    server.terminate()
    server.wait(timeout=30)
    log.close()


def first_line(port, said, *, pause=10):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 5) as line:
        line.settimeout(pause)
        line.sendall(said)
        return line.recv(4096).split(b"\r\n")[0].decode()
    return ""


def memory_of(process):
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    statuses = [Path(f"/proc/{child}/status").read_text() for child in children]
    return sum(int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) for status in statuses) // 1024


def head(address, *lines):
    return "\r\n".join([f"POST {address} HTTP/1.1", "Host: localhost", *lines, "", ""]).encode()


@pytest.mark.slow
@pytest.mark.parametrize("size", [300 * MB, 2048 * MB])
def test_row_65_a_huge_body_is_refused_at_once_and_kept_nowhere(gunicorn, size):
    port, server, folder = gunicorn
    before, began = memory_of(server), time.monotonic()
    kind = "Content-Type: multipart/form-data; boundary=x"
    said = head("/logga-in/", kind, f"Content-Length: {size}")
    with socket.create_connection(("127.0.0.1", port), 5) as line:
        line.sendall(said)
        assert line.recv(4096).startswith(b"HTTP/1.1 413 ")
        with contextlib.suppress(ConnectionError):  # it is free to hang up
            for _ in range(64):
                line.sendall(b"x" * MB)
    assert time.monotonic() - began < 5
    assert memory_of(server) - before < 64
    assert {path.name for path in folder.iterdir()} <= {"log"} | worker_files(folder)


def worker_files(folder):
    """gunicorn's own sign of life, empty."""
    return {path.name for path in folder.iterdir() if path.stat().st_size == 0}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (head("/logga-in/", "Transfer-Encoding: chunked") + b"5\r\nhello\r\n0\r\n\r\n", "411"),
        (head("/", "Content-Length: 5", "Transfer-Encoding: chunked") + b"0\r\n\r\n", "400"),
        (head("/", "Content-Length: 5", "Content-Length: 6") + b"hello", "400"),
        (head("/", "Content-Length: -5"), "400"),
        (head("/", "Transfer-Encoding: gzip"), "400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", "400"),
        (b"GET / HTTP/1.1\r\nHost: local\x00host\r\n\r\n", "400"),
    ],
)
def test_row_61_junk_is_400_and_pieces_are_411(gunicorn, said, answer):
    port, _server, _folder = gunicorn
    assert first_line(port, said).split()[1] == answer


@pytest.mark.slow
def test_head_has_the_headers_of_the_page_and_no_body_to_warn_of(gunicorn):
    port, _server, folder = gunicorn
    for address in ("/", "/om/", "/health/", "/finns-inte/"):
        with socket.create_connection(("127.0.0.1", port), 5) as line:
            line.settimeout(10)
            line.sendall(
                f"HEAD {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
            )
            said = b"".join(iter(lambda line=line: line.recv(65536), b""))
        assert said.endswith(b"\r\n\r\n")
        assert int(re.search(rb"Content-Length: (\d+)", said)[1]) > 0
    assert "no-body" not in (folder / "log").read_text()
