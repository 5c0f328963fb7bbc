import json
from subprocess import CompletedProcess

import pytest

from tools import audit


def answer(*packages):
    return json.dumps({"dependencies": list(packages), "fixes": []})


WELL = {"name": "Django", "version": "5.2.19", "vulns": []}
SKIPPED = {"name": "django", "skip_reason": "Dependency not found on PyPI"}
ILL = {
    "name": "django",
    "version": "5.2.1",
    "vulns": [{"id": "PYSEC-2025-1", "fix_versions": ["5.2.2"]}],
}


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        (answer(WELL), []),
        (answer(ILL), ["django 5.2.1: PYSEC-2025-1, mended in 5.2.2"]),
        (answer(SKIPPED), ["nothing was audited"]),
        (answer(), ["nothing was audited"]),
        ("No known vulnerabilities found", ["nothing was audited"]),
        ("", ["nothing was audited"]),
        ("[]", ["nothing was audited"]),
        (answer({"name": "celery", "version": "5.7", "vulns": []}), ["django: was not audited"]),
    ],
)
def test_only_an_answer_about_every_package_is_an_audit(said, faults):
    assert list(audit.faults(said, {"django"})) == faults


@pytest.mark.parametrize(
    ("said", "code", "result"),
    [
        (answer(WELL), 0, 0),
        (answer(WELL), 1, 1),
        (answer(ILL), 1, 1),
        (answer(SKIPPED), 0, 1),
        ("No known vulnerabilities found", 0, 1),
    ],
)
def test_the_audit_fails_unless_all_is_well(monkeypatch, said, code, result):
    monkeypatch.setattr(audit, "names_in", lambda lock: ["django"])
    monkeypatch.setattr(audit, "asked", lambda lock: CompletedProcess([], code, said, ""))
    assert audit.main() == result


def test_one_bad_lock_among_three_is_enough_and_all_are_asked(monkeypatch):
    asked = []
    monkeypatch.setattr(audit, "names_in", lambda lock: ["django"])

    def one(lock):
        asked.append(lock)
        return CompletedProcess([], 0, answer(SKIPPED if lock == "base" else WELL), "")

    monkeypatch.setattr(audit, "asked", one)
    assert audit.main() == 1
    assert asked == ["base", "demo", "dev"]


def test_an_empty_lock_is_not_audited(monkeypatch):
    monkeypatch.setattr(audit, "names_in", lambda lock: [])
    monkeypatch.setattr(audit, "asked", lambda lock: CompletedProcess([], 0, answer(), ""))
    assert audit.main() == 1
