"""A Turtle file as an author sees it: opening comment, prefixes, blocks with their comments.

Read token by token and written again in the layout of `graph/layout.py`. Terms and comments
stay as they were written; a comment within a block moves above it, where the layout has room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from c5graph.authoring.tokens import Token, tokens_of
from c5graph.namespaces import PREFIXES

_DATATYPE = re.compile(r"\^\^\s*([\w-]*):[^\s\"']*$")
Pairs = tuple[tuple[str, tuple[str, ...]], ...]

_FIRST = (
    "a rdfs:label skos:prefLabel skos:altLabel skos:definition oa:hasSource oa:hasSelector "
    "oa:start oa:end rdf:subject rdf:predicate rdf:object dcterms:title dcterms:description"
).split()
_LAST = (
    "c5:gloss c5:modality c5:polarity c5:onCondition c5:attributedTo c5:relayedBy c5:stance "
    "c5:identification c5:validFrom c5:validUntil c5:rank c5:rankReason c5:alternativeReadingOf "
    "cito:confirms cito:disputes cito:corrects cito:updates cito:qualifies "
    "dcterms:identifier c5:evidence"
).split()
_RANKS = {name: at - len(_FIRST) for at, name in enumerate(_FIRST)} | {
    name: at + 1 for at, name in enumerate(_LAST)
}


@dataclass(frozen=True)
class Statement:
    """One block: the lines above it (an empty one is a gap), its subject, what it says."""

    subject: str
    pairs: Pairs
    above: tuple[str, ...] = ()

    def values(self, predicate: str) -> tuple[str, ...]:
        """Values of a predicate as they are written; none when it is not there."""
        return tuple(value for name, values in self.pairs if name == predicate for value in values)

    def ordered(self) -> Statement:
        """With its predicates in our order; those without a place keep theirs, in the middle."""
        return replace(
            self, pairs=tuple(sorted(self.pairs, key=lambda pair: _RANKS.get(pair[0], 0)))
        )

    def lines(self) -> Iterator[str]:
        """The block in our layout."""
        yield from self.above
        yield self.subject
        for predicate, values in self.pairs:
            start = f"    {predicate} "
            for value in values[:-1]:
                yield f"{start}{value} ,"
                start = " " * 8
            yield f"{start}{values[-1]} ;"
        yield "."


@dataclass
class Document:
    """The parts of one file, which `text()` puts together again."""

    opening: list[str]
    prefixes: dict[str, str] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    closing: tuple[str, ...] = ()

    def text(self, *, all_prefixes: bool = False) -> str:
        """The file in our layout. Prefixes that nothing uses go, unless all are to stay."""
        parts = [*self._head(all_prefixes=all_prefixes)]
        for statement in self.statements:
            parts += ["", *statement.lines()]
        if self.closing:
            parts += ["", *self.closing]
        return "\n".join(parts) + "\n"

    def subjects(self) -> set[str]:
        """Every subject, as it is written."""
        return {statement.subject for statement in self.statements}

    def _head(self, *, all_prefixes: bool) -> Iterator[str]:
        yield from self.opening
        used = {name for statement in self.statements for name in used_prefixes(statement)}
        declared = self.prefixes | {
            name: PREFIXES[name] for name in used if name not in self.prefixes and name in PREFIXES
        }
        for name in sorted(declared):
            if all_prefixes or name in used:
                yield f"@prefix {name}: <{declared[name]}> ."


def used_prefixes(statement: Statement) -> Iterator[str]:
    """Prefixes of the names in a block."""
    yield from _prefixes_of(statement.subject)
    for predicate, values in statement.pairs:
        yield predicate.partition(":")[0]
        for value in values:
            yield from _prefixes_of(value)


def _prefixes_of(term: str) -> Iterator[str]:
    if term[0] in "[(":
        for token in tokens_of(term[1:-1]):
            yield from _prefixes_of(token.text) if token.kind in ("name", "string") else ()
    elif term[0] in "\"'":
        datatype = _DATATYPE.search(term)
        yield from (datatype[1],) if datatype else ()
    elif term[0] != "<":
        yield term.partition(":")[0]


def read_document(text: str) -> Document:
    """The parts of a Turtle text that parses. Raises ValueError where it is read otherwise."""
    return _Reader(list(tokens_of(text))).document()


class _Reader:
    """Reads the tokens of one text from front to back."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._comments: list[Token] = []
        self._doc = Document([])

    def document(self) -> Document:
        while (token := self._peek()) is not None:
            word = token.text.lower().lstrip("@")
            if token.kind == "word" and word in ("prefix", "base"):
                self._declaration(word)
            else:
                self._statement()
        self._doc.closing = self._taken(None)
        if not self._doc.opening:  # neither prefixes nor blocks before a comment
            self._doc.opening, self._doc.closing = list(self._doc.closing), ()
        return self._doc

    def _declaration(self, word: str) -> None:
        mark = self._next().text
        if word == "base":
            raise ValueError("a base: write IRIs in full or with a prefix.")
        if not self._doc.statements:
            self._doc.opening += self._taken(None)
        name, iri = self._next().text, self._next().text
        self._doc.prefixes[name.rstrip(":")] = iri.strip("<>")
        if mark.startswith("@"):
            self._next()

    def _statement(self) -> None:
        if not self._doc.prefixes and not self._doc.statements and not self._doc.opening:
            self._doc.opening = list(self._opening())
        first = self._peek()
        subject = self._term()
        pairs: list[tuple[str, tuple[str, ...]]] = []
        while self._text() not in (".", None):
            if self._text() == ";":
                self._next()
                continue
            predicate = self._term()
            values = [self._term()]
            while self._text() == ",":
                self._next()
                values.append(self._term())
            pairs.append((predicate, tuple(values)))
        self._next()
        self._doc.statements.append(Statement(subject, _typed_first(pairs), self._taken(first)))

    def _opening(self) -> Iterator[str]:
        """Comments of a file without prefixes, up to the first gap."""
        while self._comments:
            comment = self._comments.pop(0)
            yield comment.text.rstrip()
            if not self._comments or self._comments[0].line > comment.line + 1:
                return

    def _taken(self, before: Token | None) -> tuple[str, ...]:
        """The comments met so far as lines; a gap between them, or before the block, stays one."""
        found, self._comments = self._comments, []
        lines: list[str] = []
        for comment, after in pairwise([*found, before]):
            assert comment is not None
            lines.append(comment.text.rstrip())
            if after is not None and after.line > comment.line + 1:
                lines.append("")
        return tuple(lines)

    def _term(self) -> str:
        """One term as written; a list or a blank node with all that is in it."""
        token = self._next()
        parts, depth = [token.text], int(token.text in "[(")
        while depth:
            token = self._next()
            depth += (token.text in "[(") - (token.text in "])")
            parts.append(token.text)
        return " ".join(parts)

    def _text(self) -> str | None:
        token = self._peek()
        return None if token is None else token.text

    def _peek(self) -> Token | None:
        while self._at < len(self._tokens) and self._tokens[self._at].kind == "comment":
            self._comments.append(self._tokens[self._at])
            self._at += 1
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _next(self) -> Token:
        token = self._peek()
        if token is None:
            raise ValueError("the text ends within a block.")
        self._at += 1
        return token


def _typed_first(pairs: list[tuple[str, tuple[str, ...]]]) -> Pairs:
    return tuple(sorted(pairs, key=lambda pair: pair[0] not in ("a", "rdf:type")))
