"""Points stand on the map where the outlines were drawn for."""

from __future__ import annotations

import pytest

from c5graph import assets
from c5graph.views.projection import place


@pytest.mark.parametrize("area", ["region", "world"])
def test_points_are_where_the_build_would_draw_them(area: str) -> None:
    drawn = assets.outlines()[area]
    assert len(drawn["control"]) >= 4
    for (longitude, latitude), (x, y) in drawn["control"]:
        found = place(drawn, area, longitude, latitude)
        assert found == pytest.approx((x, y), abs=0.11), (longitude, latitude)
