"""Measure `hongtou batch`: files a second by workers, and the supervisor's memory by the number of inputs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).parent.parent


def notices(count: int, pages: int, folder: Path) -> None:
    """Write so many notices of so many pages of a sample, no two of the same bytes."""
    folder.mkdir()
    source = pypdfium2.PdfDocument(ROOT / "samples" / "minhang-2025-3-paged.pdf")
    starts = range(1, len(source) - pages)
    made = []
    for start in starts:
        part = pypdfium2.PdfDocument.new()
        part.import_pages(source, list(range(start, start + pages)))
        path = folder / f"{start}.part"
        part.save(path)
        made.append(path.read_bytes())
        path.unlink()
    for number in range(count):
        # What stands behind the end of a PDF is nothing to its readers.
        (folder / f"{number:05}.pdf").write_bytes(made[number % len(made)] + b"%%%d\n" % number)


def texts(count: int, folder: Path) -> None:
    """Write so many small texts, no two of the same bytes."""
    folder.mkdir()
    for number in range(count):
        text = f"序号\t任务\t牵头单位\n1\t推进第{number}项工作\t区发展改革委\n"
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")


def measured(folder: Path, output: Path, workers: int) -> tuple[float, float]:
    """Convert a folder; give the seconds, and the most memory that the supervisor alone had (MB)."""
    command = [sys.executable, "-m", "hongtou", "batch", str(folder), "-o", str(output), "-q", "-j", str(workers)]
    peak, started = 0, time.perf_counter()
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            found = re.search(r"VmHWM:\s*(\d+)", Path(f"/proc/{process.pid}/status").read_text(encoding="ascii"))
            peak = max(peak, int(found[1]) if found else 0)
            time.sleep(0.05)
    seconds = time.perf_counter() - started
    if process.returncode not in (0, 1):
        message = f"the batch ended with {process.returncode}"
        raise RuntimeError(message)
    rows = sum(1 for _ in (output / "manifest.jsonl").open(encoding="utf-8"))
    if rows != sum(1 for _ in folder.iterdir()):
        message = f"{rows} rows"
        raise RuntimeError(message)
    shutil.rmtree(output)
    return seconds, peak / 1024


def scaling(count: int, pages: list[int], folder: Path) -> list[str]:
    """Give the table of files a second for one worker and two."""
    lines = [
        f"{count} notices of some pages of the sample, one worker against two:",
        "",
        "| pages a notice | files per second, 1 worker | 2 workers | ratio |",
        "|---|---|---|---|",
    ]
    for each in pages:
        notices(count, each, folder / "notices")
        one, two = (count / measured(folder / "notices", folder / "out", workers)[0] for workers in (1, 2))
        lines.append(f"| {each} | {one:.1f} | {two:.1f} | {two / one:.2f} |")
        shutil.rmtree(folder / "notices")
    return lines


def supervisor(counts: list[int], folder: Path) -> list[str]:
    """Give the table of the supervisor's memory by the number of inputs."""
    lines = ["| inputs | seconds | files per second | supervisor (MB) |", "|---|---|---|---|"]
    for count in counts:
        texts(count, folder / "texts")
        seconds, memory = measured(folder / "texts", folder / "out", 2)
        lines.append(f"| {count} | {seconds:.0f} | {count / seconds:.0f} | {memory:.0f} |")
        shutil.rmtree(folder / "texts")
    return lines
