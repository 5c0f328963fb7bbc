"""The broker's queue, in which no task waits twice.

A sweep finds all there is to do, so a second call that waits behind the first is of no use. Where
the broker is slow, or the worker busy, beat calls faster than anybody comes: without this the queue
grows until each call in it is too old by the time it is taken, and nothing is done at all.
"""

from typing import Any, ClassVar

from kombu.transport import TRANSPORT_ALIASES, redis
from kombu.utils.json import dumps

# In one round trip, for each of them may take a second.
_PUT = """
    if ARGV[1] ~= '' and redis.call('LPOS', KEYS[1], ARGV[1]) then return 0 end
    return redis.call('LPUSH', KEYS[1], ARGV[2])
"""


class Channel(redis.Channel):
    """As kombu's, but that what was called and still waits is not called again."""

    _called: ClassVar[dict[str, str]] = {}  # of each task the last call of this process

    def _put(self, queue: str, message: dict[str, Any], **kwargs: Any) -> None:
        task = message["headers"].get("task")
        if task is None:  # no task: what workers say to whoever inspects them
            super()._put(queue, message, **kwargs)
            return
        key = self._q_for_pri(queue, self._get_message_priority(message, reverse=False))
        call = dumps(message)
        with self.conn_or_acquire() as client:
            if client.eval(_PUT, 1, key, self._called.get(task, ""), call):
                self._called[task] = call


class Transport(redis.Transport):
    Channel = Channel


def use() -> None:
    """Let addresses that begin with redis:// lead to such a queue."""
    TRANSPORT_ALIASES["redis"] = TRANSPORT_ALIASES["rediss"] = "northstar.clock.calls:Transport"
