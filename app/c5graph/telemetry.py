"""What the service counts about itself, as Prometheus reads it at `/metrics`."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Final

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

CONTENT_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4
_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "POST"})
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_BOUNDS: Final = (*map(str, map(float, _SECONDS)), "+Inf")
_NOW: Final = (
    ("requests_running", "Requests under way."),
    ("workers", "Worker processes."),
    ("workers_idle", "Workers without a query."),
    ("requests_waiting", "Requests that wait for a worker."),
    ("data_loaded_timestamp_seconds", "When the data that are served were read."),
    ("reloads", "Reloads that led to newer data."),
    ("reloads_refused", "Reloads after which the older data stayed."),
    ("reload_failed", "1 while what the files hold cannot be served."),
)


class _Timed:
    """How many answers took how long."""

    __slots__ = ("buckets", "seconds")

    def __init__(self) -> None:
        self.buckets = [0] * len(_BOUNDS)
        self.seconds = 0.0

    def observe(self, seconds: float) -> None:
        self.buckets[bisect_left(_SECONDS, seconds)] += 1
        self.seconds += seconds


class _Counts(Collector):
    """Plain numbers, all of one thread: the library's own counters lock for each count."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, str]] = Counter()
        self.errors: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()
        self.timed: defaultdict[str, _Timed] = defaultdict(_Timed)

    def collect(self) -> Iterator[Metric]:
        requests = CounterMetricFamily(
            "c5graph_requests", "Requests answered.", labels=("route", "method", "status")
        )
        for labels, count in self.requests.items():
            requests.add_metric(labels, count)
        errors = CounterMetricFamily("c5graph_errors", "Errors told, by code.", labels=("code",))
        for code, count in self.errors.items():
            errors.add_metric((code,), count)
        ended = CounterMetricFamily(
            "c5graph_connections_ended",
            "Connections ended, by what ended them.",
            labels=("reason",),
        )
        for reason, count in self.ended.items():
            ended.add_metric((reason,), count)
        yield from (requests, self._seconds(), errors, ended)

    def _seconds(self) -> HistogramMetricFamily:
        found = HistogramMetricFamily(
            "c5graph_request_seconds", "Seconds until an answer was sent.", labels=("route",)
        )
        for route, timed in self.timed.items():
            together = accumulate(timed.buckets)
            buckets = [(bound, float(n)) for bound, n in zip(_BOUNDS, together, strict=True)]
            found.add_metric((route,), buckets, timed.seconds)
        return found


class Telemetry:
    """Counts of one process; one for its life, whatever data version it serves."""

    def __init__(self) -> None:
        kept = self._registry = CollectorRegistry()
        self._counts, self._running = _Counts(), 0
        kept.register(self._counts)
        self._data = Gauge("c5graph_data_info", "The data version.", ("version",), registry=kept)
        self._now = {name: Gauge(f"c5graph_{name}", told, registry=kept) for name, told in _NOW}

    def began(self) -> None:
        """A request has come."""
        self._running += 1

    def ended(self, route: str, method: str, status: int, seconds: float, code: str) -> None:
        """A request has its answer, or its client left; `code` is that of an error."""
        self._running -= 1
        known = method if method in _METHODS else "other"
        self._counts.requests[route, known, str(status)] += 1
        self._counts.timed[route].observe(seconds)
        if code:
            self._counts.errors[code] += 1

    def cut(self, reason: str) -> None:
        """A connection was ended, or refused, for one of the few reasons that there are."""
        self._counts.ended[reason] += 1

    def at_once(self, route: str, method: str, status: int) -> None:
        """An answer lay ready and was sent."""
        self._counts.requests[route, method, str(status)] += 1
        self._counts.timed[route].observe(0.0)

    def written(self, now: Mapping[str, float], version: str) -> bytes:
        """The figures, with those of the moment."""
        self._data.clear()
        self._data.labels(version).set(1)
        for name, gauge in self._now.items():
            gauge.set(now.get(name, 0))
        self._now["requests_running"].set(self._running)
        return generate_latest(self._registry)
