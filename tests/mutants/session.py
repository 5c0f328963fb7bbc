"""One session of mutants: the baseline, the planted, the drawn, the controls, and the verdict."""

import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Protocol

from tests.mutants.mutators import Mutant, mutants_of
from tests.mutants.run import SPARE_S, Job, Outcome
from tests.mutants.targets import PLANTED, Planted, Target, files_of_tests, targets

LEAST_PERCENT = 85
ANSWERS = Path(__file__).with_name("answers")
KINDS = {"equivalent", "tolerable"}


class Failed(Exception):
    """The session says nothing about the tests; why not."""


class Runner(Protocol):
    """What runs a job: run.Bench, or a stand-in."""

    def run(self, job: Job, worker: int) -> Outcome: ...


@dataclass(frozen=True)
class Drawn:
    """A mutant and the module it is in."""

    target: Target
    mutant: Mutant


@dataclass
class Known:
    """What the baseline taught: how long each test takes, and which lines it touches."""

    seconds: dict[str, float] = field(default_factory=dict)
    touching: dict[str, dict[int, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )

    def learn(self, tests: dict[str, dict]) -> None:
        for name, noted in tests.items():
            self.seconds[name] = noted["seconds"]
            for path, lines in noted["lines"].items():
                for line in lines:
                    self.touching[path][line].add(name)

    def tests_for(self, path: str, lines: Iterable[int]) -> list[str]:
        """The tests that touch one of *lines*, the quickest first."""
        found = set().union(*(self.touching[path].get(line, ()) for line in lines))
        return sorted(found, key=lambda name: (self.seconds[name], name))

    def tests_of_module(self, path: str) -> list[str]:
        return self.tests_for(path, list(self.touching[path]))


def draw(number: int, seed: int, only: list[str]) -> list[Drawn]:
    """*number* of all possible mutants, the same ones for the same *seed*; or those named."""
    possible = [
        Drawn(target, mutant)
        for target in targets()
        for mutant in mutants_of(target.path.read_text(), target.only)
    ]
    possible.sort(key=lambda drawn: drawn.mutant.id)
    if only:
        return [drawn for drawn in possible if drawn.mutant.id in only]
    return random.Random(seed).sample(possible, min(number, len(possible)))


def read_answers(path: Path = ANSWERS) -> dict[str, tuple[str, str]]:
    """Of each line "id kind sentence": the kind and the sentence, by id."""
    answers = {}
    for line in path.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            name, kind, sentence = line.split(maxsplit=2)
            if kind not in KINDS:
                raise Failed(f"{path.name}: {kind!r} is none of {sorted(KINDS)}")
            answers[name] = (kind, sentence)
    return answers


def try_all(
    runner: Runner,
    drawn: list[Drawn],
    answers: dict[str, tuple[str, str]],
    workers: int = 2,
    say: Callable[[str], None] = lambda text: print(text, flush=True),
) -> int:
    """The whole session; return what the command ends with."""
    began = time.monotonic()
    try:
        if not drawn:
            raise Failed("no mutant was drawn, so nothing was tried")
        known = look(runner, workers)
        say(f"{len(known.seconds)} tests pass on the code as it is ({_minutes(began)})")
        for planted in PLANTED:
            _must_die(runner, known, planted)
        say(f"{len(PLANTED)} planted faults are noticed ({_minutes(began)})")
        outcomes = _each(runner, known, drawn, workers, say)
        _must_pass_again(runner, known, outcomes, workers)
        say(f"every test that noticed one passes again without it ({_minutes(began)})")
        return _judge(drawn, outcomes, answers, say)
    except Failed as failure:
        say(f"FAILED: {failure}")
        return 1


def _minutes(began: float) -> str:
    return f"{(time.monotonic() - began) / 60:.1f} min"


def look(runner: Runner, workers: int) -> Known:
    """Run every test on the code as it is. Raises Failed unless all pass."""
    known = Known()
    watch = sorted({str(target.path) for target in targets()})
    by_size = sorted(files_of_tests(), key=lambda path: -Path(path).stat().st_size)
    for outcome in _side_by_side(
        runner,
        [
            Job(by_size[worker::workers], watch=watch, stop_at_first=False, seconds=1800)
            for worker in range(workers)
        ],
        workers,
    ):
        if outcome.verdict != "passed":
            raise Failed(f"the tests do not pass without any fault ({_why(outcome)})")
        known.learn(outcome.tests)
    if not known.seconds:
        raise Failed("no test was run")
    return known


def _why(outcome: Outcome) -> str:
    return f"{outcome.verdict}: {' '.join(outcome.failed) or outcome.words[-800:]}"


def _side_by_side(runner: Runner, jobs: list[Job], workers: int) -> list[Outcome]:
    """Run *jobs*, never two at once on one worker's database; their outcomes in order."""
    free: SimpleQueue[int] = SimpleQueue()
    for worker in range(workers):
        free.put(worker)

    def run(job: Job) -> Outcome:
        worker = free.get()
        try:
            return runner.run(job, worker)
        finally:
            free.put(worker)

    with ThreadPoolExecutor(workers) as threads:
        return list(threads.map(run, jobs))


def _job(known: Known, tests: list[str], **fault: object) -> Job:
    return Job(
        sorted({name.split("::")[0] for name in tests}),
        tests,
        seconds=SPARE_S + 4 * sum(known.seconds[name] for name in tests),
        **fault,
    )


def _must_die(runner: Runner, known: Known, planted: Planted) -> None:
    target = Target(planted.module)
    lines = target.path.read_text().splitlines()
    where = [number for number, line in enumerate(lines, 1) if planted.before in line]
    tests = known.tests_for(str(target.path), where)
    if not tests:
        raise Failed(f"no test touches the planted fault in {planted.module}")
    fault = (planted.before, planted.after)
    outcome = runner.run(_job(known, tests, module=planted.module, planted=fault), 0)
    if outcome.verdict != "failed":
        raise Failed(f"the planted fault in {planted.module} was not noticed ({_why(outcome)})")


def _each(
    runner: Runner,
    known: Known,
    drawn: list[Drawn],
    workers: int,
    say: Callable[[str], None],
) -> list[Outcome]:
    """Try each with the tests that touch its statement; without any, it survives untried."""
    lock, tried = threading.Lock(), []

    class Counting:
        def run(self, job: Job, worker: int) -> Outcome:
            outcome = runner.run(job, worker) if job.tests else Outcome("passed", "no test")
            with lock:
                tried.append(outcome)
                if len(tried) % 25 == 0:
                    alive = sum(one.verdict == "passed" for one in tried)
                    say(f"  {len(tried)} of {len(drawn)} tried, {alive} survive")
            return outcome

    return _side_by_side(Counting(), [_job_of(known, one) for one in drawn], workers)


def _job_of(known: Known, drawn: Drawn) -> Job:
    path, mutant = str(drawn.target.path), drawn.mutant
    if mutant.in_function:
        first, last = mutant.lines
        tests = known.tests_for(path, range(first, last + 1))
    else:  # run once, at import: whoever uses the module may notice
        tests = known.tests_of_module(path)
    target = drawn.target
    return _job(known, tests, module=target.module, only=target.only, mutant=mutant.id)


def _must_pass_again(runner: Runner, known: Known, outcomes: list[Outcome], workers: int) -> None:
    """A database that died, or a test that fails now and then, would kill every mutant."""
    names = sorted({name for one in outcomes for name in one.failed} & set(known.seconds))
    shares = [names[worker::workers] for worker in range(workers)]
    jobs = [_job(known, share) for share in shares if share]
    for outcome in _side_by_side(runner, jobs, workers):
        if outcome.verdict != "passed":
            raise Failed(f"a test that noticed a fault fails without it ({_why(outcome)})")


def _judge(
    drawn: list[Drawn],
    outcomes: list[Outcome],
    answers: dict[str, tuple[str, str]],
    say: Callable[[str], None],
) -> int:
    """Print every survivor and the count; 1 where the tests are not good enough."""
    broken = [pair for pair in zip(drawn, outcomes, strict=True) if pair[1].verdict == "broken"]
    for one, outcome in broken:
        say(f"BROKEN {one.mutant.id}: {outcome.words[-400:]}")
    survivors = [
        one for one, outcome in zip(drawn, outcomes, strict=True) if outcome.verdict == "passed"
    ]
    killed = len(drawn) - len(broken) - len(survivors)
    for one in sorted(survivors, key=lambda one: (one.target.module, one.mutant.line)):
        _print_survivor(one, answers, say)
    alive = {one.mutant.id for one in survivors}
    equivalent = sum(answers.get(name, ("",))[0] == "equivalent" for name in alive)
    wrong = sorted(
        one.mutant.id
        for one in drawn
        if one.mutant.id not in alive and answers.get(one.mutant.id, ("",))[0] == "equivalent"
    )
    unanswered = sorted(alive - set(answers))
    counted = killed + len(survivors) - equivalent
    percent = 100 * killed / counted if counted else 0.0
    say(
        f"{len(drawn)} tried: {killed} killed, {len(survivors)} survive, of these {equivalent} "
        f"equivalent and {len(unanswered)} not answered; {len(broken)} broken. "
        f"Killed: {percent:.1f} % of {counted} (at least {LEAST_PERCENT})"
    )
    if wrong:
        say(f"FAILED: answered as equivalent, and killed all the same: {' '.join(wrong)}")
    if unanswered:
        say(f"FAILED: not answered in tests/mutants/{ANSWERS.name}: {' '.join(unanswered)}")
    return int(bool(broken or wrong or unanswered or percent < LEAST_PERCENT))


def _print_survivor(
    one: Drawn, answers: dict[str, tuple[str, str]], say: Callable[[str], None]
) -> None:
    mutant = one.mutant
    say(f"SURVIVES {mutant.id}  {one.target.module}:{mutant.line}")
    say(f"    - {mutant.before}\n    + {mutant.after}")
    if mutant.id in answers:
        say("    {}: {}".format(*answers[mutant.id]))
