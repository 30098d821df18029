"""Links to other data sets: form, check digits, codes, and that each says how it was verified."""

from __future__ import annotations

import re
from collections import Counter

import pycountry
import pytest
from mendeleev.mendeleev import element
from rdflib import OWL, RDF, RDFS, SKOS, Literal, URIRef
from rdflib.term import Node
from stdnum import casrn, lei

from c5graph.namespaces import BASE, C5, ID, PREFIXES, SCHEMA
from tests.turtle import CHECKOUT, read

LINK_FILES = sorted((CHECKOUT / "data" / "links").glob("*.ttl"))
LINK = BASE + "link/"
GEO = PREFIXES["geo"]
WD = PREFIXES["wd"]
GEONAMES = "https://sws.geonames.org/"
ROR = "https://ror.org/"
BIOGUIDE = "https://bioguide.congress.gov/search/bio/"
MARKETS = {"MISX", "XCSE", "XIST", "XNAS", "XNYS", "XSHG"}
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


LINKS = read(*LINK_FILES)
ENTITIES = read(*sorted((CHECKOUT / "data" / "entities").glob("*.ttl")))
NODES = sorted(
    node for node in LINKS.subjects(RDF.type, URIRef(C5 + "Link")) if isinstance(node, URIRef)
)


def one(node: Node, term: str) -> Node:
    """The one value of a term of ours on a node."""
    (value,) = LINKS.objects(node, URIRef(C5 + term))
    return value


def identifiers(predicate: str) -> list[tuple[str, str]]:
    """Slug and identifier of every link by one predicate."""
    return sorted(
        (str(one(node, "linkSubject")).removeprefix(ID), str(one(node, "identifier")))
        for node in NODES
        if one(node, "linkPredicate") == URIRef(predicate)
    )


def linked(start: str) -> list[tuple[str, str]]:
    """Linked thing and identifier of every link whose object starts with an IRI."""
    return sorted(
        (str(thing), str(one(node, "identifier")))
        for node in NODES
        for thing in LINKS.objects(node, URIRef(C5 + "linkObject"))
        if str(thing).startswith(start)
    )


def english_name(slug: str) -> str:
    labels = ENTITIES.objects(URIRef(ID + slug), RDFS.label)
    return next(str(each) for each in labels if getattr(each, "language", None) == "en")


def ror_check_digits_hold(number: str) -> bool:
    """Whether the last two digits of a ROR number are the check (ISO 7064, MOD 97-10)."""
    if not re.fullmatch(rf"0[{CROCKFORD}]{{6}}\d\d", number):
        return False
    value = 0
    for sign in number[:7]:
        value = value * 32 + CROCKFORD.index(sign)
    return 98 - value * 100 % 97 == int(number[7:])


def changed_digits(number: str) -> list[str]:
    """Every number that differs from the given one in one digit."""
    return [
        number[:place] + digit + number[place + 1 :]
        for place, sign in enumerate(number)
        if sign.isdigit()
        for digit in "0123456789"
        if digit != sign
    ]


def test_there_are_links_of_every_kind() -> None:
    kinds = Counter(path.stem for path in LINK_FILES for _ in read(path).subjects(RDF.type, None))
    assert set(kinds) >= {
        "elements",
        "geonames",
        "iso-3166",
        "lei",
        "stock-symbols",
        "wikidata",
    }
    assert len(NODES) > 100


@pytest.mark.parametrize("node", NODES, ids=lambda node: str(node).removeprefix(LINK))
def test_a_link_says_what_it_joins_and_how_it_was_verified(node: URIRef) -> None:
    subject, predicate = one(node, "linkSubject"), one(node, "linkPredicate")
    assert str(node).startswith(LINK)
    assert (subject, RDF.type, None) in ENTITIES
    assert str(one(node, "identifier"))
    assert re.search(r"\d.*\.$", str(one(node, "justification")))
    assert isinstance(verified := one(node, "verifiedOn"), Literal)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", verified)
    thing = LINKS.value(node, URIRef(C5 + "linkObject"))
    plain = {str(each) for each in LINKS.objects(subject, predicate)}
    assert str(thing or one(node, "identifier")) in plain


def test_no_plain_triple_stands_without_a_link_that_justifies_it() -> None:
    told = {
        (
            one(node, "linkSubject"),
            one(node, "linkPredicate"),
            str(LINKS.value(node, URIRef(C5 + "linkObject")) or one(node, "identifier")),
        )
        for node in NODES
    }
    plain = {
        (subject, predicate, str(thing))
        for subject, predicate, thing in LINKS
        if str(subject).startswith(ID) and predicate != RDF.type
    }
    assert plain == told


def test_no_links_stand_for_blank_nodes_or_for_sameness_of_every_kind() -> None:
    assert not list(LINKS.triples((None, OWL.sameAs, None)))
    assert all(isinstance(part, URIRef | Literal) for triple in LINKS for part in triple)


def test_an_entity_keeps_its_type_where_it_is_linked() -> None:
    for entity, kind in LINKS.subject_objects(RDF.type):
        assert not str(entity).startswith(ID) or (entity, RDF.type, kind) in ENTITIES


def test_no_outside_thing_is_the_exact_match_of_two_entities() -> None:
    things = Counter(thing for _, thing in LINKS.subject_objects(SKOS.exactMatch))
    assert [thing for thing, count in things.items() if count > 1] == []


def test_no_entity_has_two_exact_matches_in_one_data_set() -> None:
    pairs = Counter(
        (entity, str(thing).split("/")[2])
        for entity, thing in LINKS.subject_objects(SKOS.exactMatch)
    )
    assert [pair for pair, count in pairs.items() if count > 1] == []


def test_wikidata_numbers_have_their_form_and_end_their_iri() -> None:
    found = linked(WD)
    assert found
    for thing, number in found:
        assert re.fullmatch(r"Q[1-9]\d*", number)
        assert thing == WD + number


def test_geonames_numbers_have_their_form_and_stand_in_their_iri() -> None:
    found = linked(GEONAMES)
    assert found
    for thing, number in found:
        assert re.fullmatch(r"[1-9]\d*", number)
        assert thing == f"{GEONAMES}{number}/"


def test_numbers_of_members_of_congress_begin_with_the_letter_of_their_name() -> None:
    found = linked(BIOGUIDE)
    assert found
    names = {str(one(node, "identifier")): str(one(node, "linkSubject")) for node in NODES}
    for thing, number in found:
        assert thing == BIOGUIDE + number
        assert re.fullmatch(r"[A-Z]\d{6}", number)
        surname = english_name(names[number].removeprefix(ID)).split()[-1]
        assert surname[0] == number[0]


def test_ror_numbers_have_right_check_digits() -> None:
    found = linked(ROR)
    assert found
    for thing, number in found:
        assert thing == ROR + number
        assert ror_check_digits_hold(number)
        assert not any(ror_check_digits_hold(other) for other in changed_digits(number))


def test_legal_entity_identifiers_have_right_check_digits() -> None:
    found = identifiers(SCHEMA + "leiCode")
    assert found
    for _, number in found:
        assert lei.is_valid(number)
        assert not any(lei.is_valid(other) for other in changed_digits(number))


def test_cas_numbers_have_right_check_digits() -> None:
    found = identifiers(C5 + "casNumber")
    assert found
    for _, number in found:
        assert casrn.is_valid(number)
        assert [digit for digit in "0123456789" if casrn.is_valid(number[:-1] + digit)] == [
            number[-1]
        ]


def test_iso_codes_are_those_of_the_state_that_the_label_names() -> None:
    alpha2 = dict(identifiers(C5 + "isoAlpha2"))
    alpha3 = dict(identifiers(C5 + "isoAlpha3"))
    numeric = dict(identifiers(C5 + "isoNumeric"))
    assert alpha2.keys() == alpha3.keys() == numeric.keys()
    for slug, code in alpha2.items():
        country = pycountry.countries.get(alpha_2=code)
        assert country is not None
        assert (country.alpha_3, country.numeric) == (alpha3[slug], numeric[slug])
        assert country == pycountry.countries.search_fuzzy(english_name(slug))[0]


def test_every_state_has_its_iso_codes() -> None:
    states = {
        str(state).removeprefix(ID) for state in ENTITIES.subjects(RDF.type, URIRef(C5 + "State"))
    }
    assert states == {slug for slug, _ in identifiers(C5 + "isoAlpha2")}


def test_elements_have_the_symbol_number_and_cas_number_of_their_name() -> None:
    symbols = identifiers(C5 + "elementSymbol")
    numbers = dict(identifiers(C5 + "atomicNumber"))
    registry = dict(identifiers(C5 + "casNumber"))
    assert {slug for slug, _ in symbols} == numbers.keys() == registry.keys()
    for slug, symbol in symbols:
        entry = element(symbol)
        assert str(entry.name).lower().replace("cesium", "caesium") == english_name(slug)
        assert str(entry.atomic_number) == numbers[slug]
        assert str(entry.cas) == registry[slug]


def test_stock_symbols_name_a_market_and_a_symbol() -> None:
    found = identifiers(SCHEMA + "tickerSymbol")
    assert found
    for _, symbol in found:
        market, colon, ticker = symbol.partition(":")
        assert colon
        assert market in MARKETS
        assert re.fullmatch(r"\d{6}" if market == "XSHG" else r"[A-Z]{1,5}", ticker)
    assert len(dict(found).values()) == len(set(dict(found).values()))


def test_airline_codes_have_two_and_three_signs() -> None:
    iata, icao = identifiers(SCHEMA + "iataCode"), identifiers(C5 + "icaoAirlineCode")
    assert [slug for slug, _ in iata] == [slug for slug, _ in icao]
    assert all(re.fullmatch(r"[A-Z0-9]{2}", code) for _, code in iata)
    assert all(re.fullmatch(r"[A-Z]{3}", code) for _, code in icao)


def test_points_lie_in_the_part_of_the_world_where_their_places_are() -> None:
    wkt = re.compile(r"POINT\((-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)\)")
    for slug, text in identifiers(GEO + "hasGeometry"):
        match = wkt.fullmatch(text)
        assert match is not None
        longitude, latitude = float(match[1]), float(match[2])
        (shape,) = LINKS.objects(URIRef(ID + slug), URIRef(GEO + "hasGeometry"))
        literal = LINKS.value(shape, URIRef(GEO + "asWKT"))
        assert isinstance(literal, Literal)
        assert (str(literal), literal.datatype) == (text, URIRef(GEO + "wktLiteral"))
        if slug in {"new-york", "washington-dc"}:
            assert -80 < longitude < -70
            assert 35 < latitude < 45
        else:
            assert 46 < longitude < 88
            assert 35 < latitude < 56
