"""Entities and statements written by the FollowTheMoney library, one entity after the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import IO, Any, Final

from c5graph.extras import needed
from c5graph.ftm.links import nodes
from c5graph.ftm.nodes import Node
from c5graph.graph.release import Release

Progress = Callable[[int], None]
_DATASET: Final = "c5graph"


def write_entities(release: Release, sink: IO[bytes], progress: Progress) -> None:
    """Entities as JSON, one a line. Raises MissingInput where the library is not installed."""
    for entity in _entities(release):
        line = json.dumps(_in_order(entity.to_dict()), ensure_ascii=False, sort_keys=True)
        sink.write(f"{line}\n".encode())
        progress(1)


def _in_order(value: Any) -> Any:
    """The library keeps values as sets, whose order is another one in each process."""
    if isinstance(value, dict):
        return {name: _in_order(each) for name, each in value.items()}
    return sorted(value) if isinstance(value, list) else value


def write_statements(release: Release, sink: IO[bytes], progress: Progress) -> None:
    """A CSV row a statement: one value of one property, and what it rests on."""
    serialize = needed("followthemoney.statement.serialize", "ftm")
    writer = serialize.get_statement_writer(sink, serialize.CSV)
    for entity in _entities(release):
        for statement in sorted(entity.statements):
            writer.write(statement)
        progress(1)
    writer.close()
    writer.fh.detach()


def _entities(release: Release) -> Iterator[Any]:
    model, data = needed("followthemoney", "ftm").model, _dataset()
    for node in nodes(release, model):
        yield _entity(node, data)


def _dataset() -> Any:
    made = needed("followthemoney.dataset", "ftm").Dataset
    return made({"name": _DATASET, "title": _DATASET})


def _entity(node: Node, dataset: Any) -> Any:
    """The library cleans each value by its type; what it cannot read it leaves out."""
    kind = needed("followthemoney.statement", "ftm").StatementEntity
    entity = kind(dataset, {"schema": node.schema, "id": node.name})
    for value in node.values:
        entity.add(value.prop, value.text, lang=value.lang, origin=value.origin)
    return entity
