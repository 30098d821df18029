"""What the map, the timeline and the comparison show, and that they follow the lens."""

from __future__ import annotations

from datetime import date
from itertools import combinations, pairwise

import pytest

from c5graph.desk.bureau import Bureau, Office
from c5graph.graph.lens import Lens
from c5graph.graph.release import Release
from c5graph.lookup import Which
from c5graph.namespaces import ID
from c5graph.views.atlas import LAYERS, Atlas
from c5graph.views.claims import Reader
from c5graph.views.comparison import At, Comparison
from c5graph.views.ends import Ends
from c5graph.views.flows import C5_STATES, Flows
from c5graph.views.lettering import around, overlap
from c5graph.views.scatter import NARROW, WIDTH, scatter, scatters
from c5graph.views.thing import MOST
from c5graph.views.timeline import Clock, Timeline


def timeline(release: Release, lens: Lens | None = None) -> Timeline:
    view = release.view if lens is None else release.view_under(lens)
    census = Bureau(release, 2).office(view).census
    return Timeline(release, view, Reader(release), census.counts)


@pytest.fixture(scope="module")
def flows(shipped_office: Office) -> Flows:
    return Flows(shipped_office.ledger.telling)


def test_flows_lead_from_central_asia_and_count_each_undertaking_once(flows: Flows) -> None:
    found = flows.among()
    assert found
    for flow in found:
        assert flow.ends[0] in C5_STATES
        assert len(set(flow.undertakings)) == flow.total
        for undertaking in flow.undertakings:
            assert set(flow.ends) <= set(flows.sides(undertaking))


def test_every_state_of_central_asia_is_on_the_map(shipped: Release, flows: Flows) -> None:
    atlas = Atlas(shipped, shipped.view, Reader(shipped), flows)
    for area in ("region", "world"):
        drawn = atlas.map(area)
        assert drawn is not None
        assert {each.thing.iri for each in drawn.countries if each.thing} >= set(C5_STATES)
        for point in drawn.points:
            assert 0 <= point.at[0] <= drawn.width
            assert 0 <= point.at[1] <= drawn.height


def test_no_name_on_the_map_covers_another_or_a_mark(shipped: Release, flows: Flows) -> None:
    atlas = Atlas(shipped, shipped.view, Reader(shipped), flows)
    drawn = atlas.map("region")
    assert drawn is not None
    for layers in (LAYERS, LAYERS[:1], LAYERS[1:2], LAYERS[3:]):
        marks = [around(point.at, point.radius) for point in drawn.seen(layers)]
        for names in drawn.names(layers).values():
            boxes = [each.box for each in names]
            assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
            assert not any(overlap(box, mark) for box in boxes for mark in marks)
            iris = [each.thing.iri for each in names]
            assert len(set(iris)) == len(iris)
            assert set(iris) >= set(C5_STATES)


def test_moments_are_in_order_by_either_clock(shipped: Release) -> None:
    clocks: list[Clock] = ["held", "published"]
    for clock in clocks:
        found = timeline(shipped).moments(clock=clock)
        days = [each.on(clock) for each in found]
        assert len(found) > 10
        assert days == sorted(day for day in days if day)


def test_the_timeline_forgets_what_was_not_yet_published(shipped: Release) -> None:
    day = date(2025, 11, 6)
    early = timeline(shipped, Lens(known_at=day)).moments()
    assert len(early) < len(timeline(shipped).moments())
    assert all(each.published is None or each.published <= day for each in early)


def test_a_timeline_of_a_thing_has_what_it_takes_part_in(shipped: Release) -> None:
    found = timeline(shipped).moments(about=ID + "somon-air")
    things = {str(each.thing.iri) for each in found}
    assert ID + "somon-air-boeing-2025" in things
    edges = list(shipped.neighbours.edges(ID + "somon-air", Which()))
    near = {fact.subject.value for *_, fact in edges} | {str(fact.object) for *_, fact in edges}
    assert all(iri in near or f"<{iri}>" in near for iri in things)


def test_marks_keep_inside_their_picture(shipped: Release) -> None:
    moments = timeline(shipped).moments()
    made = scatters(moments, "held")
    assert [each.width for each in made] == [WIDTH, NARROW]
    for picture in made:
        assert len(picture.marks) + picture.earlier + picture.later == len(moments)
        for mark in picture.marks:
            assert 0 <= mark.x <= picture.width
            assert 0 < mark.y < picture.height
        assert len({(mark.x, mark.y) for mark in picture.marks}) == len(picture.marks)
        begins = [*(x for x, *_ in picture.periods), picture.end]
        assert min(b - a for a, b in pairwise(begins)) > 40
        assert all(first <= last for _, first, last in picture.periods)
        ends = [(last, following) for (*_, last), (_, following, _) in pairwise(picture.periods)]
        assert all(int(following) - int(last) == 1 for last, following in ends)
    assert scatters([], "held") == []


def test_few_strays_do_not_press_a_timeline_together(shipped: Release) -> None:
    moments = timeline(shipped).moments()
    picture = scatter(moments, "held")
    assert picture is not None
    assert len(picture.marks) > 0.9 * len(moments)
    assert picture.last - picture.first < (moments[-1].day - moments[0].day) / 3
    near = [each for each in moments if each.day.year == 2025]
    whole = scatter(near, "held")
    assert whole is not None
    assert (whole.earlier, whole.later) == (0, 0)


def test_a_moment_says_whether_its_day_of_publication_is_known(shipped: Release) -> None:
    told = {each.published_is_sure for each in timeline(shipped).moments() if each.published}
    assert told == {True, False}


def test_two_buyers_of_one_package_have_no_flow_between_them(flows: Flows) -> None:
    package = next(
        iri
        for iri, sides in flows.by_undertaking.items()
        if iri.startswith(ID + "boeing-") and len(set(sides) & set(C5_STATES)) > 1
    )
    among = [flow for flow in flows.among() if package in flow.undertakings]
    assert among
    assert all(flow.ends[1] == ID + "united-states" for flow in among)


def test_a_thing_compared_with_itself_at_an_earlier_day_has_less(shipped: Release) -> None:
    bureau, day = Bureau(shipped, 4), date(2025, 11, 6)
    made = Comparison(bureau, Reader(shipped), Ends(shipped), "en")
    now = made.column(ID + "tajikistan", bureau.under(Lens()), At(None, None), MOST)
    then = made.column(ID + "tajikistan", bureau.under(Lens(known_at=day)), At(None, day), MOST)
    assert then.tally.claims < now.tally.claims
    assert sum(count for _, count in now.by_class) == len(now.deals)
    assert {row["agreement"]["iri"] for row in then.deals} < {
        row["agreement"]["iri"] for row in now.deals
    }
