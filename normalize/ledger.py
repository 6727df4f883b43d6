"""Account for every printed character of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from schema.grid import Grid, count_printed
from schema.repair import Repair
from schema.table import Ledger, Row


def count_characters(grids: Iterable[Grid]) -> Counter[str]:
    """Add up what the readers counted in the pages of one table."""
    printed: Counter[str] = Counter()
    for grid in grids:
        printed.update(grid.characters)
    return printed


def balance(printed: Counter[str], labels: Iterable[str], rows: Iterable[Row], repairs: Iterable[Repair]) -> Ledger:
    """Balance what the readers counted against what the rows and the repairs hold.

    Args:
        printed: What the readers counted.
        labels: What the first header prints, as many times as it prints it.
        rows: The repaired rows.
        repairs: Everything that was changed on the way.
    """
    kept = count_printed("".join(value.text for row in rows for value in row.values))
    named = count_printed("".join(labels))
    removed, added = _changed(repairs)
    expected = printed + added
    found = kept + named + removed
    return Ledger(
        printed=printed.total(),
        labels=named.total(),
        kept=kept.total(),
        removed=removed.total(),
        added=added.total(),
        missing=dict(sorted((expected - found).items())),
        surplus=dict(sorted((found - expected).items())),
    )


def _changed(repairs: Iterable[Repair]) -> tuple[Counter[str], Counter[str]]:
    """Count the characters that the repairs removed, and those that they added."""
    gone: list[str] = []
    new: list[str] = []
    removed: Counter[str] = Counter()
    added: Counter[str] = Counter()
    for repair in repairs:
        if not repair.before:
            new.append(repair.after)
        elif not repair.after:
            gone.append(repair.before)
        # Most repairs move or take out white space, and leave the characters as they are.
        elif "".join(repair.before.split()) != "".join(repair.after.split()):
            before, after = count_printed(repair.before), count_printed(repair.after)
            if before != after:
                removed.update(before - after)
                added.update(after - before)
    removed.update(count_printed("".join(gone)))
    added.update(count_printed("".join(new)))
    return removed, added
