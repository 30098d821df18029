"""Where things are said in Turtle of any layout: the line of each subject and blank node.

`places.py` reads our own files by their margin. A user's file may be laid out otherwise, so it
is read token by token. What is no Turtle has no lines here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

TOKEN = re.compile(
    r"""
    (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
        |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<iri><[^<>\s]*>)
    |(?P<comment>\#[^\n]*)
    |(?P<blank>_:[\w.-]*\w)
    |(?P<number>[+-]?(?:\d*\.\d+|\d+)(?:[eE][+-]?\d+)?(?![\w:.-]*:))
    |(?P<typed>\^\^)
    |(?P<name>[\w.-]*:(?:[\w:%\\-]|\.(?=[\w:%\\-]))*)
    |(?P<word>@?[A-Za-z][\w-]*)
    |(?P<mark>[\[\](){}.;,])
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass
class Block:
    """A thing that a statement opens: its IRI (None: a blank node), its line, what it says."""

    iri: str | None
    line: int
    terms: dict[str, int] = field(default_factory=dict)


class Blocks:
    """The blocks of one text."""

    def __init__(self, text: str) -> None:
        self._prefixes: dict[str, str] = {}
        self._open: list[Block] = []
        self.all: list[Block] = list(self._read(text))

    def subject(self, iri: str) -> int | None:
        """Line at which a block about the IRI opens."""
        return next((block.line for block in self.all if block.iri == iri), None)

    def mention(self, iri: str) -> int | None:
        """Line at which the IRI is first used as predicate or object."""
        return next((block.terms[iri] for block in self.all if iri in block.terms), None)

    def statement(self, subject: str, term: str) -> int | None:
        """Line at which a block about the subject uses a term."""
        found = (block.terms.get(term) for block in self.all if block.iri == subject)
        return next((line for line in found if line is not None), None)

    def blank(self, terms: frozenset[str]) -> int | None:
        """Line of the blank node that says most of these terms."""
        blanks = [block for block in self.all if block.iri is None]
        best = max(blanks, key=lambda each: len(terms & each.terms.keys()), default=None)
        return None if best is None else best.line

    def _read(self, text: str) -> Iterator[Block]:
        line, at, tokens = 1, 0, list[tuple[str, str, int]]()
        for found in TOKEN.finditer(text):
            line += text.count("\n", at, found.start())
            at = found.start()
            if found.lastgroup != "comment":
                tokens.append((str(found.lastgroup), found[0], line))
        for kind, token, number in self._statements(tokens):
            yield from self._take(kind, token, number)

    def _statements(self, tokens: list[tuple[str, str, int]]) -> Iterator[tuple[str, str, int]]:
        """The tokens without the declarations of prefixes, which are noted."""
        waiting = iter(tokens)
        for kind, token, number in waiting:
            word = token.lower().lstrip("@")
            if kind != "word" or word not in ("prefix", "base"):
                yield kind, token, number
                continue
            name = next(waiting, ("", "", 0))[1] if word == "prefix" else ""
            self._prefixes[name.rstrip(":")] = next(waiting, ("", "", 0))[1].strip("<>")
            if token.startswith("@"):
                next(waiting, None)  # its dot

    def _take(self, kind: str, text: str, line: int) -> Iterator[Block]:
        if text == "." and len(self._open) <= 1:
            self._open.clear()
        elif text == "[":
            block = Block(None, line)
            yield block
            self._open.append(block)
        elif text == "]":
            if len(self._open) > 1:
                self._open.pop()
        elif kind not in ("mark", "word", "typed"):
            term = self._expand(kind, text)
            if not self._open:
                block = Block(None if kind == "blank" else term, line)
                yield block
                self._open.append(block)
            else:
                self._open[-1].terms.setdefault(term, line)

    def _expand(self, kind: str, token: str) -> str:
        if kind == "iri":
            return token[1:-1]
        if kind == "string":
            return token.strip(token[0])
        if kind == "number":
            return token
        prefix, _, local = token.partition(":")
        return (
            token if kind == "blank" else self._prefixes.get(prefix, "") + local.replace("\\", "")
        )
