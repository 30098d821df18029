"""What the service counts about itself, as Prometheus reads it at `/metrics`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

CONTENT_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4
_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "POST"})
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_NOW: Final = (
    ("workers", "Worker processes."),
    ("workers_idle", "Workers without a query."),
    ("requests_waiting", "Requests that wait for a worker."),
    ("data_loaded_timestamp_seconds", "When the data that are served were read."),
    ("reloads", "Reloads that led to newer data."),
    ("reloads_refused", "Reloads after which the older data stayed."),
    ("reload_failed", "1 while what the files hold cannot be served."),
)


class Telemetry:
    """Counts of one process; one for its life, whatever data version it serves."""

    def __init__(self) -> None:
        kept = self._registry = CollectorRegistry()
        self._requests = Counter(
            "c5graph_requests",
            "Requests answered.",
            ("route", "method", "status"),
            registry=kept,
        )
        self._seconds = Histogram(
            "c5graph_request_seconds",
            "Seconds until an answer was sent.",
            ("route",),
            buckets=_SECONDS,
            registry=kept,
        )
        self._errors = Counter("c5graph_errors", "Errors told, by code.", ("code",), registry=kept)
        self._data = Gauge("c5graph_data_info", "The data version.", ("version",), registry=kept)
        # Finding the series of some labels takes longer than counting.
        self._of = lru_cache(maxsize=1024)(self._series)
        self._running = Gauge("c5graph_requests_running", "Requests under way.", registry=kept)
        self._now = {name: Gauge(f"c5graph_{name}", told, registry=kept) for name, told in _NOW}

    def began(self) -> None:
        """A request has come."""
        self._running.inc()

    def ended(self, route: str, method: str, status: int, seconds: float, code: str) -> None:
        """A request has its answer, or its client left; `code` is that of an error."""
        self._running.dec()
        requests, timed = self._of(route, method if method in _METHODS else "other", status)
        requests.inc()
        timed.observe(seconds)
        if code:
            self._errors.labels(code).inc()

    def at_once(self, route: str, method: str, status: int) -> None:
        """An answer lay ready and was sent."""
        requests, timed = self._of(route, method, status)
        requests.inc()
        timed.observe(0.0)

    def _series(self, route: str, method: str, status: int) -> tuple[Counter, Histogram]:
        return self._requests.labels(route, method, status), self._seconds.labels(route)

    def written(self, now: Mapping[str, float], version: str) -> bytes:
        """The figures, with those of the moment."""
        self._data.clear()
        self._data.labels(version).set(1)
        for name, gauge in self._now.items():
            gauge.set(now.get(name, 0))
        return generate_latest(self._registry)
