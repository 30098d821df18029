"""Saved queries and rules as `sh:SPARQLExecutable`, and the prefixes that they use."""

from __future__ import annotations

import re
from collections.abc import Iterable

from c5graph.asked import asked
from c5graph.catalogue import SavedQuery
from c5graph.graph.header import QueryFile
from c5graph.metadata.statements import SH, Statements, any_uri, english, iri, plain
from c5graph.namespaces import BASE, DCTERMS, PREFIXES, QUERY, RDFS, RULE, SCHEMA
from c5graph.speech import languages
from c5graph.store.rdf import Literal

_FORM = re.compile(r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE | re.MULTILINE)
_KINDS = {
    "SELECT": ("SPARQLSelectExecutable", "select"),
    "ASK": ("SPARQLAskExecutable", "ask"),
    "CONSTRUCT": ("SPARQLConstructExecutable", "construct"),
}
DATASET = BASE + "dataset"


def declare_prefixes(into: Statements) -> None:
    """Every prefix of the project."""
    for name, namespace in PREFIXES.items():
        node = f"{DATASET}#prefix-{name}"
        into.add(DATASET, SH + "declare", iri(node))
        into.a(node, SH + "PrefixDeclaration")
        into.add(node, SH + "prefix", plain(name))
        into.add(node, SH + "namespace", any_uri(namespace))


def describe_queries(into: Statements, queries: Iterable[SavedQuery], endpoint: str) -> None:
    """Every saved query with its parameters; its text runs as it stands."""
    for query in queries:
        node = QUERY + query.name
        _executable(into, node, query.text)
        into.add(node, RDFS + "comment", english(query.question))
        for lang in languages():
            said = asked(query, lang)
            into.add(node, RDFS + "label", Literal(said.question, language=lang))
            into.add(node, DCTERMS + "description", Literal(said.description, language=lang))
        into.add(node, SCHEMA + "keywords", *map(plain, query.tags))
        into.add(node, SCHEMA + "target", iri(endpoint))
        for parameter in query.parameters:
            part = f"{node}#{parameter.name}"
            into.add(node, SH + "parameter", iri(part))
            into.add(part, SH + "name", plain(parameter.name))
            into.add(part, SH + "description", english(parameter.description))
            into.add(part, SH + "defaultValue", plain(parameter.default))


def describe_rules(into: Statements, rules: Iterable[QueryFile]) -> None:
    """Every rule by which facts are derived."""
    for rule in rules:
        node = RULE + rule.name
        _executable(into, node, rule.text)
        into.add(node, RDFS + "label", english(f"rule {rule.name}"))
        into.add(node, RDFS + "comment", english(rule.one("description")))


def _executable(into: Statements, node: str, text: str) -> None:
    form = _FORM.search(text)
    kind, predicate = _KINDS[form[1].upper() if form else "SELECT"]
    into.a(node, SH + "SPARQLExecutable", SH + kind)
    into.add(node, SH + "prefixes", iri(DATASET))
    into.add(node, SH + predicate, plain(text))
