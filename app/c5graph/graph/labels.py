"""What to call things: labels in a language, and readable names for values and passages."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal, InvalidOperation

from c5graph.graph.index import Index
from c5graph.graph.wording import content, worded
from c5graph.namespaces import C5, DCTERMS, OA, QUDT, RDFS, SKOS, UNIT, VOC
from c5graph.speech import ENGLISH, languages
from c5graph.store.rdf import Literal, Term, text_of

_SOURCES = (RDFS + "label", SKOS + "prefLabel", DCTERMS + "title", C5 + "gloss")
_SCALES = (
    (Decimal(10) ** 12, "trillion"),
    (Decimal(10) ** 9, "billion"),
    (Decimal(10) ** 6, "million"),
)
_BOUNDS = {
    "at-least": "at least ",
    "more-than": "more than ",
    "up-to": "up to ",
    "about": "about ",
    "magnitude": "of the order of ",
}
_UNITS = {"NUM": "", "PERCENT": "per cent", "KiloM": "km", "KiloM2": "km²", "MegaW": "MW"}


class Labels:
    """Labels of a graph; every answer falls back to English, then to any language, then the IRI."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._instead: dict[str, dict[str, str]] = {}

    def of(self, iri: str, lang: str = ENGLISH) -> str:
        """A name for the thing that a reader understands; money by its figure.

        In another language of the interface every value is told by its content.
        """
        if self._is_made(iri, lang):
            found = self._value(iri, lang) or self._label(iri, lang)
        else:
            found = self._label(iri, lang) or self._value(iri, lang)
        return found or self._passage(iri, lang) or _last_part(iri)

    def language(self, iri: str, lang: str) -> str:
        """The language of that name; empty where none is known."""
        if self._is_made(iri, lang):
            return lang if _spoken(lang) else ENGLISH
        found = self._literal(iri, lang)
        return (found.language or "") if found else ""

    def instead(self, text: str, lang: str) -> str | None:
        """What the one thing of this English label is called in a language; None for no such."""
        if not _spoken(lang):
            return None
        if lang not in self._instead:
            self._instead[lang] = self._in(lang)
        return self._instead[lang].get(text)

    def _in(self, lang: str) -> dict[str, str]:
        """Names by English label, where it has one; a concept comes before a thing called so."""
        found: dict[str, dict[bool, set[str]]] = defaultdict(lambda: defaultdict(set))
        for iri in self._index:
            if self.language(iri, lang) == lang:
                for term in self._index.terms(iri, RDFS + "label"):
                    if isinstance(term, Literal) and term.language == ENGLISH:
                        found[term.value][iri.startswith(VOC)].add(self.of(iri, lang))
        best = {label: names.get(True) or names[False] for label, names in found.items()}
        return {label: names.pop() for label, names in best.items() if len(names) == 1}

    def _is_made(self, iri: str, lang: str) -> bool:
        """Whether it is told by its content before any label."""
        told = C5 + ("amount" if _spoken(lang) else "currency")
        return self._index.value(iri, told) is not None

    def _label(self, iri: str, lang: str) -> str | None:
        found = self._literal(iri, lang)
        return found.value if found else None

    def _literal(self, iri: str, lang: str) -> Literal | None:
        for predicate in _SOURCES:
            terms = self._index.terms(iri, predicate)
            found = _best(terms, lang) if terms else None
            if found and found.value:
                return found
        return None

    def of_term(self, term: Term, lang: str = ENGLISH) -> str:
        """A name for an IRI; a literal's own text."""
        return term.value if isinstance(term, Literal) else self.of(text_of(term), lang)

    def _value(self, iri: str, lang: str) -> str | None:
        return self._worded(iri, lang) if _spoken(lang) else self._english_value(iri)

    def _worded(self, iri: str, lang: str) -> str | None:
        value = content(self._index, iri)
        if value is None:
            return None
        # Not by `of`: in files of a user a value may count itself.
        of = self._label(value.of, lang) or _last_part(value.of) if value.of else ""
        return worded(value, of, lang)

    def _english_value(self, iri: str) -> str | None:
        amount = self._index.value(iri, C5 + "amount")
        if amount is None:
            return None
        bound = (self._index.value(iri, C5 + "bound") or "").removeprefix(VOC + "bound-")
        parts = (_BOUNDS.get(bound, "") + _readable(amount), self._unit(iri))
        return " ".join(part for part in parts if part)

    def _unit(self, iri: str) -> str:
        currency = self._index.value(iri, C5 + "currency")
        if currency is not None:
            return currency
        unit = (self._index.value(iri, QUDT + "hasUnit") or "").removeprefix(UNIT)
        counted = self._index.value(iri, C5 + "countOf")
        name = self.of(counted) if counted is not None else ""
        return " of ".join(part for part in (_UNITS.get(unit, unit), name) if part)

    def _passage(self, iri: str, lang: str) -> str | None:
        report = self._index.value(iri, OA + "hasSource")
        return None if report is None else f"{self.of(report, lang)}, {_last_part(iri)}"


def _spoken(lang: str) -> bool:
    """Whether the interface speaks it, other than English."""
    return lang != ENGLISH and lang in languages()


def _best(terms: list[Term], lang: str) -> Literal | None:
    literals = [term for term in terms if isinstance(term, Literal)]
    for wanted in (lang, ENGLISH):
        for literal in literals:
            if literal.language == wanted:
                return literal
    return literals[0] if literals else None


def _readable(amount: str) -> str:
    try:
        number = Decimal(amount)
    except InvalidOperation:
        return amount
    for size, name in _SCALES:
        if abs(number) >= size:
            return f"{_plain(number / size)} {name}"
    return _plain(number)


def _plain(number: Decimal) -> str:
    whole = number == number.to_integral_value()
    return f"{number.to_integral_value():,}" if whole else f"{number.normalize():,f}"


def _last_part(iri: str) -> str:
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
