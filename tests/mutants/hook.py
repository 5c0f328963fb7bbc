"""The pytest plugin of a mutant's run: puts the fault in while the module is imported.

No file is touched. What is to be done stands in the file named by MUTANTS_JOB (see `run.Job`); what
was done is written to the job's `report`.
"""

import importlib.abc
import importlib.machinery
import json
import os
import sys
import time
from pathlib import Path

import coverage
import hypothesis
import pytest

from tests.mutants.mutators import tree_of
from tests.mutants.targets import LEFT_OUT_MARKS

JOB = json.loads(Path(os.environ["MUTANTS_JOB"]).read_text())
REPORT = {"loaded": False, "passed": 0, "failed": [], "tests": {}}


class Surgeon(importlib.abc.MetaPathFinder):
    """Finds the one module that is mutated, before anybody else does."""

    def find_spec(self, name, path=None, target=None):
        if name != JOB["module"]:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        spec.loader = Mutated(spec.loader.name, spec.loader.path)
        return spec


class Mutated(importlib.machinery.SourceFileLoader):
    """Compiles the module with its fault."""

    def get_code(self, name):
        source = Path(self.path).read_text()
        if JOB["planted"]:
            before, after = JOB["planted"]
            assert source.count(before) == 1, f"{before!r} is not in {name} once"
            code = compile(source.replace(before, after), self.path, "exec", dont_inherit=True)
        else:
            tree = tree_of(source, JOB["only"], JOB["mutant"])
            code = compile(tree, self.path, "exec", dont_inherit=True)
        REPORT["loaded"] = True
        return code


if JOB["module"]:
    assert JOB["module"] not in sys.modules, "imported before the fault could be put in"
    sys.meta_path.insert(0, Surgeon())

_tracer = None
if JOB["watch"]:
    _tracer = coverage.Coverage(data_file=None, config_file=False, include=JOB["watch"])
    _tracer.start()

# No shrinking and no memory: a mutant dies at the first example, and the same one next time.
hypothesis.settings.register_profile(
    "mutants",
    derandomize=True,
    database=None,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)
hypothesis.settings.load_profile("mutants")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config, items):
    """Keep the job's tests, in its order; pytest-django then puts real transactions last."""
    items[:] = [item for item in items if not any(map(item.get_closest_marker, LEFT_OUT_MARKS))]
    if JOB["tests"]:
        order = {name: number for number, name in enumerate(JOB["tests"])}
        chosen = sorted(
            (item for item in items if item.nodeid in order), key=lambda item: order[item.nodeid]
        )
        items[:] = chosen
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item, nextitem):
    if _tracer is not None:
        _tracer.switch_context(item.nodeid)
    began = time.perf_counter()
    try:
        return (yield)
    finally:
        REPORT["tests"][item.nodeid] = {"seconds": time.perf_counter() - began, "lines": {}}
        if _tracer is not None:
            _tracer.switch_context("")


def pytest_runtest_logreport(report):
    if report.failed:
        REPORT["failed"].append(report.nodeid)
    elif report.when == "call" and report.passed:
        REPORT["passed"] += 1


def pytest_sessionfinish(session):
    if _tracer is not None:
        _tracer.stop()
        _add_lines(_tracer.get_data())
    Path(JOB["report"]).write_text(json.dumps(REPORT))


def _add_lines(data):
    for path in data.measured_files():
        for line, contexts in data.contexts_by_lineno(path).items():
            for name in contexts:
                if name in REPORT["tests"]:
                    REPORT["tests"][name]["lines"].setdefault(path, []).append(line)
