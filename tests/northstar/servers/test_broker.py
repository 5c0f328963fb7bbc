"""The embedded broker: asks for its password, and leaves nothing behind."""

import subprocess
import sys

from northstar.servers.broker import Broker


def test_the_broker_asks_for_its_password():
    broker = Broker()
    broker.start()
    try:
        assert f":{broker.password}@" in broker.url()
        answer = subprocess.run(
            [
                sys.executable,
                "-c",
                "import redis, sys\n"
                "try:\n    redis.Redis(port=int(sys.argv[1])).ping()\n"
                "except redis.AuthenticationError:\n    print('refused')",
                str(broker.port),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        assert answer.stdout.strip() == "refused"
    finally:
        broker.stop()


def test_a_broker_that_is_stopped_leaves_nothing():
    broker = Broker()
    broker.start()
    assert broker.is_running()
    broker.stop()
    assert not broker.is_running()
    assert not broker.scratch.exists()
