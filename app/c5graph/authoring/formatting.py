"""Puts Turtle files into our layout without losing a statement or a comment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from c5graph import resources
from c5graph.authoring.document import read_document
from c5graph.authoring.placing import put_in_order
from c5graph.authoring.tokens import tokens_of
from c5graph.errors import MissingInput, ParseFailure
from c5graph.store.rdf import FORMATS, Quad, parse_text

_ALPHABETICAL = frozenset({"entities", "links"})


@dataclass(frozen=True)
class Formatted:
    """A file, its text as it is, and in our layout."""

    path: Path
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether the layout differs."""
        return self.before != self.after


def files_to_format(paths: Iterable[Path]) -> list[Path]:
    """The Turtle files among the paths and in the folders; without paths all of the checkout.

    Shapes are left out: their lists and nested shapes are laid out by hand.
    """
    chosen = list(paths) or [resources.data(), resources.ontology()]
    found: list[Path] = []
    for path in chosen:
        if not path.exists():
            raise MissingInput(f"{path}: no such file or folder.", remedy="Check the path.")
        found += sorted(path.rglob("*.ttl")) if path.is_dir() else [path]
    return [path for path in found if path.parent.name != "shapes"]


def formatted(path: Path) -> Formatted:
    """The file in our layout. Raises ParseFailure where it is no Turtle that can be laid out."""
    before = _read(path)
    statements = list(parse_text(before.encode(), FORMATS["ttl"], file=path, base="urn:base:"))
    try:
        after = laid_out(before, alphabetical=path.parent.name in _ALPHABETICAL, ours=_ours(path))
        same = _same(before, after, statements)
    except ValueError as error:
        raise ParseFailure(path, None, None, str(error), remedy=_BY_HAND) from error
    if not same:
        raise ParseFailure(
            path, None, None, "this Turtle would not stay as it is.", remedy=_BY_HAND
        )
    return Formatted(path, before, after)


_BY_HAND = "Lay this file out by hand; the formatter knows prefixed names, IRIs and literals."


def laid_out(text: str, *, alphabetical: bool = False, ours: bool = False) -> str:
    """The text in our layout; the ontology's files (`ours`) keep prefixes that they do not use.

    Raises ValueError for what the formatter does not know, such as a base.
    """
    document = read_document(text)
    put_in_order(document, alphabetical=alphabetical)
    return document.text(all_prefixes=ours)


def _ours(path: Path) -> bool:
    """Whether the file is a module of the ontology; all open with one common prologue."""
    return path.parent.name in ("ontology", "vocabulary")


def _same(before: str, after: str, statements: list[Quad]) -> bool:
    try:
        again = list(parse_text(after.encode(), FORMATS["ttl"], base="urn:base:"))
    except ParseFailure:
        return False
    return (
        _counted(statements) == _counted(again)
        and Counter(_comments(before)) == Counter(_comments(after))
    )  # fmt: skip


def _counted(quads: Iterable[Quad]) -> tuple[int, Counter[str]]:
    """Statements to compare; blank nodes have new names each time, and are counted only."""
    texts = [str(quad) for quad in quads]
    return len(texts), Counter(text for text in texts if "_:" not in text)


def _comments(text: str) -> Iterator[str]:
    return (token.text.rstrip() for token in tokens_of(text) if token.kind == "comment")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ParseFailure(path, None, None, "not UTF-8.") from error
    except OSError as error:
        raise MissingInput(
            f"{path}: cannot be read ({error.strerror}).", remedy="Check the path."
        ) from error
