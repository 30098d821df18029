"""No hedge hardens: laws of derived facts on generated worlds and on the shipped graph."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given

from c5graph.graph.claims import Firmness, members
from c5graph.graph.derive import Fact
from c5graph.graph.index import Index
from c5graph.graph.release import Release
from tests.graph.worlds import BINDING, FIRM_SHORTCUTS, STEPS, World, derived, iri, worlds

HEDGED = frozenset(iri(f"voc:modality-{each}") for each in ("sought", "possible", "forecast"))
HEDGED |= {iri("voc:modality-opinion")}
PLANNED = iri("voc:modality-planned")
FIRM = [iri(f"c5:{name}") for name in FIRM_SHORTCUTS]


def undecided(index: Index) -> set[str]:
    """Readings that no finding prefers, read from the statements themselves."""
    reading = iri("c5:alternativeReadingOf")
    pairs = [(a, b) for a in index for b in index.values(a, reading)]
    tied = {name for pair in pairs for name in pair}
    return tied - {each for a in index for each in index.values(a, iri("c5:prefersReading"))}


def barred(index: Index) -> set[str]:
    """Claims that may yield nothing at all."""
    claims = index.of_class(iri("c5:Claim"))
    negative = {
        c for c in claims if iri("voc:polarity-negative") in index.values(c, iri("c5:polarity"))
    }
    deprecated = {
        c for c in claims if iri("voc:rank-deprecated") in index.values(c, iri("c5:rank"))
    }
    return negative | deprecated | undecided(index)


def assert_nothing_hardens(facts: Iterable[Fact], index: Index) -> None:
    """The invariants of derivation, stated on raw statements."""
    claims, out = set(index.of_class(iri("c5:Claim"))), barred(index)
    undertakings = members(index, iri("c5:Undertaking"))
    for fact in facts:
        assert fact.supports, f"{fact} has no support"
        for support in fact.supports:
            assert support.claims, f"{fact} rests on nothing"
            assert support.claims <= claims, f"{fact} names what is no claim"
            assert support.claims.isdisjoint(out), f"{fact} rests on a barred claim"
            if fact.firmness is Firmness.FIRM:
                assert_firm(fact, support.claims, index, undertakings)


def assert_firm(fact: Fact, claims: frozenset[str], index: Index, things: frozenset[str]) -> None:
    for claim in claims:
        worded = index.value(claim, iri("c5:modality"))
        assert worded not in HEDGED, f"{fact} hardens {claim}"
        if worded == PLANNED:
            about = index.value(claim, iri("rdf:subject"))
            assert about in things, f"{fact} is firm by a plan about no undertaking"
            step = fact.predicate.value.removeprefix(iri("c5:")) in STEPS
            assert not step, f"{fact} takes a plan for done"
            told_of_it = fact.subject.value == about
            assert told_of_it or fact.predicate.value in FIRM, (
                f"{fact} is not about the plan's thing"
            )


def assert_shortcuts_are_signed(facts: Iterable[Fact], index: Index) -> None:
    binding = {iri(f"voc:status-{name}") for name in BINDING}
    for fact in facts:
        if fact.predicate.value in FIRM:
            assert fact.firmness is Firmness.FIRM
            for support in fact.supports:
                assert support.status is not None
                assert index.value(support.status, iri("rdf:object")) in binding
                assert index.value(support.status, iri("c5:modality")) == iri(
                    "voc:modality-asserted"
                )


@given(worlds())
def test_no_generated_claim_hardens(world: World) -> None:
    made = derived(world)
    assert_nothing_hardens(made.facts, made.index)


@given(worlds())
def test_no_generated_agreement_below_signed_yields_a_firm_shortcut(world: World) -> None:
    made = derived(world)
    assert_shortcuts_are_signed(made.facts, made.index)


def test_no_shipped_claim_hardens(shipped: Release) -> None:
    assert len(shipped.facts) > 1000
    assert_nothing_hardens(shipped.facts, shipped.index)


def test_no_shipped_agreement_below_signed_yields_a_firm_shortcut(shipped: Release) -> None:
    assert_shortcuts_are_signed(shipped.facts, shipped.index)


def test_plain_statements_are_exactly_the_firm_facts_of_the_default_lens(shipped: Release) -> None:
    graph = f"<{iri('graph:facts')}>"
    plain = {
        (str(q.subject), str(q.predicate), str(q.object))
        for q in shipped.quads
        if str(q.graph_name) == graph
    }
    firm = {
        (str(f.subject), str(f.predicate), str(f.object))
        for f in shipped.basis.held(shipped.view.lens)
        if f.firmness is Firmness.FIRM
    }
    assert plain == firm
    assert plain


@given(worlds(readings=False))
def test_a_further_claim_never_takes_a_derived_fact_away(world: World) -> None:
    fewer = World(world.claims[:-1], world.preferred, world.contradicting)
    before = {(fact.iri, support) for fact in derived(fewer).facts for support in fact.supports}
    after = {(fact.iri, support) for fact in derived(world).facts for support in fact.supports}
    assert before <= after
