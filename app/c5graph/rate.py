"""How many requests a minute one client may send."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic
from typing import Final

from c5graph.errors import RequestError
from c5graph.patience import network

_CLIENTS: Final = 10_000
_MINUTE: Final = 60.0


class TooManyRequests(RequestError):
    """A client that sends more than it may."""

    code = "too_many_requests"
    status = 429

    def __init__(self, limit: int, wait: float) -> None:
        seconds = max(1, math.ceil(wait))
        super().__init__(
            f"More than {limit} requests a minute came from this address.",
            remedy=f"Go on in {seconds} seconds; a whole data set is better taken from a dump.",
        )
        self.headers = {"retry-after": str(seconds)}


class RateLimit:
    """A bucket a client that fills evenly; the clients not seen for longest are forgotten."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = monotonic) -> None:
        self._limit, self._clock = a_minute, clock
        self._seen: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def admit(self, client: str) -> None:
        """Count a request; raises TooManyRequests when the bucket is empty."""
        if self._limit <= 0:
            return
        now, name = self._clock(), network(client)
        left, before = self._seen.pop(name, (float(self._limit), now))
        left = min(self._limit, left + (now - before) * self._limit / _MINUTE)
        self._seen[name] = (left - 1 if left >= 1 else left, now)
        while len(self._seen) > _CLIENTS:
            self._seen.popitem(last=False)
        if left < 1:
            raise TooManyRequests(self._limit, (1 - left) * _MINUTE / self._limit)
