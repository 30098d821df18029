"""Claims, evidence, entities and agreements as Apache Parquet: typed columns, each described."""

from c5graph.parquet.tables import TABLES, Table
from c5graph.parquet.writing import write_parquet

__all__ = ["TABLES", "Table", "write_parquet"]
