"""Where a block belongs in a file, and the order of a file's blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from c5graph.authoring.batch import Entry
from c5graph.authoring.document import Document, Statement
from c5graph.graph.layout import numbers

Groups = list[list[Statement]]


def put_in_order(document: Document, *, alphabetical: bool) -> None:
    """Order the blocks as the layout asks: claims and passages by number, entities by name."""
    claims, passages = groups_of(document)
    if any(group[0].subject.startswith("claim:") for group in claims):
        claims = _by_number(claims, "claim:")
    elif alphabetical:
        claims.sort(key=lambda group: group[0].subject)
    ordered = chain(claims, _by_number(passages, "passage:"))
    document.statements = [statement.ordered() for group in ordered for statement in group]


def place(document: Document, entries: Sequence[Entry], gone: Iterable[str] = ()) -> None:
    """Put the entries where they belong in place of those of their names; leave out the gone."""
    names = {entry.subject for entry in entries} | set(gone)
    _drop(document, names)
    claims, passages = groups_of(document)
    for entry in sorted(entries, key=lambda each: _key(each.subject)):
        group = [*entry.blocks]
        _insert(passages if entry.subject.startswith("passage:") else claims, group)
    document.statements = [each for group in chain(claims, passages) for each in group]


def drop_unused_passages(document: Document) -> None:
    """Leave out passages on which no claim of the file rests any more."""
    used = {name for each in document.statements for name in each.values("c5:evidence")}
    gone = {
        each.subject
        for each in document.statements
        if each.subject.startswith("passage:") and each.values("oa:hasSource")
    } - used
    _drop(document, gone)


def _drop(document: Document, names: set[str]) -> None:
    """Take out blocks, and what belongs to them: frames of a claim, positions of a passage."""
    kept = []
    for group in chain(*groups_of(document)):
        kept += [] if group[0].subject in names else group
    document.statements = kept


def groups_of(document: Document) -> tuple[Groups, Groups]:
    """Blocks with those that belong below them: frames of a claim, the selector of a passage."""
    claims: Groups = []
    passages: Groups = []
    for statement in document.statements:
        if statement.subject.startswith("passage:"):
            owner = passages[-1][0].subject if passages else ""
            if statement.subject == f"{owner}-position":
                passages[-1].append(statement)
            else:
                passages.append([statement])
        elif claims and _belongs(statement, claims[-1]):
            claims[-1].append(statement)
        else:
            claims.append([statement])
    return claims, passages


def _belongs(statement: Statement, group: list[Statement]) -> bool:
    head = group[0].subject
    return head.startswith("claim:") and not statement.subject.startswith("claim:")


def _insert(groups: Groups, new: list[Statement]) -> None:
    """After the last block of its kind that does not come later; else before the first."""
    prefix, key = _prefix(new[0].subject), _key(new[0].subject)
    alike = [at for at, group in enumerate(groups) if _prefix(group[0].subject) == prefix]
    before = [at for at in alike if _key(groups[at][0].subject) <= key]
    if before:
        groups.insert(before[-1] + 1, new)
    elif alike:
        groups.insert(alike[0], new)
    else:
        groups.append(new)


def _by_number(groups: Groups, prefix: str) -> Groups:
    """With the groups of the prefix in order, at the places that such groups have."""
    ordered: Iterator[list[Statement]] = iter(
        sorted(
            (group for group in groups if group[0].subject.startswith(prefix)),
            key=lambda group: numbers(group[0].subject),
        )
    )
    return [next(ordered) if group[0].subject.startswith(prefix) else group for group in groups]


def _key(subject: str) -> list[str]:
    numbered = subject.startswith(("claim:", "passage:"))
    return numbers(subject) if numbered else [subject]


def _prefix(subject: str) -> str:
    return subject.partition(":")[0]
