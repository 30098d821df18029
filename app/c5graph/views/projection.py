"""Where a point of the earth is on a map: the projections that the outlines were drawn with."""

from __future__ import annotations

from collections.abc import Mapping
from math import asin, cos, log, pi, radians, sin, sqrt, tan
from typing import Any, Final

# Equal Earth (Šavrič, Patterson, Jenny 2018).
_A: Final = (1.340264, -0.081106, 0.000893, 0.003796)
_M: Final = sqrt(3) / 2


def place(
    area: Mapping[str, Any], name: str, longitude: float, latitude: float
) -> tuple[float, float]:
    """Coordinates of a point on the map of an area."""
    turned = (longitude + area["turn"] + 180) % 360 - 180
    make = _mercator if name == "region" else _equal_earth
    x, y = make(radians(turned), radians(max(min(latitude, 89.5), -89.5)))
    left, top = area["translate"]
    return round(x * area["scale"] + left, 1), round(top - y * area["scale"], 1)


def _mercator(longitude: float, latitude: float) -> tuple[float, float]:
    return longitude, log(tan((pi / 2 + latitude) / 2))


def _equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    a, b, c, d = _A
    angle = asin(_M * sin(latitude))
    square = angle * angle
    sixth = square**3
    x = longitude * cos(angle) / (_M * (a + 3 * b * square + sixth * (7 * c + 9 * d * square)))
    return x, angle * (a + b * square + sixth * (c + d * square))
