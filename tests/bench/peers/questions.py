"""The saved questions: ready at this service for its data version, and asked of peers as SPARQL."""

from __future__ import annotations

import statistics
import time
from itertools import repeat

from c5graph.catalogue import Catalogue
from tests.bench.wire import Connection, one_after_another, request, sparql

_TIMES, _SECONDS, _PATIENCE = 5, 0.3, 5.0
_TOGETHER = 60.0  # seconds after which no further question is asked


def saved_questions(url: str, *, ours: bool) -> dict[str, float]:
    """Seconds at the median of each saved question that the server answers, in its time."""
    found: dict[str, float] = {}
    until = time.perf_counter() + _TOGETHER
    for query in Catalogue():
        if time.perf_counter() > until:
            break
        asked = request(url, f"/api/queries/{query.name}") if ours else sparql(url, query.text)
        if not _answers(url, asked):
            continue
        work = repeat((query.name, asked), _TIMES)
        seconds = one_after_another(url, work, _SECONDS).seconds.get(query.name)
        if seconds:
            found[query.name] = statistics.median(seconds)
    return found


def _answers(url: str, asked: bytes) -> bool:
    connection = Connection(url, _PATIENCE)
    try:
        return connection.ask(asked).status == 200
    except (TimeoutError, ConnectionError):
        return False
    finally:
        connection.close()
