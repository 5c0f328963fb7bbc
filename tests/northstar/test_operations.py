"""What the documents promise about running the portal, tried on the embedded servers."""

import ast
import contextlib
import http.client
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import yaml
from django.conf import settings
from psycopg import sql

from northstar.servers import postgres
from northstar.servers.broker import Broker, free_port
from tests.northstar.demo.test_supervisor import wait_for

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = (ROOT / "docker-compose.yml").read_text()
SERVICES = yaml.safe_load(COMPOSE)["services"]
OWN = [name for name, says in SERVICES.items() if "build" in says]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
README = (ROOT / "README.md").read_text()
MAKEFILE = (ROOT / "Makefile").read_text()


def test_every_variable_is_in_the_table_and_no_other():
    settings = (ROOT / "northstar" / "settings.py").read_text()
    read = set(re.findall(r"env\.[a-z_]+\(\s*[\"']([A-Z_]+)", settings))
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATIONS, flags=re.M))
    assert listed == read


def test_the_readme_is_short_and_its_commands_exist():
    assert len(README.splitlines()) <= 200
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, flags=re.M))
    named = {word for code in code_in(README) for word in re.findall(r"\bmake ([a-z-]+)", code)}
    assert {"demo", "test", "lint", "bench"} <= named <= targets
    gate = (ROOT / ".ci" / "run").read_text()
    for target in ("demo", "lint", "test"):
        assert f"make {target}" in gate
    for path in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / path).exists(), path


def code_in(paper):
    """The code of a paper: its blocks, then what stands between backticks in a line."""
    blocks = re.findall(r"^```\n(.*?)^```$", paper, flags=re.M | re.S)
    prose = re.sub(r"^```\n.*?^```$", "", paper, flags=re.M | re.S)
    return blocks + re.findall(r"`([^`]+)`", prose)


PAPERS = [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "docs/house.md",
    "docs/operations.md",
]


@pytest.mark.parametrize("name", PAPERS)
def test_what_a_paper_names_is_there(name):
    paper = (ROOT / name).read_text()
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, flags=re.M))
    for code in code_in(paper):
        assert set(re.findall(r"\bmake ([a-z-]+)", code)) <= targets
    for path in re.findall(r"\]\(((?!https:)[^)#]+)\)", paper):
        assert ((ROOT / name).parent / path).exists(), path


def test_all_targets_of_make_are_commands_and_not_files():
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, flags=re.M))
    assert set(re.search(r"^\.PHONY: (.+)$", MAKEFILE, flags=re.M)[1].split()) == targets


def test_contributing_is_one_page_and_what_it_sends_people_to_is_there():
    paper = (ROOT / "CONTRIBUTING.md").read_text()
    assert len(paper.splitlines()) <= 60
    for path in re.findall(r"`((?:tests|docs|northstar|templates|locale)/[\w./-]*)`", paper):
        assert (ROOT / path).exists(), path


def releases():
    """The numbered entries of the changelog as they stand there: version, day."""
    changes = (ROOT / "CHANGELOG.md").read_text()
    return re.findall(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)$", changes, flags=re.M)


def test_the_version_is_the_newest_of_the_changelog_and_the_portal_says_it(client, db):
    assert releases()[0][0] == settings.VERSION
    assert client.get("/health/").json() == {"database": "ok", "version": settings.VERSION}


def test_the_changelog_goes_from_new_to_old_and_leaves_no_heading_out():
    headings = re.findall(r"^## .*$", (ROOT / "CHANGELOG.md").read_text(), flags=re.M)
    assert len(releases()) == len([h for h in headings if h != "## [Unreleased]"])
    numbers = [tuple(map(int, version.split("."))) for version, _day in releases()]
    assert numbers == sorted(set(numbers), reverse=True)
    assert [day for _, day in releases()] == sorted((day for _, day in releases()), reverse=True)


def test_decisions_are_short():
    for note in (ROOT / "docs" / "decisions").glob("*.md"):
        assert len(note.read_text().splitlines()) <= 40, note.name


def command_of(service):
    """The command of a service in docker-compose.yml, as a list of words."""
    return SERVICES[service]["command"]


def gunicorn_words():
    dockerfile = (ROOT / "Dockerfile").read_text()
    return json.loads(
        re.search(r"^CMD (\[.+\])", dockerfile, flags=re.M | re.S)[1].replace("\\", "")
    )


def test_every_service_has_a_health_check_and_no_secret_is_written_down():
    own = {name for name, says in SERVICES.items() if "healthcheck" in says}
    assert own | {"web", "mail"} == set(SERVICES)  # web: its image's; mail: only to look at
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()
    assert "USER northstar" in (ROOT / "Dockerfile").read_text()
    assert "noeviction" in COMPOSE
    for name in ("SECRET_KEY", "DATABASE_PASSWORD", "EMAIL_URL"):
        assert (
            not re.search(rf"{name}=\S", (ROOT / ".env.example").read_text()) or name == "EMAIL_URL"
        )


def table():
    """Each variable of the table with its default, as it is written there."""
    return dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]+?) \|", OPERATIONS, flags=re.M))


def defaults():
    """Each variable the settings read, with the default in the code; no default: KeyError."""
    found = {}
    for call in ast.walk(ast.parse((ROOT / "northstar" / "settings.py").read_text())):
        if isinstance(call, ast.Call) and re.match(r"env\.\w+$", ast.unparse(call.func)):
            given = [word.value for word in call.keywords if word.arg == "default"]
            found[call.args[0].value] = given[0] if given else None
    return found


# Defaults that another setting decides, said in words.
IN_WORDS = {
    "ALLOWED_HOSTS": "the host of `SITE_URL`",
    "DEFAULT_FROM_EMAIL": "portal's name and contact address",
    "SECURE_SSL_REDIRECT": "on with `https://`",
    "STATIC_ROOT": "`staticfiles/`",
    "MEDIA_ROOT": "`media/`",
    "DEMO_DIR": "`.demo/`",
    "SECOND_FACTOR_REQUIRED": "on, but in the demo",
}


def test_every_default_of_the_table_is_the_one_of_the_code():
    said = table()
    for name, default in defaults().items():
        if name not in IN_WORDS:
            assert said[name] == in_the_table(default), name
    assert IN_WORDS.items() <= said.items()


def in_the_table(default):
    if default is None:
        return "must be set"
    if isinstance(default, ast.IfExp):  # that of the tests, else
        default = default.orelse
    value = ast.literal_eval(default)
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int):
        return str(value)
    return f"`{value}`" if value else "empty"


@pytest.mark.parametrize("service", OWN)
def test_every_variable_of_the_table_can_be_set_for_the_containers(service):
    says = SERVICES[service]
    assert says["env_file"] == "${ENV_FILE:-.env}"
    fixed = {name for name, value in says["environment"].items() if f"${{{name}:" not in value}
    own = {"migrate": {"STATEMENT_TIMEOUT"}, "web": {"PROMETHEUS_MULTIPROC_DIR"}}
    allowed = own.get(service, set())
    if service != "web":
        allowed = allowed | {"DATABASE_POOL"}  # a web's is one a thread; nothing else keeps any
    assert fixed <= allowed
    assert set(says["environment"]) <= set(table())


def test_what_compose_asks_for_is_what_the_example_of_env_has():
    asked = set(re.findall(r"\$\{(\w+):\?", COMPOSE))
    example = re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), flags=re.M)
    assert asked == set(example)
    assert asked - {"DATABASE_PASSWORD"} <= set(table())


def test_images_are_named_to_the_patch_and_the_python_is_one_python():
    dockerfile = (ROOT / "Dockerfile").read_text()
    bases = re.findall(r"^FROM (\S+)", dockerfile, flags=re.M)
    assert len(set(bases)) == 1
    for image in [*bases, *(s["image"] for n, s in SERVICES.items() if n not in OWN)]:
        assert re.search(r":v?\d+\.\d+(\.\d+)?(-[a-z-]+)?$", image), image
        assert image.split(":")[0].count("/") <= 1  # short names: the registry is the reader's


def test_only_the_proxy_can_be_reached_and_memory_has_a_size():
    doors = {name for name, says in SERVICES.items() if "ports" in says and "profiles" not in says}
    assert doors == {"proxy"}
    for name in [*OWN, "proxy"]:
        says = SERVICES[name]
        assert says["read_only"] is True
        assert says["cap_drop"] == ["ALL"]
        assert all(re.search(r"^/\w+:size=\d+m$", path) for path in says["tmpfs"])


def test_the_proxy_takes_in_whole_requests_and_is_not_waited_for_without_end():
    config = (ROOT / "proxy" / "nginx.conf").read_text()
    assert "proxy_request_buffering on;" in config
    assert {"client_header_timeout", "client_body_timeout"} <= set(config.split())
    assert "access_log off;" in config  # tokens of mailed links stand in addresses


def test_collected_files_can_be_read_by_another_user_and_have_small_copies(production):
    manage(production, "collectstatic", "--noinput")
    root = Path(production["STATIC_ROOT"])
    files = [path for path in root.rglob("*") if path.is_file()]
    assert len(files) > 20
    for path in files:
        assert path.stat().st_mode & 0o777 == 0o644, path
    for path in root.rglob("*"):
        assert not path.is_dir() or path.stat().st_mode & 0o055 == 0o055, path
    endings = {path.suffix for path in root.rglob("*.css.*")}
    assert {".gz", ".br"} <= endings


@pytest.fixture
def production(tmp_path):
    """The environment of production, on a database and a broker of its own."""
    database = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    name = f"operations_{os.getpid()}"
    broker = Broker()
    broker.start()
    database.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "SECRET_KEY": "for this test only, and long enough for the checks of a deployment",
        "SITE_URL": "https://northstar.example",
        "DATABASE_URL": os.environ["DATABASE_URL"].rsplit("/", 1)[0] + "/" + name,
        "REDIS_URL": broker.url(),
        "BEHIND_PROXY": "1",
        "STATIC_ROOT": str(tmp_path / "static"),
        "MEDIA_ROOT": str(tmp_path / "media"),
        "BEAT_SCHEDULE_FILE": str(tmp_path / "beat"),
    }
    yield environment
    broker.stop()
    drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
    database.execute(drop)
    database.close()


def run(words, environment, **more):
    return subprocess.run(words, cwd=ROOT, env=environment, check=True, timeout=120, **more)


def manage(environment, *words):
    return run([sys.executable, "manage.py", *words], environment, capture_output=True, text=True)


def answer(port, path):
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as web:
        try:
            web.request("GET", path, headers={"Host": "northstar.example"})
            return web.getresponse().status
        except OSError:
            return 0


def test_the_processes_of_production_run_and_the_clock_ticks(production):
    for step in re.findall(r"python manage.py (\w+)", " ".join(command_of("migrate"))):
        manage(production, step)
    manage(production, "collectstatic", "--noinput")
    manage(production, "check", "--deploy", "--fail-level", "WARNING")
    port = free_port()
    web = [word.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for word in gunicorn_words()]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes = [
        subprocess.Popen([sys.executable, "-m", *words], cwd=ROOT, env=production, **quiet)
        for words in (web, command_of("worker"), command_of("beat"))
    ]
    try:
        wait_for(lambda: answer(port, "/health/") == 200, 30)
        wait_for(lambda: answer(port, "/health/clock/") == 200, 40)
        assert answer(port, "/") == 301  # to https, which the proxy speaks
        assert (
            run(
                [sys.executable, "-m", "northstar.probe", f"http://127.0.0.1:{port}/health/clock/"],
                production,
            ).returncode
            == 0
        )
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=30)


def test_a_backup_can_be_restored(production, tmp_path):
    manage(production, "migrate")
    dump, restore = re.findall(
        r"exec -T db (pg_(?:dump|restore) .+?) [<>] northstar.dump", OPERATIONS
    )
    binaries = postgres._wheel_folder() / "pginstall" / "bin"
    address = production["DATABASE_URL"]

    def words(command):
        program, *rest = shlex.split(command)
        place = [f"--dbname={address}"]
        skip = {"-U", "northstar", "-d"}
        return [str(binaries / program), *(word for word in rest if word not in skip), *place]

    def areas(connection):
        found = connection.execute("SELECT title_sv FROM partners_focusarea ORDER BY position")
        return found.fetchall()

    with psycopg.connect(address) as connection:
        before = areas(connection)
    kept = run(words(dump), production, capture_output=True).stdout
    with psycopg.connect(address) as connection:
        connection.execute("DELETE FROM partners_focusarea")
    run(words(restore), production, input=kept)
    with psycopg.connect(address) as connection:
        assert areas(connection) == before
        assert len(before) == 5


def test_what_follows_in_the_address_of_the_database_holds_beside_our_limits():
    address = "postgres://u:p@db/name?sslmode=verify-full&options=-c%20lock_timeout%3D1s"
    code = "from northstar import settings; print(settings.DATABASES['default']['OPTIONS'])"
    environment = {**os.environ, "DATABASE_URL": address}
    said = run([sys.executable, "-c", code], environment, capture_output=True, text=True)
    options = ast.literal_eval(said.stdout)
    assert options["sslmode"] == "verify-full"
    assert options["options"].startswith("-c statement_timeout=10s ")
    assert options["options"].endswith(" -c lock_timeout=1s")
