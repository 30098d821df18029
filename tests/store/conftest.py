"""The stores that every test of the port is put to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from c5graph.store.publish import Target, publish
from c5graph.store.remote import RemoteStore
from tests.store.every import (
    SERVERS,
    VERSION,
    Made,
    embedded,
    engine,
    prepared,
    quads,
)
from tests.store.servers import PEERS


@pytest.fixture(
    scope="module",
    params=["embedded, forked", "embedded, spawned", "prepared", *SERVERS],
)
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Made]:
    kind: str = request.param
    if kind.startswith("embedded"):
        yield embedded("fork" if kind.endswith("forked") else "spawn")
        return
    if kind == "prepared":
        yield prepared(tmp_path_factory.mktemp(kind))
        return
    with PEERS[kind](tmp_path_factory.mktemp(kind)) as peer:
        publish(quads(), VERSION, Target(peer.update))
        yield Made(lambda limits: RemoteStore(engine(peer), limits), peer)
