"""The product's own settings, with the yardsticks' addresses added."""

from northstar.settings import *  # noqa: F403
from northstar.settings import DATABASES, env

ROOT_URLCONF = "tests.benchmarks.urls"

if env.bool("BENCH_CONNECTION_PER_REQUEST", default=False):
    DATABASES["default"]["OPTIONS"].pop("pool", None)
    DATABASES["default"]["CONN_MAX_AGE"] = 0
