"""The session must not praise tests that were not tried: each way of trying nothing ends with 1."""

import pytest

from tests.mutants import session
from tests.mutants.mutators import mutants_of
from tests.mutants.run import Bench, Job, Outcome, verdict_of
from tests.mutants.targets import AREAS, PLANTED, ROOT, Target, files_of_tests, targets

ARITHMETIC = "measures.figures.arithmetic"
NAMES = [f"tests/measures/figures/test_arithmetic.py::test_{n}" for n in ("add", "range", "shown")]


class StandIn:
    """Runs nothing: says of each kind of job what the test wants it to say."""

    def __init__(self, **answers):
        self.answers = answers
        self.jobs = []

    def run(self, job, worker):
        kind = "baseline" if job.watch else "planted" if job.planted else "again"
        kind = "mutant" if job.mutant else kind
        self.jobs.append((kind, job))
        answer = self.answers.get(kind)
        if answer is not None:
            return answer(job) if callable(answer) else answer
        return getattr(self, kind)(job)

    def baseline(self, job):
        every_line = {path: list(range(1, 400)) for path in job.watch}
        tests = {name: {"seconds": 0.1 * n, "lines": every_line} for n, name in enumerate(NAMES)}
        return Outcome("passed", passed=len(tests), tests=tests)

    def planted(self, job):
        return Outcome("failed", failed=(NAMES[0],))

    def mutant(self, job):
        return Outcome("failed", failed=(NAMES[0],))

    def again(self, job):
        return Outcome("passed", passed=1)


def drawn(number=20):
    target = Target(ARITHMETIC)
    found = mutants_of(target.path.read_text())[:number]
    return [session.Drawn(target, mutant) for mutant in found]


def tried(runner, mutants=None, answers=None):
    said = []
    chosen = drawn() if mutants is None else mutants
    return session.try_all(runner, chosen, answers or {}, 2, said.append), "\n".join(said)


def test_all_killed_is_well():
    code, said = tried(StandIn())
    assert code == 0
    assert "20 tried: 20 killed, 0 survive" in said


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"baseline": Outcome("failed", failed=("t::x",))}, "do not pass without any fault"),
        ({"baseline": Outcome("broken", "no such database")}, "no such database"),
        ({"baseline": Outcome("hung")}, "do not pass without any fault"),
        ({"baseline": Outcome("passed")}, "no test was run"),
        (
            {"planted": Outcome("passed", passed=3)},
            "planted fault in learning.places.waitlist was not",
        ),
        ({"planted": Outcome("broken")}, "planted fault in learning.places.waitlist was not"),
        ({"planted": Outcome("hung")}, "planted fault in learning.places.waitlist was not"),
        ({"again": Outcome("failed", failed=(NAMES[0],))}, "fails without it"),
        ({"mutant": Outcome("broken", "no such plugin")}, "no such plugin"),
    ],
)
def test_a_session_that_learns_nothing_fails(answers, words):
    code, said = tried(StandIn(**answers))
    assert code == 1
    assert words in said


def test_nothing_drawn_is_a_failure():
    runner = StandIn()
    assert tried(runner, [])[0] == 1
    assert runner.jobs == []


def test_a_baseline_that_fails_tries_no_mutant():
    runner = StandIn(baseline=Outcome("failed", failed=("t::x",)))
    tried(runner)
    assert {kind for kind, _ in runner.jobs} == {"baseline"}


def surviving(*ids):
    """A run in which the mutants with these ids survive, and all others die."""

    def answer(job):
        if job.mutant in ids:
            return Outcome("passed", passed=3)
        return Outcome("failed", failed=(NAMES[1],))

    return StandIn(mutant=answer)


def test_a_survivor_is_printed_and_must_be_answered():
    one = drawn()[3].mutant
    code, said = tried(surviving(one.id))
    assert code == 1
    assert f"SURVIVES {one.id}  {ARITHMETIC}:{one.line}" in said
    assert f"- {one.before}\n    + {one.after}" in said
    assert "95.0 % of 20" in said

    code, said = tried(surviving(one.id), answers={one.id: ("tolerable", "A page says it.")})
    assert code == 0
    assert "95.0 % of 20" in said
    assert "tolerable: A page says it." in said


def test_an_equivalent_one_is_left_out_of_the_count_and_one_that_dies_is_none():
    one = drawn()[3].mutant
    answers = {one.id: ("equivalent", "Nothing is divided.")}
    code, said = tried(surviving(one.id), answers=answers)
    assert code == 0
    assert "100.0 % of 19" in said
    assert tried(surviving(), answers=answers)[0] == 1


def test_too_many_survivors_fail_however_well_they_are_answered():
    ids = [one.mutant.id for one in drawn()[:4]]
    answers = {name: ("tolerable", "Because.") for name in ids}
    assert tried(surviving(*ids[:3]), answers=answers)[0] == 0
    assert tried(surviving(*ids), answers=answers)[0] == 1


def test_one_that_hangs_is_killed():
    code, said = tried(StandIn(mutant=Outcome("hung")))
    assert (code, "20 killed" in said) == (0, True)


def test_one_that_no_test_touches_survives_untried():
    def elsewhere(job):
        tests = {NAMES[0]: {"seconds": 1, "lines": {path: [1, 2] for path in job.watch}}}
        lines = {
            str(Target(one.module).path): [
                number
                for number, line in enumerate(Target(one.module).path.read_text().split("\n"), 1)
                if one.before in line
            ]
            for one in PLANTED
        }
        tests[NAMES[0]]["lines"] |= lines
        return Outcome("passed", passed=1, tests=tests)

    runner = StandIn(baseline=elsewhere)
    code, said = tried(runner)
    assert code == 1
    assert "SURVIVES" in said
    assert sum(kind == "mutant" for kind, _ in runner.jobs) < 20


def test_the_quickest_tests_that_touch_the_line_come_first():
    known = session.Known()
    lines = {"a.py": [1, 2]}
    known.learn({"slow": {"seconds": 2, "lines": lines}, "quick": {"seconds": 1, "lines": lines}})
    known.learn({"other": {"seconds": 0, "lines": {"a.py": [3], "b.py": [1]}}})
    assert known.tests_for("a.py", range(1, 3)) == ["quick", "slow"]
    assert known.tests_of_module("a.py") == ["other", "quick", "slow"]
    assert known.tests_for("c.py", [1]) == []


def test_the_same_seed_draws_the_same_and_another_others():
    ids = [one.mutant.id for one in session.draw(30, 1, [])]
    assert ids == [one.mutant.id for one in session.draw(30, 1, [])]
    assert len(set(ids)) == 30
    assert ids != [one.mutant.id for one in session.draw(30, 2, [])]
    assert [one.mutant.id for one in session.draw(0, 1, ids[:1])] == ids[:1]


def test_every_area_has_its_mutants_and_every_planted_fault_its_place():
    modules = {one.target.module for one in session.draw(10**6, 1, [])}
    for named in AREAS.values():
        assert set(named) <= modules
    assert len(session.draw(10**6, 1, [])) > 600
    assert sum(target.only == "visible_to" for target in targets()) >= 9
    for planted in PLANTED:
        assert Target(planted.module).path.read_text().count(planted.before) == 1
    assert len(PLANTED) == 3


def test_the_tests_tried_are_there_and_leave_out_what_is_slow():
    files = files_of_tests()
    assert len(files) > 30
    assert not any(path.startswith(("tests/browser", "tests/faults")) for path in files)
    assert all((ROOT / path).exists() for path in files)


def test_answers_are_one_line_each_and_speak_of_mutants_that_exist(tmp_path):
    existing = {one.mutant.id for one in session.draw(10**6, 1, [])}
    assert set(session.read_answers()) <= existing
    wrong = tmp_path / "answers"
    wrong.write_text("f-12345678 whatever Because.\n")
    with pytest.raises(session.Failed, match="whatever"):
        session.read_answers(wrong)


JOB = Job([], module=ARITHMETIC, mutant="f-1")


@pytest.mark.parametrize(
    ("code", "report", "verdict"),
    [
        (1, {"loaded": True, "failed": ["t"]}, "failed"),
        (0, {"loaded": True, "passed": 3}, "passed"),
        (0, {"loaded": True, "passed": 0}, "broken"),  # all were skipped
        (1, {"loaded": True, "failed": []}, "broken"),
        (1, {"loaded": False, "failed": ["t"]}, "broken"),  # the fault was never put in
        (0, {"loaded": False, "passed": 3}, "broken"),
        (2, {"loaded": True, "failed": ["t"]}, "broken"),  # interrupted, as by a faulty import
        (4, {}, "broken"),  # no such file
        (5, {"loaded": True}, "broken"),  # no test collected
    ],
)
def test_a_run_is_judged_by_what_it_did(code, report, verdict):
    assert verdict_of(code, report, JOB) == verdict


def test_without_a_database_there_is_no_bench(tmp_path):
    nowhere = type("Servers", (), {})()
    nowhere.database_url = f"postgresql://postgres@{str(tmp_path).replace('/', '%2F')}/postgres"
    nowhere.redis_url = "redis://127.0.0.1:1/0"
    with pytest.raises(RuntimeError, match="no database"):
        Bench(nowhere, tmp_path)
