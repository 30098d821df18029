"""What things are called: every label, alias, title and code, and forms made from them.

Made forms are a name written as one word ("Somonair") and initials ("TITR"); like codes,
initials are only found when written in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from c5graph.graph.index import Index
from c5graph.namespaces import BASE, C5, DCTERMS, ID, RDFS, REPORT, SCHEMA, SKOS, VOC
from c5graph.spelling import fold
from c5graph.store.rdf import Literal, NamedNode

LABELS: Final = (RDFS + "label", SKOS + "prefLabel", DCTERMS + "title", SCHEMA + "name")
ALIASES: Final = (SKOS + "altLabel", SKOS + "hiddenLabel", SCHEMA + "alternateName")
_OURS: Final = (ID, VOC, REPORT, C5)
_GLUED_MAX: Final = 3
_INITIALS_MIN: Final = 3
_SMALL: Final = frozenset("a an and at by for from in of on the to".split())
LEGAL_FORMS: Final = frozenset("ao co corp gmbh inc jsc llc llp ltd oao ooo plc zao".split())
_HEADS = re.compile(r"(?<!\S)[^\W\d_]\S*")


class Form(Enum):
    """What kind of name it is, with what it weighs against a label."""

    LABEL = 1.0
    ALIAS = 0.99
    GLUED = 0.98
    CODE = 0.97
    QUALIFIED = 0.93
    INITIALS = 0.91
    SHORT_CODE = 0.8

    @property
    def in_full_only(self) -> bool:
        """Whether a near miss or a beginning says nothing."""
        return self in (Form.CODE, Form.SHORT_CODE, Form.INITIALS)


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one thing, with its folded words."""

    iri: str
    text: str
    language: str | None
    form: Form
    words: tuple[str, ...]


def names_in(index: Index) -> Iterator[Name]:
    """Every name that can be searched for; of our own IRIs, those of things and terms only.

    What a retired thing was called is another name of what took its place.
    """
    successors = dict(_retired(index))
    for form, predicates in ((Form.LABEL, LABELS), (Form.ALIAS, ALIASES)):
        for predicate in predicates:
            for iri, term in index.pairs(predicate):
                if isinstance(term, Literal) and _searched(iri):
                    told = form if iri not in successors else Form.ALIAS
                    named = _last(iri, successors)
                    yield from forms(named, term.value, term.language, told)
    yield from _codes(index)


def _retired(index: Index) -> Iterator[tuple[str, str]]:
    for iri, successor in index.pairs(DCTERMS + "isReplacedBy"):
        if iri.startswith(ID) and isinstance(successor, NamedNode):
            yield iri, successor.value


def _last(iri: str, successors: Mapping[str, str]) -> str:
    """What took the place of a thing, of what took its place, and so on."""
    seen = {iri}
    while (following := successors.get(iri)) is not None and following not in seen:
        iri = following
        seen.add(iri)
    return iri


def _searched(iri: str) -> bool:
    return ":" in iri and (not iri.startswith(BASE) or iri.startswith(_OURS))


def is_small(word: str) -> bool:
    """Whether the word joins others, or is a legal form, and says little."""
    return word in _SMALL or word in LEGAL_FORMS


def _joins(word: str) -> bool:
    return word.isalpha() and not is_small(word)


def forms(iri: str, text: str, language: str | None, form: Form) -> Iterator[Name]:
    """A name and what is made from it."""

    def made(form: Form, *words: str) -> Name:
        return Name(iri, text, language, form, words)

    words = fold(text).split()
    if not words:
        return
    # "Astana (government)" is not what "Astana" alone names.
    yield made(Form.QUALIFIED if "(" in text and form is Form.ALIAS else form, *words)
    if 1 < len(words) <= _GLUED_MAX and all(_joins(word) for word in words):
        yield made(Form.GLUED, "".join(words))
    initials = _initials(text)
    if initials:
        yield made(Form.INITIALS, initials)


def _initials(text: str) -> str | None:
    """First letters of a proper name of three words or more; None for other texts."""
    heads = [head for head in _HEADS.findall(text) if fold(head) and not is_small(head.lower())]
    if len(heads) < _INITIALS_MIN or not all(head[0].isupper() for head in heads):
        return None
    parts: list[str] = [fold(head if head.isupper() else head[0]) for head in heads]
    return "".join(parts).replace(" ", "")


def _codes(index: Index) -> Iterator[Name]:
    """Identifiers given by links: ISO codes, numbers in other data sets, symbols."""
    for link in index.of_class(C5 + "Link"):
        subject, code = index.value(link, C5 + "linkSubject"), index.value(link, C5 + "identifier")
        if subject is not None and code is not None and fold(code):
            of_state = index.value(link, C5 + "linkPredicate") == C5 + "isoAlpha2"
            form = Form.CODE if of_state or len(code) >= _INITIALS_MIN else Form.SHORT_CODE
            yield Name(subject, code, None, form, ("".join(fold(code).split()),))
