"""Measure `hongtou check`: planted faults found, named and pointed at, and a long transcript's time and memory."""

from __future__ import annotations

import csv
import random
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from mutation.measure import NOTICES_USED, measure  # noqa: E402

#: Runs a command and prints its seconds and peak memory (kB).
TIMED = (
    "import resource, subprocess, sys, time; t = time.perf_counter(); "
    "subprocess.run(sys.argv[1:], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); "
    "print(time.perf_counter() - t, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


def planted(count: int) -> list[str]:
    """Give the lines of the table of planted faults by class."""
    scores, alarms, clean = measure(count, seed=20)
    total = sum(score.planted for score in scores.values())
    lines = [
        (
            f"{total} faults in transcripts of {len(NOTICES_USED)} notices, CSV and tab-separated; "
            f"rows without a fault: {clean}, reported at `error` among them: {len(alarms)}."
        ),
        "",
        "| class | planted | found | named rightly | pointed at rightly |",
        "|---|---|---|---|---|",
    ]
    for kind, score in scores.items():
        lines.append(f"| {kind} | {score.planted} | {score.found} | {score.named} | {score.pointed} |")
    sums = [sum(getattr(score, name) for score in scores.values()) for name in ("found", "named", "pointed")]
    shares = " | ".join(f"{100 * each / total:.2f} %" for each in sums)
    return [*lines, f"| all | {total} | {shares} |"]


def timed(*arguments: str) -> tuple[float, float]:
    """Run hongtou as a process of its own; give its seconds and its peak memory (MB)."""
    command = [sys.executable, "-c", TIMED, sys.executable, "-m", "hongtou", *arguments]
    seconds, memory = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(seconds), int(memory) / 1024


def long_transcript(original: Path, folder: Path) -> list[str]:
    """Give a line on the transcript of a long original, with faults in some rows."""
    timed("convert", str(original), "-o", str(folder), "-q")
    with (folder / f"{original.name}.csv").open(encoding="utf-8", newline="") as file:
        labels, *rows = list(csv.reader(file))
    dice = random.Random(3)  # noqa: S311 - faults, no secrets
    for row in dice.sample(rows, len(rows) // 50):
        row[3] = row[3].replace("的", "地", 1)
    path = folder / "typed.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([labels, *rows])
    seconds, memory = timed("check", str(path), "--against", str(original))
    return [f"{len(rows)} rows in {seconds:.0f} s, {memory:.0f} MB."]
