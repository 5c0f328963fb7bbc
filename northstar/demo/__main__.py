"""What `manage.py demo` and `python -m northstar.demo` run."""

import sys

try:
    from northstar.demo import supervisor
except ModuleNotFoundError as missing:
    sys.exit(
        f"The demo's packages are not all here ({missing.name} is missing). `make demo` installs "
        "them, or: pip install --require-hashes -r requirements/demo.txt"
    )

if __name__ == "__main__":
    sys.exit(supervisor.main([word for word in sys.argv[1:] if word != "demo"]))
