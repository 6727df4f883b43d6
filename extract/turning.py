"""Turn a page's own coordinates into those of the page as it is seen.

PDF counts from the bottom left of an unturned page (ISO 32000-1, 8.3.2.3); here all counts
from the top left of the page after a turn.
"""

from __future__ import annotations

from schema.finding import Box


class Turn:
    """Turn points and boxes of one page.

    Args:
        degrees: By how much the page is turned clockwise: 0, 90, 180 or 270.
        visible: The visible box as (left, bottom, right, top), in the page's own points.
    """

    __slots__ = ("_bottom", "_degrees", "_right", "height", "left", "top", "visible", "width")

    def __init__(self, degrees: int, visible: Box) -> None:
        self._degrees = degrees % 360
        self.visible = visible
        self.left, self._bottom, self._right, self.top = visible
        wide, high = self._right - self.left, self.top - self._bottom
        self.width, self.height = (wide, high) if self._degrees % 180 == 0 else (high, wide)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Give a point's distance from the left and from the top.

        >>> Turn(0, (0, 0, 200, 100)).point(10, 90)
        (10, 10)
        >>> Turn(90, (0, 0, 200, 100)).point(10, 90)
        (90, 10)
        """
        if self._degrees == 0:
            return x - self.left, self.top - y
        if self._degrees == 90:
            return y - self._bottom, x - self.left
        if self._degrees == 180:
            return self._right - x, y - self._bottom
        return self.top - y, self._right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Give a box as (x0, top, x1, bottom)."""
        if self._degrees == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        ax, ay = self.point(left, bottom)
        bx, by = self.point(right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
