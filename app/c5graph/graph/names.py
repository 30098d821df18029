"""Finds the thing that a reader means by a slug, a CURIE, an IRI or an exact label."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import cached_property
from heapq import nlargest
from itertools import islice
from typing import NoReturn

from c5graph.errors import BadParameter, UnknownEntity
from c5graph.graph.claims import is_framed
from c5graph.graph.index import Index
from c5graph.namespaces import C5, ID, RDFS, SKOS, expand, shorten

_FEW = 5000
_MOST_LABELS = 50_000
_COMPARED = 50
_NEAR = 0.66
"""How like what was typed a name must be to be worth suggesting."""
_MOST_MEANT = 8


def _nothing(_: str) -> bool:
    return False


class Names:
    """Names of one graph; what is needed for labels and advice is gathered once."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def resolve(self, name: str, known: Callable[[str], object] = _nothing) -> str:
        """IRI of what is called so in the graph or is `known` otherwise. Raises UnknownEntity."""
        return self.find(name, known) or self.refuse(name, self.labelled(name))

    def find(self, name: str, known: Callable[[str], object] = _nothing) -> str | None:
        """IRI of the one thing that is called so, or None."""
        for iri in (ID + name, expand(name), name.strip("<>")):
            if iri is not None and (known(iri) or iri in self._index):
                return iri
        found = self.labelled(name)
        return found[0] if len(found) == 1 else None

    def refuse(self, name: str, found: Iterable[str] = ()) -> NoReturn:
        """Raise UnknownEntity with what may have been meant."""
        several = [shorten(iri) for iri in found]
        near = several or self._close(name)
        message = f"No entity is called {name[:200]!r}."
        remedy = "Give a slug (kazakhstan), a CURIE (id:kazakhstan) or an IRI."
        if several:
            message = f"Several entities are called {name[:200]!r}."
            remedy = f"Say which one: {', '.join(several)}."
        elif near:
            remedy = f"Did you mean {' or '.join(near)}?"
        error = UnknownEntity(message, remedy=remedy)
        error.name, error.near = name, tuple(near)
        raise error

    def insist_on_term(self, iri: str) -> None:
        """Refuse a term that would be ours and is none; others' terms may be anything."""
        if not iri.startswith(C5) or iri in self._index or not self.terms:
            return
        close = get_close_matches(iri.removeprefix(C5), self.terms, n=3, cutoff=0.5)
        listed = " or ".join(f"c5:{name}" for name in close)
        raise BadParameter(
            f"The ontology has no {shorten(iri)[:200]}.",
            remedy=f"Did you mean {listed}?" if close else "/ontology lists every term.",
        )

    @cached_property
    def terms(self) -> list[str]:
        """Local names of the ontology's terms."""
        return [iri.removeprefix(C5) for iri in self._index if iri.startswith(C5)]

    def _close(self, name: str) -> list[str]:
        """Slugs of what has all the words in its name, else of what is called nearly so."""
        told = self._labelled_with(name.casefold()[:100])
        if not told and " " in name.strip():
            told = self._labelled_nearly(name.casefold()[:100])
        slug = name.removeprefix("id:").lower()[:100]
        return told or get_close_matches(slug, self.near(slug), n=3, cutoff=_NEAR)

    def _labelled_with(self, words: str) -> list[str]:
        """Slugs of what has all these words in a label, what most is said of first."""
        wanted = frozenset(words.split())
        if not wanted:
            return []
        having = sorted((told for told, each in self._words_of_labels if wanted <= each), key=len)
        iris = dict.fromkeys(iri for told in having for iri in self._by_label[told])
        some = islice((iri for iri in iris if not is_framed(self._index, iri)), _COMPARED)
        best = nlargest(_MOST_MEANT, some, key=lambda iri: len(list(self._index.referring(iri))))
        return [iri.removeprefix(ID) for iri in best]

    def _labelled_nearly(self, label: str) -> list[str]:
        """Only labels that share words are compared by letters, which takes its time."""
        words = frozenset(label.split())
        shared = ((len(words & each), told) for told, each in self._words_of_labels)
        best = nlargest(_COMPARED, (pair for pair in shared if pair[0]))
        close = get_close_matches(label, [told for _, told in best], n=3, cutoff=_NEAR)
        slugs = (iri.removeprefix(ID) for told in close for iri in self._by_label[told])
        return list(dict.fromkeys(slugs))[:3]

    @cached_property
    def _words_of_labels(self) -> list[tuple[str, frozenset[str]]]:
        most = islice(self._by_label, _MOST_LABELS)
        return [(label, frozenset(label.split())) for label in most]

    def labelled(self, name: str) -> list[str]:
        """IRIs that have this label, whatever its case."""
        return self._by_label.get(name.casefold(), [])

    def near(self, slug: str) -> list[str]:
        """Slugs worth comparing; in a large graph only those that begin alike."""
        if len(self._slugs) <= _FEW:
            return self._slugs
        return list(islice((each for each in self._slugs if each.startswith(slug[:2])), _FEW))

    @cached_property
    def _slugs(self) -> list[str]:
        return [iri.removeprefix(ID) for iri in self._index if iri.startswith(ID)]

    @cached_property
    def _by_label(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for slug in self._slugs:
            for predicate in (RDFS + "label", SKOS + "altLabel"):
                for label in self._index.values(ID + slug, predicate):
                    if ID + slug not in found[label.casefold()]:
                        found[label.casefold()].append(ID + slug)
        return dict(found)
