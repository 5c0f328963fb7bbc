"""Runs tests against one mutant after another: a process and a fresh copy of the database each."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from northstar.servers import embedded
from tests.mutants.targets import ROOT

PRISTINE = "mutants_pristine"
MAKE_PRISTINE = """
import django
django.setup()
from django.db import connection
connection.creation.create_test_db(verbosity=0, autoclobber=True)
"""
SPARE_S = 45.0  # what a run may take beside four times its tests, before it counts as a hang


@dataclass(frozen=True)
class Job:
    """One run of pytest: on which mutant (none: the code as it is), with which tests."""

    files: list[str]
    tests: list[str] = field(default_factory=list)  # in this order; empty: all of the files
    module: str = ""
    only: str = ""
    mutant: str = ""
    planted: tuple[str, str] | None = None
    watch: list[str] = field(default_factory=list)  # files whose lines are noted, by test
    stop_at_first: bool = True
    seconds: float = 900.0  # after which it counts as hanging


@dataclass(frozen=True)
class Outcome:
    """What became of a run: "passed", "failed", "hung", or "broken" where nothing was learnt."""

    verdict: str
    words: str = ""  # the end of what pytest said
    failed: tuple[str, ...] = ()
    passed: int = 0
    tests: dict[str, dict] = field(default_factory=dict)  # name -> seconds, lines


def verdict_of(code: int, report: dict, job: Job) -> str:
    """Never "failed" for a run that could not begin, and never "passed" for one without tests."""
    if job.module and not report.get("loaded"):
        return "broken"
    if code == pytest_code("failed") and report.get("failed"):
        return "failed"
    return "passed" if code == pytest_code("passed") and report.get("passed") else "broken"


def pytest_code(word: str) -> int:
    return {"passed": 0, "failed": 1}[word]


class Bench:
    """Two servers for all runs, and a database for each worker, copied anew before each run."""

    def __init__(self, servers: embedded.Servers, folder: Path) -> None:
        self.folder = folder
        self.base_url = servers.database_url.rsplit("/", 1)[0]
        self.admin_url = servers.database_url
        self.environment = os.environ | {
            "REDIS_URL": servers.redis_url,
            "DJANGO_SETTINGS_MODULE": "northstar.settings",
            "SECRET_KEY": "for mutants only, and long enough to be taken for a secret",
            "DEBUG": "0",
            "TESTING": "1",
            "STATIC_ROOT": str(folder),
            "MEDIA_ROOT": str(folder),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        made = subprocess.run(
            [sys.executable, "-c", MAKE_PRISTINE],
            cwd=ROOT,
            env=self.environment | {"DATABASE_URL": self._url(PRISTINE)},
            capture_output=True,
            text=True,
        )
        if made.returncode:
            raise RuntimeError(f"no database for the tests: {made.stderr[-800:]}")

    def run(self, job: Job, worker: int) -> Outcome:
        """Run the tests of *job* on the database of *worker*; one run a worker at a time."""
        self._copy_database(worker)
        place = self.folder / str(worker)
        place.mkdir(exist_ok=True)
        report = place / "report.json"
        report.unlink(missing_ok=True)
        (place / "job.json").write_text(json.dumps(asdict(job) | {"report": str(report)}))
        words = [sys.executable, "-m", "pytest", "-p", "tests.mutants.hook", "-p", "no:xdist"]
        words += ["-p", "no:cacheprovider", "-q", "--tb=line", "--no-header", "--reuse-db"]
        words += [*(["-x"] if job.stop_at_first else []), *job.files]
        environment = self.environment | {
            "DATABASE_URL": self._url(f"mutants_{worker}"),
            "MUTANTS_JOB": str(place / "job.json"),
        }
        with (place / "output").open("w+") as output:
            process = subprocess.Popen(
                words, cwd=ROOT, env=environment, stdout=output, stderr=output
            )
            try:
                code = process.wait(job.seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                return Outcome("hung")
            output.seek(0)
            said = output.read()[-1500:]
        told = json.loads(report.read_text()) if report.exists() else {}
        return Outcome(
            verdict_of(code, told, job),
            said,
            tuple(told.get("failed", ())),
            told.get("passed", 0),
            told.get("tests", {}),
        )

    def _url(self, name: str) -> str:
        return f"{self.base_url}/{quote(name)}"

    def _copy_database(self, worker: int) -> None:
        """Tests with real transactions empty the tables behind them: begin with none of that."""
        name = sql.Identifier(f"test_mutants_{worker}")
        with psycopg.connect(self.admin_url, autocommit=True) as admin:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            admin.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    name, sql.Identifier(f"test_{PRISTINE}")
                )
            )


@contextlib.contextmanager
def bench() -> Iterator[Bench]:
    with (
        tempfile.TemporaryDirectory(prefix="ns-mutants-") as folder,
        embedded.running() as servers,
    ):
        yield Bench(servers, Path(folder))
