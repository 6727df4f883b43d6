"""Tell a watermark that stands level: its letters are much larger than the others, and lie over upright lines."""

from __future__ import annotations

from collections.abc import Sequence

from extract.glyphs import is_beside
from extract.page import Run, Stroke

#: Its letters are so many times as high as most, and lie over an upright line with this share of their height at least.
LARGE, OVER = 1.8, 0.3


def without_watermark(runs: Sequence[Run], verticals: Sequence[Stroke]) -> tuple[tuple[Run, ...], str]:
    """Give the runs without those of a watermark, and the text of these.

    A title is as large, but no line goes through it.

    Args:
        runs: In the order of drawing.
        verticals: The upright lines.
    """
    heights = sorted(run.bottom - run.top for run in runs)
    # Nearly always no text is so large.
    if not heights or heights[-1] < (least := LARGE * heights[len(heights) // 2]):
        return tuple(runs), ""
    large = [run for run in runs if run.bottom - run.top >= least]
    over = [(run.top, run.bottom) for run in large if _is_over(run, verticals)]
    marks = [run for run in large if any(is_beside((run.top, run.bottom), level) for level in over)]
    if not marks:
        return tuple(runs), ""
    return tuple(run for run in runs if run not in marks), "".join(run.text for run in marks)


def _is_over(run: Run, verticals: Sequence[Stroke]) -> bool:
    """Tell whether an upright line goes through a run, well within its ends."""
    middle, margin = (run.top + run.bottom) / 2, OVER * (run.bottom - run.top)
    return any(
        stroke.start < middle < stroke.end and run.x0 + margin < stroke.position < run.x1 - margin
        for stroke in verticals
    )
