"""Do the tests notice when the code is wrong? Small faults, one at a time, and who notices.

    make mutants                               300 of all possible ones, drawn by a fixed seed
    .venv/bin/python -m tests.mutants --number 50 --seed 7
    .venv/bin/python -m tests.mutants --only withdraw-8bff9c56

First the tests must pass on the code as it is, and three planted faults must be noticed; at the end
every test that noticed something must pass again on the code as it is. Ends with 1 otherwise, and
if fewer than 85 of 100 are killed or a survivor is not answered in tests/mutants/answers.

How it counts: killed are those that a test failed on, or that hung. A survivor answered there as
"equivalent" cannot be told from the code by any test and is left out of the count; one answered as
"tolerable" stays a survivor.
"""

import argparse
import sys

from tests.mutants import session
from tests.mutants.run import bench


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--number", type=int, default=300, help="how many are drawn")
    parser.add_argument("--seed", type=int, default=2030, help="which ones are drawn")
    parser.add_argument("--workers", type=int, default=2, help="how many are tried at a time")
    parser.add_argument("--only", action="append", default=[], help="the id of one to try")
    options = parser.parse_args(words)
    drawn = session.draw(options.number, options.seed, options.only)
    with bench() as place:
        return session.try_all(place, drawn, session.read_answers(), options.workers)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
