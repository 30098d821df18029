"""What the reports have told already, so that no claim is made twice."""

from __future__ import annotations

from c5graph.authoring.document import Statement
from c5graph.authoring.known import Known
from c5graph.namespaces import C5, CLAIM, OA, RDF, REPORT, expand, shorten

_OBJECT = RDF + "object"
_STATED = (
    *(RDF + name for name in ("subject", "predicate", "object")),
    *(C5 + name for name in ("modality", "polarity", "attributedTo", "validFrom", "validUntil")),
)


class Told:
    """Claims by what they state, and by their gloss."""

    def __init__(self, known: Known) -> None:
        self._stated: dict[tuple[str, ...], str] = {}
        self._glosses: dict[tuple[str, str], str] = {}
        for iri in known.index.of_class(C5 + "Claim"):
            self._add(known, iri)

    def by_gloss(self, report: str, gloss: str) -> str | None:
        """Name of the claim of a report that has this gloss."""
        return self._glosses.get((report, gloss))

    def first(self, name: str, report: str, block: Statement, framed: str) -> str:
        """Name of the first claim that states the same; that of this one if there is none.

        A framed node belongs to one claim, and is known by the gloss of that instead.
        """
        said = {each: list(block.values(shorten(each))) for each in _STATED}
        return self._stated.setdefault(_key(report, framed, said), name)

    def _add(self, known: Known, iri: str) -> None:
        index, name = known.index, iri.removeprefix(CLAIM)
        gloss = index.value(iri, C5 + "gloss") or ""
        said = {name: index.values(iri, name) for name in _STATED}
        framed = any(
            C5 + "FramedNode" in known.above(kind)
            for each in said[_OBJECT]
            for kind in known.types(each)
        )
        for evidence in index.values(iri, C5 + "evidence"):
            report = (index.value(evidence, OA + "hasSource") or evidence).removeprefix(REPORT)
            self._glosses[report, gloss] = name
            self._stated[_key(report, gloss if framed else "", said)] = name


def _key(report: str, framed: str, said: dict[str, list[str]]) -> tuple[str, ...]:
    """What makes two claims of a report one; a framed node is known by the gloss of its claim."""
    plain = {name: sorted(map(_plain, values)) for name, values in said.items()}
    if framed:
        plain[_OBJECT] = [framed]
    return report, *(str(plain[name]) for name in _STATED)


def _plain(term: str) -> str:
    """An IRI, or the text of a literal, whichever way it is written."""
    if term.startswith('"'):
        return term[1:].rpartition('"')[0]
    return expand(term) or term
