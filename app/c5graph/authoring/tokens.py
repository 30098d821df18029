"""Tokens of a Turtle text, with literals in one piece and nothing lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from c5graph.graph.blocks import TOKEN

_LANGUAGE = re.compile(r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Token:
    """A token, what it is, and the line on which it begins."""

    kind: str
    text: str
    line: int


def tokens_of(text: str) -> Iterator[Token]:
    """The tokens; a string comes with its language or datatype. Raises ValueError for others."""
    line = at = 0
    pending: Token | None = None
    for found in _gapless(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        token = Token(str(found.lastgroup), found[0], line + 1)
        joined = None if pending is None else _joined(pending, token)
        if pending is not None and joined is None:
            yield pending
        pending = joined or token
    if pending is not None:
        yield pending


def _gapless(text: str) -> Iterator[re.Match[str]]:
    at = 0
    for found in TOKEN.finditer(text):
        between = text[at : found.start()]
        if between.strip():
            raise ValueError(f"cannot be read: {between.strip()[:40]!r}.")
        yield found
        at = found.end()
    if text[at:].strip():
        raise ValueError(f"cannot be read: {text[at:].strip()[:40]!r}.")


def _joined(before: Token, token: Token) -> Token | None:
    """A string with the language or the datatype that follows it, else None."""
    open_type = before.text.endswith("^^") and before.kind == "string"
    if before.kind != "string":
        return None
    if open_type or token.kind == "typed" or (_LANGUAGE.fullmatch(token.text) and _bare(before)):
        return Token("string", before.text + token.text, before.line)
    return None


def _bare(token: Token) -> bool:
    return token.text[-1] in "\"'"
