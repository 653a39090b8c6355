"""A count over days as a line: the points of an SVG polyline."""

from collections.abc import Sequence
from dataclasses import dataclass

from tryggve.domains.protection.selectors.today import Point

WIDTH, HEIGHT, _MARGIN = 240, 48, 3
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Line:
    """``points`` as SVG writes them, within a box of ``width`` by ``height``."""

    points: str
    width: int = WIDTH
    height: int = HEIGHT


def line(trend: Sequence[Point]) -> Line | None:
    """The share proven, from nothing at the bottom to all at the top; None for less than two days."""
    if len(trend) < _FEWEST:
        return None
    step = WIDTH / (len(trend) - 1)
    inner = HEIGHT - 2 * _MARGIN
    heights = [HEIGHT - _MARGIN - inner * point.proven / max(1, point.of) for point in trend]
    return Line(" ".join(f"{number * step:.1f},{height:.1f}" for number, height in enumerate(heights)))
