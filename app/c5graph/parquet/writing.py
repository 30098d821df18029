"""Writing a table with pyarrow, in batches, so that memory does not grow with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import IO, Any, Final

from c5graph.extras import needed
from c5graph.parquet.columns import DIGITS, PLACES, Column, Kind, Row
from c5graph.parquet.tables import Table

_BATCH: Final = 10_000


def write_parquet(
    table: Table,
    rows: Iterable[Row],
    sink: IO[bytes],
    about: Mapping[str, str],
    progress: Callable[[int], None],
) -> None:
    """Write the rows; `about` goes into the metadata of the file.

    Raises MissingInput where pyarrow is not installed.
    """
    pa, parquet = needed("pyarrow", "parquet"), needed("pyarrow.parquet", "parquet")
    schema = pa.schema([_field(pa, each) for each in table.columns], metadata=dict(about))
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            writer.write_batch(pa.RecordBatch.from_pylist(batch, schema=schema))
            progress(len(batch))


def _field(pa: Any, column: Column) -> Any:
    return pa.field(column.name, _types(pa)[column.kind], metadata={"meaning": column.meaning})


def _types(pa: Any) -> dict[Kind, Any]:
    text = pa.string()

    def several(*names: str) -> Any:
        return pa.list_(pa.struct([(name, text) for name in names]))

    return {
        "text": text,
        "texts": pa.list_(text),
        "day": pa.date32(),
        "amount": pa.decimal128(DIGITS, PLACES),
        "number": pa.int64(),
        "degrees": pa.float64(),
        "flag": pa.bool_(),
        "labels": several("lang", "text"),
        "parties": several("role", "party", "label"),
    }


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        yield batch
