"""Readable names for what the graph leaves to others: their properties, languages, hedges."""

from __future__ import annotations

from typing import Final

from c5graph.graph.claims import Firmness
from c5graph.namespaces import C5, DCTERMS, OA, OWL, PREFIXES, QUDT, RDF, RDFS, SCHEMA, SKOS
from c5graph.speech import gettext, n_

LANGUAGES: Final = {
    "en": n_("English"),
    "kk": n_("Kazakh"),
    "ky": n_("Kyrgyz"),
    "ru": n_("Russian"),
    "tg": n_("Tajik"),
    "tk": n_("Turkmen"),
    "uz": n_("Uzbek"),
    "zh": n_("Chinese"),
}
TERMS: Final = {
    RDF + "type": n_("kind"),
    RDF + "subject": n_("subject"),
    RDF + "predicate": n_("relation"),
    RDF + "object": n_("object"),
    RDFS + "label": n_("name"),
    RDFS + "comment": n_("comment"),
    RDFS + "subClassOf": n_("is a kind of"),
    RDFS + "subPropertyOf": n_("is a narrower relation than"),
    RDFS + "isDefinedBy": n_("defined in"),
    RDFS + "seeAlso": n_("see also"),
    SKOS + "prefLabel": n_("name"),
    SKOS + "altLabel": n_("other spelling"),
    SKOS + "definition": n_("definition"),
    SKOS + "inScheme": n_("vocabulary"),
    SKOS + "broader": n_("wider"),
    SKOS + "narrower": n_("narrower"),
    SKOS + "exactMatch": n_("the same elsewhere"),
    SKOS + "closeMatch": n_("close to"),
    DCTERMS + "title": n_("title"),
    DCTERMS + "description": n_("description"),
    DCTERMS + "publisher": n_("publisher"),
    DCTERMS + "issued": n_("published"),
    DCTERMS + "created": n_("written on"),
    DCTERMS + "modified": n_("changed on"),
    DCTERMS + "language": n_("language"),
    DCTERMS + "license": n_("licence"),
    DCTERMS + "isReplacedBy": n_("replaced by"),
    SCHEMA + "url": n_("address"),
    SCHEMA + "position": n_("place in its order"),
    SCHEMA + "isBasedOn": n_("based on"),
    OA + "hasSource": n_("report"),
    OA + "hasSelector": n_("place in the text"),
    OA + "start": n_("first character"),
    OA + "end": n_("character after the last"),
    OWL + "inverseOf": n_("the inverse of"),
    OWL + "Class": n_("class of things"),
    OWL + "ObjectProperty": n_("relation between things"),
    OWL + "DatatypeProperty": n_("attribute"),
    SKOS + "Concept": n_("concept of a vocabulary"),
    SKOS + "ConceptScheme": n_("vocabulary"),
    QUDT + "hasUnit": n_("unit"),
    PREFIXES["geo"] + "asWKT": n_("point"),
    PREFIXES["geo"] + "hasGeometry": n_("geometry"),
    PREFIXES["sh"] + "select": n_("query"),
    PREFIXES["sh"] + "prefixes": n_("prefixes declared in"),
}

ROLES: Final = {
    C5 + "hasParty": n_("party"),
    C5 + "hasBuyer": n_("buyer"),
    C5 + "hasSeller": n_("seller"),
    C5 + "hasInvestor": n_("investor"),
    C5 + "hasHost": n_("host"),
    C5 + "hasProvider": n_("provider"),
    C5 + "hasBeneficiary": n_("beneficiary"),
    C5 + "hasDeveloper": n_("developer"),
    C5 + "hasPartner": n_("partner"),
    C5 + "hasSupporter": n_("supporter"),
    C5 + "hasProposer": n_("proposer"),
    C5 + "hasLender": n_("lender"),
    C5 + "hasBorrower": n_("borrower"),
    C5 + "hasLessor": n_("lessor"),
    C5 + "hasLessee": n_("lessee"),
}
"""A role as a noun beside the actor that has it: `has buyer` is said of the agreement."""
MODALITIES: Final = {
    Firmness.FIRM: n_("Stated"),
    Firmness.PLANNED: n_("Planned"),
    Firmness.SOUGHT: n_("Sought"),
    Firmness.POSSIBLE: n_("Possible"),
    Firmness.FORECAST: n_("Forecast"),
    Firmness.OPINION: n_("Opinion"),
}
STANDINGS: Final = {
    "firm": n_("firm"),
    "planned": n_("planned, not done"),
    "sought": n_("sought, not reached"),
    "possible": n_("possible, not certain"),
    "forecast": n_("forecast, not fact"),
    "opinion": n_("opinion, not fact"),
    "denied": n_("denied by the source"),
    "undecided": n_("one of several readings, undecided"),
    "deprecated": n_("set aside by curators"),
    "surpassed": n_("told once, not the present status"),
    "uncounted": n_("not counted in this view"),
}
"""How much weight a statement has, the weightiest first."""


def standing_in_words(standing: str) -> str:
    """How much weight, in the reader's language."""
    return gettext(STANDINGS[standing])


SHOWN: Final = (
    *(n_("asserted"), n_("planned"), n_("sought"), n_("possible"), n_("forecast"), n_("opinion")),
    *(n_("state"), n_("government"), n_("organisation"), n_("company"), n_("person")),
    *(n_("undertaking"), n_("event"), n_("commodity"), n_("infrastructure"), n_("place")),
    *(n_("statement"), n_("value"), n_("other"), n_("class"), n_("property"), n_("concept")),
    *(n_("conflict"), n_("weaker"), n_("rule"), n_("source"), n_("curator"), n_("firm")),
    *(n_("confirms"), n_("corrects"), n_("qualifies"), n_("updates")),
    *(n_("disputed"), n_("hedged"), n_("inexact")),
)
"""Words of data that pages and scripts show as they are."""
