"""Merges two changed versions of a Turtle file block by block, as a merge driver of git.

Lines cannot tell that two authors each added an entity at the same place of an ordered file;
blocks can. What both changed in different ways is left to git and to people.
"""

from __future__ import annotations

from c5graph.authoring.batch import Entry
from c5graph.authoring.document import Document, Statement, read_document
from c5graph.authoring.placing import groups_of, place

Parts = dict[str, tuple[Statement, ...]]


def merged(base: str, ours: str, theirs: str) -> str | None:
    """Our text with what theirs changed since the base; None when both changed one block."""
    try:
        documents = [_read(text) for text in (base, ours, theirs)]
        before, here, there = (_parts(document) for document in documents)
    except ValueError:
        return None
    changed = [name for name in {**before, **there} if before.get(name) != there.get(name)]
    if any(here.get(name) not in (before.get(name), there.get(name)) for name in changed):
        return None
    if not _same_head(*documents):
        return None
    _apply(documents[1], changed, there)
    documents[1].prefixes |= documents[2].prefixes
    return documents[1].text()


def _read(text: str) -> Document:
    """The document. Raises ValueError unless it is in our layout, which is to be kept."""
    document = read_document(text)
    if document.text() != text:
        raise ValueError("not in layout")
    return document


def _apply(document: Document, changed: list[str], there: Parts) -> None:
    gone = [name for name in changed if name not in there]
    place(document, [Entry(there[name], "") for name in changed if name in there], gone)


def _parts(document: Document) -> Parts:
    """Blocks by subject. Raises ValueError when one subject has several."""
    groups = [group for half in groups_of(document) for group in half]
    found = {group[0].subject: tuple(group) for group in groups}
    if len(found) != len(groups):
        raise ValueError("a subject with two blocks")
    return found


def _same_head(base: Document, ours: Document, theirs: Document) -> bool:
    """Whether what opens and closes the file was changed by us alone, or by nobody."""
    means_same = all(ours.prefixes.get(name, iri) == iri for name, iri in theirs.prefixes.items())
    unchanged = (theirs.opening, theirs.closing) == (base.opening, base.closing)
    return means_same and (unchanged or theirs.opening == ours.opening)
