"""Figures for print: networks, timelines, flows and comparisons, as SVG and PNG (extra `figures`).

Colours are those of Okabe and Ito, which readers with any colour vision tell apart; whatever a
colour says is said by a shape or a line as well. Every figure has its source, data version and
lens below it.
"""

from __future__ import annotations

from c5graph.figures.drawn import Drawn
from c5graph.figures.kinds import KINDS, draw

__all__ = ["KINDS", "Drawn", "draw"]
