"""Hold a page as PDF-like formats draw it: characters and strokes.

Lengths are points; the origin is the page's top left as the page is seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Char(NamedTuple):
    """Hold one printed character and its box.

    The box is as wide as the pen moved, and as high as the font's letters.
    `spaced` tells whether a real space (not one that a reader made up) stands before it.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    spaced: bool


class Stroke(NamedTuple):
    """Hold one straight ruling line along an axis: where it lies, and from where to where."""

    position: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """Hold what one page shows.

    Args:
        number: Counting from 1.
        chars: In the order of drawing, without white space.
        horizontals: Strokes whose position is a distance from the top.
        verticals: Strokes whose position is a distance from the left.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    horizontals: tuple[Stroke, ...]
    verticals: tuple[Stroke, ...]
