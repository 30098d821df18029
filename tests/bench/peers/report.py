"""Compares the figures of one run with the targets, as lines to print and as a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.bench.peers.kinds import KINDS
from tests.bench.peers.remarks import REMARKS
from tests.bench.peers.servers import OURS, PEERS

_MS, _MICRO = 1000, 1_000_000
_MEMORY = 1536.0
_READY = {"c5graph, on disk": 2.0}
Servers = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Verdict:
    """One target: what was measured, what it had to be, whether it was reached."""

    server: str
    target: str
    measured: str
    reached: bool

    def line(self) -> str:
        verdict = "reached" if self.reached else "MISSED"
        return f"{verdict:8} {self.server:24} {self.target}: {self.measured}"


def verdicts(servers: Servers) -> Iterator[Verdict]:
    """Every target that the servers of one graph were measured for."""
    peers = {name: servers[name] for name in PEERS if name in servers}
    for name in OURS:
        if name in servers:
            yield from _of(name, servers[name], peers)


def _of(name: str, found: dict[str, Any], peers: Servers) -> Iterator[Verdict]:
    memory = peers.get("oxigraph")
    if memory is not None:
        yield from _once(name, found, memory)
        yield _rate(name, found, {"oxigraph": memory}, "distinct", 0.35)
    others = {each: peer for each, peer in peers.items() if each != "oxigraph"}
    if others:
        yield _rate(name, found, others, "distinct", 1.2)
    if peers:
        yield from _again(name, found, peers)
        yield _rate(name, found, peers, "zipf", 2.0)
        yield from _look_ups(name, found, peers)
    yield _below(name, "a text search below", found["once"].get("text search"), 0.005)
    yield _below(name, "ready within", found["ready"], _READY.get(name, 20.0))
    yield Verdict(
        name, f"memory below {_MEMORY:.0f} MiB", f"{found['memory']:.0f}", found["memory"] < _MEMORY
    )


def _once(name: str, found: dict[str, Any], oxigraph: dict[str, Any]) -> Iterator[Verdict]:
    for kind in _shared(found, oxigraph, "once"):
        mine, theirs = found["once"][kind], oxigraph["once"][kind]
        reached = mine <= max(1.3 * theirs, theirs + 0.0006)
        yield Verdict(name, f"{kind}, uncached, as Oxigraph", _pair(mine, theirs), reached)


def _again(name: str, found: dict[str, Any], peers: Servers) -> Iterator[Verdict]:
    for kind in (each.name for each in KINDS):
        theirs = [peer["again"][kind] for peer in peers.values() if kind in peer["again"]]
        if theirs and kind in found["again"]:
            mine = found["again"][kind]
            told = _pair(mine, min(theirs))
            yield Verdict(name, f"{kind}, repeated, as the fastest", told, mine < min(theirs))


def _look_ups(name: str, found: dict[str, Any], peers: Servers) -> Iterator[Verdict]:
    for which, bound in (("once", 1.5), ("again", 1.0)):
        theirs = [
            peer[which]["neighbours"] for peer in peers.values() if "neighbours" in peer[which]
        ]
        if theirs and "neighbours" in found[which]:
            mine, best = found[which]["neighbours"], min(theirs)
            limit = max(bound * best, best + 0.0003) if which == "once" else best
            yield Verdict(name, f"neighbours, {which}", _pair(mine, best), mine <= limit)
    yield from _prepared(name, found, peers.get("virtuoso", {}))


def _prepared(name: str, found: dict[str, Any], virtuoso: dict[str, Any]) -> Iterator[Verdict]:
    """What is made once a data version, against what Virtuoso needs for it each time."""
    for page, kind in (("home page", "class counts"), ("ledger", "grouped sums")):
        theirs, mine = virtuoso.get("once", {}).get(kind), found["again"].get(page)
        if theirs is not None:
            yield _below(name, f"{page}, repeated, below Virtuoso's {kind}", mine, theirs)
    shared = found.get("saved", {}).keys() & virtuoso.get("saved", {}).keys()
    if shared:
        slower = [each for each in shared if found["saved"][each] >= virtuoso["saved"][each]]
        told = f"{len(shared) - len(slower)} of {len(shared)}, {_together(found, virtuoso, shared)}"
        yield Verdict(name, "saved questions below Virtuoso's", told, not slower)


def _together(found: dict[str, Any], other: dict[str, Any], shared: Iterable[str]) -> str:
    mine, theirs = (sum(each["saved"][name] for name in shared) for each in (found, other))
    return _pair(mine, theirs)


def _rate(name: str, found: dict[str, Any], peers: Servers, which: str, least: float) -> Verdict:
    best = max(peer["rates"].get(which, 0.0) for peer in peers.values())
    mine = found["rates"][which]
    told = f"{mine:.0f} a second, {best:.0f} ({mine / best:.2f})" if best else "no peer answered"
    target = f"16 clients, {which}, {least} times {' or '.join(peers)}"
    return Verdict(name, target, told, mine >= least * best)


def _below(name: str, target: str, seconds: float | None, limit: float) -> Verdict:
    told = "not measured" if seconds is None else _ms(seconds)
    return Verdict(name, f"{target} {_ms(limit)}", told, seconds is not None and seconds < limit)


def _shared(found: dict[str, Any], other: dict[str, Any], which: str) -> Iterator[str]:
    return (each.name for each in KINDS if each.name in found[which] and each.name in other[which])


def _ms(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * _MS:.2f} ms"


def _pair(mine: float, theirs: float) -> str:
    return f"{_ms(mine)} against {_ms(theirs)} ({mine / theirs:.2f})"


def page(figures: dict[str, Servers], machine: str) -> str:
    """All figures of a run as Markdown."""
    parts = [_HEAD.format(machine=machine)]
    for graph, servers in figures.items():
        title = (
            "The shipped graph" if graph == "shipped" else f"{int(graph):,} generated statements"
        )
        parts += [f"## {title}\n", *_tables(servers)]
        found = list(verdicts(servers))
        missed = [each for each in found if not each.reached]
        parts.append(f"{len(found) - len(missed)} of {len(found)} targets reached.\n")
        if missed:
            parts.append("Missed:\n\n" + "\n".join(f"- {_told(each)}" for each in missed) + "\n")
    return "\n".join([*parts, REMARKS])


def _told(each: Verdict) -> str:
    return f"{each.server}: {each.target}: {each.measured}"


def _tables(servers: Servers) -> Iterator[str]:
    rows = [*(each.name for each in KINDS), "neighbours", "text search", "home page", "ledger"]
    for which, title in (("once", "Milliseconds, each time another"), ("again", "Repeated")):
        yield _table(title, servers, rows, which)
    rates = ["distinct", "zipf", "heavy"]
    yield _table("Answers a second, 16 clients", servers, rates, "rates", 1)
    for who in ("server", "client"):
        title = f"Microseconds of processor time for one of them: {who}"
        yield _table(title, servers, rates, who, _MICRO)
    lines = [
        f"| {name} | {found['ready']:.2f} | {found['memory']:.0f} |"
        for name, found in servers.items()
    ]
    yield "\n".join(["| server | seconds to ready | MiB |", "|---|---|---|", *lines, ""])


def _table(title: str, servers: Servers, rows: list[str], which: str, times: int = _MS) -> str:
    digits = 2 if times == _MS else 0
    lines = [f"| {title} | {' | '.join(servers)} |", "|---" * (len(servers) + 1) + "|"]
    for row in rows:
        cells = [found.get(which, {}).get(row) for found in servers.values()]
        shown = ("" if each is None else f"{each * times:.{digits}f}" for each in cells)
        lines.append(f"| {row} | {' | '.join(shown)} |")
    return "\n".join([*lines, ""])


_HEAD = """# Speed

Figures of `python -m tests.bench.peers` (packages of the extra `bench`, and Virtuoso), which
measured each server in turn on the same data and wrote this page. Milliseconds are medians of
one client; a busy machine lengthens all of them. {machine}
"""
