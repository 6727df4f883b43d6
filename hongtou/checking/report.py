"""Hold the result of a run for the reporters: what is new, what the baseline knows, and what is stale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hongtou.checking.baseline import Known
from hongtou.checking.difference import Change, Checked, Difference
from hongtou.messages import Language, difference_message, rule_title, shortened
from schema.finding import Severity

#: Is reported only where it is asked for.
EXPLAINED = "explained"


@dataclass(frozen=True, slots=True)
class Item:
    """Hold one difference with all that a reporter says of it.

    Args:
        file: The transcript, relative to the folder that the command runs in, with ``/``.
        original: The original, likewise; ``None`` where there is none.
        known: Whether the baseline has it.
        change: What would make it right, where that is certain.
    """

    file: str
    original: str | None
    difference: Difference
    fingerprint: str
    title: str
    message: str
    known: bool
    change: Change | None = None

    @property
    def where(self) -> str:
        """Say where in the transcript: line and column, or sheet and cell, or row of a Word table."""
        region, place = self.difference.region, self.difference.transcript.place
        if region is not None:
            return f"{region.line}:{region.column}"
        if place is not None and place.cell is not None:
            return f"{place.table}!{place.cell}"
        return f"{place.table}/{place.row}" if place is not None and place.row is not None else ""

    @property
    def original_where(self) -> str:
        """Say where in the original: page, Word table and row, or line."""
        place = self.difference.original.place
        if place is None:
            return ""
        numbers = (("p. ", place.page), ("line ", place.line), ("table ", place.table), ("row ", place.row))
        return " ".join(f"{word}{number}" for word, number in numbers if number is not None)


@dataclass(frozen=True, slots=True)
class Report:
    """Hold a run.

    Args:
        items: In the order of the files, and of each file's lines; those that the baseline knows among them.
        checked: The transcripts.
        stale: What the baseline knows and is gone.
        colour: Whether the reader is a terminal.
    """

    items: tuple[Item, ...]
    checked: tuple[Checked, ...]
    stale: tuple[Known, ...]
    language: Language
    version: str
    colour: bool = False

    @property
    def new(self) -> tuple[Item, ...]:
        """Give what the baseline does not know."""
        return tuple(item for item in self.items if not item.known)

    def count(self, severity: Severity) -> int:
        """Count the new items of a severity."""
        return sum(item.difference.severity is severity for item in self.new)


def _message(difference: Difference, language: Language) -> str:
    sides = {"mine": shortened(difference.transcript.differing), "theirs": shortened(difference.original.differing)}
    return difference_message(difference.rule, {**sides, **dict(difference.details)}, language)


def make_report(
    checked: Sequence[Checked], known: Mapping[str, Known], language: Language, version: str, *, strict: bool
) -> Report:
    """Make a report; what normalisation explains is left out but in a strict run."""
    shown = [
        replace(each, differences=tuple(d for d in each.differences if strict or d.rule != EXPLAINED))
        for each in checked
    ]
    items = tuple(
        Item(
            file=each.path,
            original=each.original,
            difference=difference,
            fingerprint=fingerprint,
            title=rule_title(difference.rule, language),
            message=_message(difference, language),
            known=fingerprint in known,
            change=each.change_of(difference),
        )
        for each in shown
        for difference, fingerprint in zip(each.differences, each.fingerprints(), strict=True)
    )
    found, files = {item.fingerprint for item in items}, {each.path for each in shown}
    stale = tuple(each for print_, each in known.items() if print_ not in found and each.file in files)
    return Report(items, tuple(shown), stale, language, version)
