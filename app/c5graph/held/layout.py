"""What is known of a data set before a file of it is read: its columns, publisher and terms."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Publisher:
    """Who publishes a data set: what is written of it where the graph does not have it."""

    slug: str
    kind: str
    label: str
    description: str


@dataclass(frozen=True)
class Layout:
    """The layout that one mapping follows.

    `columns` are those it reads and cannot do without, `optional` those it reads where they are
    there, `spellings` other names that editions of the layout have for a column. `order` names
    all columns of files without a header. `sources` say where the layout was read. `version` is
    that of the data, where they have one: what is published day by day goes by the day it is read.
    """

    kind: str
    title: str
    edition: str
    publisher: Publisher
    url: str
    terms: str
    interest: str
    columns: tuple[str, ...]
    sources: tuple[str, ...]
    report_kind: str = "analysis"
    language: str = "en"
    version: str = ""
    issued: str = ""
    optional: tuple[str, ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()
    order: tuple[str, ...] = ()
    mark: str = ","
    quoted: bool = True
    lines_of_json: bool = False

    @property
    def named(self) -> str:
        """The layout in a message."""
        return f"{self.title}, layout of {self.edition}"
