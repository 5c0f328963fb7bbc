"""The large fuzz: `python -m tests.fuzz 50` sends 50 odd requests to each address as each role."""

import os
import sys

import pytest

if __name__ == "__main__":
    os.environ["FUZZ"] = sys.argv[1] if len(sys.argv) > 1 else "50"
    sys.exit(pytest.main(["tests/northstar/test_fuzz.py", "-n", "2", "-q"]))
