"""What is measured of one server with one graph in it."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import chain, islice, repeat
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote, urlsplit

from c5graph.namespaces import ID, RDF, RDFS
from tests.bench.peers.kinds import KINDS, LOOKUPS, Kind, distinct, repeated
from tests.bench.peers.questions import saved_questions
from tests.bench.peers.servers import OURS, SERVERS, Started
from tests.bench.peers.subjects import Subject
from tests.bench.processes import memory, processor
from tests.bench.wire import Connection, Work, one_after_another, request, sparql, together

CLIENTS = 16
_KIND_SECONDS = 1.5
_CROWD_SECONDS = 4.0
_FASTEST = {"distinct": 20_000, "zipf": 30_000, "heavy": 500}  # answers a second
_LOOK, _RESTLESS = 0.5, 20.0  # seconds between looks whether a server is at rest, and at most
_MOST = 300  # requests of one kind by one client
_HEAVY = tuple(kind for kind in KINDS if not kind.lookup)
_NEIGHBOURS = f"""SELECT ?d ?p ?pl ?x ?xl {{
  {{ {{entity}} ?p ?x . BIND("out" AS ?d) }} UNION {{ ?x ?p {{entity}} . BIND("in" AS ?d) }}
  FILTER(?p != <{RDF}type>)
  OPTIONAL {{ ?x <{RDFS}label> ?xl FILTER(LANG(?xl) = "en") }}
  OPTIONAL {{ ?p <{RDFS}label> ?pl FILTER(LANG(?pl) = "en") }}
}} LIMIT 50"""
_EVIDENCE = f"""SELECT ?d ?p ?x ?xl ?claim ?gloss {{
  {{ {{entity}} ?p ?x . BIND("out" AS ?d)
    ?claim <{RDF}subject> {{entity}} ; <{RDF}predicate> ?p ; <{RDF}object> ?x }}
  UNION {{ ?x ?p {{entity}} . BIND("in" AS ?d)
    ?claim <{RDF}subject> ?x ; <{RDF}predicate> ?p ; <{RDF}object> {{entity}} }}
  ?claim <https://w3id.org/c5graph/ontology#gloss> ?gloss .
  OPTIONAL {{ ?x <{RDFS}label> ?xl FILTER(LANG(?xl) = "en") }}
}} LIMIT 50"""


@dataclass
class Measured:
    """Seconds at the median by kind, answers a second, and what the server took to get there.

    `client` and `server` are seconds of processor time of one answer in a crowd.
    """

    ready: float
    memory: float = 0.0
    once: dict[str, float] = field(default_factory=dict)
    again: dict[str, float] = field(default_factory=dict)
    rates: dict[str, float] = field(default_factory=dict)
    client: dict[str, float] = field(default_factory=dict)
    server: dict[str, float] = field(default_factory=dict)
    saved: dict[str, float] = field(default_factory=dict)
    refused: int = 0
    rows: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def measure(server: str, subject: Subject, folder: Path, share: float = 1.0) -> Measured:
    """Start the server, measure it, end it."""
    with SERVERS[server](subject, folder) as started:
        seen = _Seen(started, subject, Measured(started.ready), ours=server in OURS)
        seen.share = share
        seen.all()
        return seen.found


class _Seen:
    share = 1.0

    def __init__(self, started: Started, subject: Subject, found: Measured, *, ours: bool) -> None:
        self._url, self._started, self._subject = started.endpoints[0], started, subject
        self.found, self._ours = found, ours

    def all(self) -> None:
        self._rest()
        for kind in LOOKUPS:
            self._kind(kind)
        self._lookups_of_ours() if self._ours else self._kind(self._neighbours())
        if self._subject.shipped:
            self.found.saved = saved_questions(self._url, ours=self._ours)
        self._crowd("distinct", distinct(LOOKUPS, *self._things))
        self._crowd("zipf", repeated(LOOKUPS, *self._things))
        self.found.memory = self._memory()
        for kind in _HEAVY:
            if not self._kind(kind):
                return  # it may still be at work on that one
        self._crowd("heavy", distinct(_HEAVY, *self._things))
        self.found.memory = max(self.found.memory, self._memory())

    @property
    def _things(self) -> tuple[list[str], list[str]]:
        return list(self._subject.entities), list(self._subject.claims)

    def _memory(self) -> float:
        return sum(map(memory, self._started.processes))

    def _neighbours(self) -> Kind:
        return Kind("neighbours", _EVIDENCE if self._subject.shipped else _NEIGHBOURS)

    def _kind(self, kind: Kind) -> bool:
        """Different questions of the kind, then one again and again; False without an answer."""
        first = kind.ask(self._subject.entities[3], self._subject.claims[3])
        if not self._rows(kind.name, first):
            return False
        work = self._ready(distinct([kind], *self._things, seed=len(kind.name)))
        self._timed(kind.name, work, repeat((kind.name, sparql(self._url, first)), _MOST))
        return True

    def _timed(self, name: str, once: Work, again: Work) -> None:
        for into, work in ((self.found.once, once), (self.found.again, again)):
            tally = one_after_another(self._url, islice(work, _MOST), _KIND_SECONDS * self.share)
            self.found.refused += tally.refused
            if tally.seconds:
                into[name] = statistics.median(tally.seconds[name])

    def _rows(self, name: str, query: str) -> bool:
        connection = Connection(self._url)
        try:
            reply = connection.ask(sparql(self._url, query))
        except (TimeoutError, ConnectionError):
            return False
        finally:
            connection.close()
        if reply.status != 200:
            return False
        self.found.rows[name] = _size(reply.body)
        return True

    def _crowd(self, name: str, queries: Iterator[tuple[str, str]]) -> None:
        seconds = _CROWD_SECONDS * self.share
        # Made beforehand, since the client shares the machine; what is more than that is made
        # while it goes on.
        work = self._ready(queries)
        made = list(islice(work, int(_FASTEST[name] * seconds)))
        before = self._spent()
        tally = together(self._started.endpoints, chain(made, work), CLIENTS, seconds)
        self.found.refused += tally.refused
        self.found.rates[name] = tally.rate
        if tally.answered:
            self.found.client[name] = tally.processor / tally.answered
            self.found.server[name] = (self._spent() - before) / tally.answered

    def _rest(self) -> None:
        """Wait while the server is busy with what it does after its start."""
        until = time.perf_counter() + _RESTLESS
        while time.perf_counter() < until:
            before = self._spent()
            time.sleep(_LOOK)
            if self._spent() - before < _LOOK / 10:
                return

    def _spent(self) -> float:
        return sum(map(processor, self._started.processes))

    def _ready(self, queries: Iterator[tuple[str, str]]) -> Work:
        return ((name, sparql(self._url, text)) for name, text in queries)

    def _lookups_of_ours(self) -> None:
        """Neighbours and search by their own routes, uncached and repeated."""
        slugs = [iri.removeprefix(ID) for iri in self._subject.entities]
        self._await("/api/search?q=copper")
        self._await(f"/api/neighbours?entity={slugs[3]}")

        for name, make in (("neighbours", _neighbours(slugs)), ("text search", _search)):
            once = ((name, self._get(make(number))) for number in range(_MOST))
            self._timed(name, once, repeat((name, self._get(make(0))), _MOST))
        for name, path in (("home page", "/"), ("ledger", "/api/ledger")):
            asked = (name, self._get(path))
            self._timed(name, iter([asked]), repeat(asked, 20))

    def _get(self, path: str) -> bytes:
        return request(self._url, path, "application/json, text/html;q=0.5")

    def _await(self, path: str) -> None:
        """Have a look-up made that is made when first asked for, and say how long it took."""
        begun = time.perf_counter()
        connection = Connection(self._url, patience=120)
        connection.ask(self._get(path))
        connection.close()
        name = urlsplit(path).path.rpartition("/")[2]
        self.found.once[f"first {name}"] = time.perf_counter() - begun


_WORDS = "pipeline copper summit corridor cotton grid uranium railway credit border gas dam".split()


def _search(number: int) -> str:
    """A search that differs from the others: the beginning of a word, a word, a number."""
    first, second = _WORDS[number % 12], _WORDS[(number * 5 + 1) % 12]
    return "/api/search?q=" + quote(f"{first[: 3 + number % 5]} {second} {number * 37 % 1000}")


def _neighbours(slugs: list[str]) -> Callable[[int], str]:
    random = Random(7)
    return lambda n: f"/api/neighbours?entity={random.choice(slugs)}&limit={50 - n % 9}"


def _size(body: bytes) -> int:
    """Rows of a table, statements of a graph, 1 or 0 of a truth."""
    if not body.startswith(b"{"):
        return len([line for line in body.splitlines() if line.strip()])
    read = json.loads(body)
    if "boolean" in read:
        return int(read["boolean"])
    return len(read["results"]["bindings"]) if "results" in read else -1
