"""Close a batch with what a person has to know: how many of each status, and the ten worst files."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from hongtou.batch.entry import Entry
from hongtou.batch.progress import badness, entry_line
from hongtou.batch.run import Tally
from hongtou.batch.status import Status
from hongtou.messages import Language

#: How many of the worst are named.
NAMED = 10


@dataclass(slots=True)
class Worst:
    """Keep the worst rows of a run, however many come."""

    _held: list[Entry] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Consider a row."""
        if entry.status not in (Status.OK, Status.DUPLICATE):
            self._held = heapq.nsmallest(NAMED, [*self._held, entry], key=badness)

    @property
    def entries(self) -> list[Entry]:
        """Give them, the worst first."""
        return list(self._held)


def summary_event(tally: Tally) -> str:
    """Give the closing line of a run for programs."""
    counts = {status.value: count for status, count in tally.statuses.items()}
    return json.dumps({"event": "end", "files": tally.statuses.total(), "known": tally.known, "statuses": counts})


def summary_lines(tally: Tally, worst: Worst, language: Language) -> Iterator[str]:
    """Give the closing lines of a run."""
    total = tally.statuses.total()
    counts = ", ".join(f"{status.value} {tally.statuses[status]}" for status in Status if tally.statuses[status])
    if language == "zh":
        yield f"{total} 个文件（{tally.known} 个先前已转换）：{counts or '无'}"
    else:
        yield f"files {total} ({tally.known} done before): {counts or 'none'}"
    if worst.entries:
        yield "最需要看的：" if language == "zh" else "to be looked at first:"
    for entry in worst.entries:
        errors, warnings = entry.findings.error, entry.findings.warning
        found = f" ({errors} error, {warnings} warning)" if errors or warnings else ""
        yield f"  {entry_line(entry)}{found}"
