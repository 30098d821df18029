"""Layout of our Turtle files: what a parser does not mind and a reader does.

An opening comment; prefixes sorted, the project's own and (in data) used; blocks that open at the
left margin with the subject alone, `a` first, four or eight spaces of indent, one value a
line, and the final dot on a line of its own; entities in alphabetical order, claims and
passages in the order of their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from c5graph.graph.problems import Problem
from c5graph.namespaces import PREFIXES

_PREFIX = re.compile(r"^@prefix ([\w-]*): <([^>]*)> \.$")
_SUBJECT = re.compile(r"^(<[^>]*>|[\w-]*:[\w.-]*)$")
_VALUE = re.compile(r"^( {4}[^\s].*[;]|( {4}| {8})[^\s].* [,;])$")
_NUMBERS = re.compile(r"\d+")
_STRING = re.compile(r'"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"')
_FREE_PREFIXES = frozenset({"passage"})
_SORTED = ("entities", "links")


def layout_problems(name: str, path: Path) -> list[Problem]:
    """Every departure of a file from the layout, with its line."""
    lines = path.read_text(encoding="utf-8").split("\n")
    found = [*_ends(lines), *_prefixes(name, lines), *_blocks(lines), *_order(name, lines)]
    return [
        Problem(message, remedy, f"{name}:{number}", "layout") for number, message, remedy in found
    ]


Finding = tuple[int, str, str]


def _ends(lines: list[str]) -> Iterator[Finding]:
    if not lines[0].startswith("# "):
        yield (
            1,
            "the file does not open with a comment.",
            "Say what belongs here and what does not.",
        )
    if lines[-1]:
        yield len(lines), "the last line has no line end.", "End the file with one line end."
    for number, line in enumerate(lines, 1):
        if "\t" in line or line != line.rstrip():
            yield number, "a tab, or a space at the end of the line.", "Indent by spaces; trim."


def _prefixes(name: str, lines: list[str]) -> Iterator[Finding]:
    body = _STRING.sub("", "\n".join(line for line in lines if not line.startswith(("@", "#"))))
    before = ""
    for number, line in enumerate(lines, 1):
        match = _PREFIX.match(line)
        if match is None:
            if line.lower().startswith(("@prefix", "prefix", "@base", "base")):
                yield number, "a prefix in another form.", "Write @prefix name: <iri> . alone."
            continue
        prefix, iri = match.groups()
        if prefix < before:
            yield number, f"prefix {prefix}: stands after {before}:.", "Sort the prefixes."
        before = prefix
        if prefix not in _FREE_PREFIXES and PREFIXES.get(prefix) != iri:
            yield number, f"prefix {prefix}: is not one of ours.", "Use the project's prefixes."
        # The modules of the ontology open with one common prologue.
        used = re.search(rf"(?<![\w-]){re.escape(prefix)}:", body)
        if not used and not name.startswith("ontology/"):
            yield number, f"prefix {prefix}: is not used.", "Remove it."


def _blocks(lines: list[str]) -> Iterator[Finding]:
    inside, opened = False, 0
    for number, line in enumerate(lines, 1):
        if not line or line.startswith(("#", "@")):
            if inside:
                yield number, "a gap inside a block.", "Close the block with a dot of its own."
                inside = False
        elif not inside:
            inside, opened = True, number
            if not _SUBJECT.match(line):
                yield number, "a block that does not open with its subject alone.", _ALONE
                inside = not line.endswith(".")
        elif line == ".":
            inside = False
        else:
            yield from _value_line(number, line, first=number == opened + 1)


_ALONE = "Write the subject alone on its line, then one predicate and value a line."


def _value_line(number: int, line: str, *, first: bool) -> Iterator[Finding]:
    if not _VALUE.match(line):
        remedy = "Indent by 4 spaces (8 for further values), end with ' ;' or ' ,', dot alone."
        yield number, "a line out of layout.", remedy
    elif first and not line.startswith("    a "):
        yield number, "a block whose first predicate is not `a`.", "Put the type first."
    elif " , " in _STRING.sub("", line) or " ; " in _STRING.sub("", line):
        yield number, "several values or predicates on one line.", "Give each its own line."


def _order(name: str, lines: list[str]) -> Iterator[Finding]:
    subjects = [
        (number, line) for number, line in enumerate(lines, 1) if _SUBJECT.match(line) and line
    ]
    if any(f"data/{folder}/" in name for folder in _SORTED):
        yield from _rising(subjects, lambda text: [text])
    elif "data/claims/" in name:
        for prefix in ("claim:", "passage:"):
            group = [item for item in subjects if item[1].startswith(prefix)]
            yield from _rising(group, numbers)


def numbers(subject: str) -> list[str]:
    """What orders claims and passages: the report, then numbers, padded to sort as numbers."""
    if subject.startswith("claim:"):
        stem, _, number = subject.rpartition("-")
        return [stem, number.zfill(9)]
    return ["", *(each.zfill(9) for each in _NUMBERS.findall(subject))]


def _rising(subjects: list[tuple[int, str]], key: Callable[[str], list[str]]) -> Iterator[Finding]:
    for (_, before), (number, here) in pairwise(subjects):
        if key(here) < key(before):
            yield number, f"{here} stands after {before}.", "Keep the blocks in order."
