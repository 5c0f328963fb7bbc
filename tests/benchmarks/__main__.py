"""How fast is it? Each goal beside its physical limit in the same run, as a ratio.

    make bench                       all of it
    .venv/bin/python -m tests.benchmarks pages files
    .venv/bin/python -m tests.benchmarks growth    in a database of its own

Ends with 1 if a goal is missed. Measures take turns with their limits, so that a busy machine slows
both alike.
"""

import os
import sys
import tempfile

import django

from northstar.servers import embedded

PARTS = ["pages", "seats", "files", "lists", "connections", "post", "sweep"]
ALONE = "growth"  # fills its database as it goes
SAFE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


def main(wanted):
    with (
        embedded.running(**SAFE) as servers,
        tempfile.TemporaryDirectory(prefix="ns-bench-") as folder,
    ):
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
            "SECRET_KEY": "for benchmarks only, and long enough to be taken for a secret",
            "DATABASE_URL": servers.database_url,
            "REDIS_URL": servers.redis_url,
            "SITE_URL": "http://localhost",
            "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
            "STATIC_ROOT": f"{folder}/static",
            "MEDIA_ROOT": f"{folder}/media",
            "STATEMENT_TIMEOUT": "60s",
            "LOG_LEVEL": "ERROR",
        }
        django.setup()
        from tests.benchmarks import measures  # noqa: PLC0415 (it needs the lines above)

        return measures.run(wanted or PARTS)


if __name__ == "__main__":
    if set(sys.argv[1:]) - set(PARTS) and sys.argv[1:] != [ALONE]:
        sys.exit(f"Parts are {', '.join(PARTS)}; or {ALONE}, alone.")
    sys.exit(main(sys.argv[1:]))
