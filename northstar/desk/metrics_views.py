"""Figures for a machine that watches the portal, in the format of Prometheus."""

from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from northstar.desk import state
from partners.models import ClockTick
from partners.post import main_stop


class Stands(Collector):
    """How the outbox and the clock stand when they are asked. Six queries."""

    def collect(self) -> Iterator[Metric]:
        now = timezone.now()
        queue = state.queue(now)
        oldest = (now - queue.oldest_due).total_seconds() if queue.oldest_due else 0.0
        gauges = {
            "northstar_letters_due": ("Letters that may leave now.", queue.due),
            "northstar_letters_to_be_tried_again": (
                "Letters that wait after a try that failed.",
                queue.to_be_tried_again,
            ),
            "northstar_letters_failed": ("Letters given up that are of use still.", queue.failed),
            "northstar_letters_oldest_due_seconds": ("Age of the oldest due letter.", oldest),
            "northstar_post_stopped": ("1 while somebody holds all letters.", main_stop.is_on()),
            "northstar_post_paused": (
                "1 while the mail server takes nothing.",
                bool(queue.paused_because),
            ),
        }
        for name, (words, value) in gauges.items():
            yield GaugeMetricFamily(name, words, value=float(value))
        ticks = GaugeMetricFamily(
            "northstar_clock_last_tick_seconds",
            "When a task of the clock last did its work, in seconds since 1970.",
            labels=["task"],
        )
        for task, ticked_at in ClockTick.objects.values_list("task", "ticked_at").order_by("task"):
            ticks.add_metric([task], ticked_at.timestamp())
        yield ticks


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, for whoever knows the token; without one set the page does not exist."""
    said = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN:
        raise Http404
    if not constant_time_compare(said, settings.METRICS_TOKEN):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    text = generate_latest(_counted()) + generate_latest(_standing())
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)


def _counted() -> CollectorRegistry:
    """What processes counted: of all of them where they share a folder, else of this one."""
    if not settings.METRICS_FOLDER:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=settings.METRICS_FOLDER)
    return registry


def _standing() -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(Stands())
    return registry
