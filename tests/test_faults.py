"""What a file does to its parser costs that file: the others are right, none is lost, and none is blamed."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import ROOT
from test_batch import batch, rows, still_running, tree, wait_for, write

from hongtou.batch import run as batch_run

FAULTY = str(ROOT / "tests" / "faults" / "run_batch.py")

#: What each fault ends as.  Confined, a parser cannot start processes, reach the network, or write elsewhere.
CONFINED = ("fork", "escape", "network", "program", "write", "stop-parent")
ENDS = {
    "segfault": "crash", "exit": "crash", "kill": "crash", "memory": "oom", "loop": "timeout", "files": "limit",
    "raise": "crash", "recursion": "crash", "streams": "ok", **dict.fromkeys(CONFINED, "crash"),
    "late-segfault": "partial", "late-loop": "partial", "late-memory": "partial", "late-raise": "partial",
}  # fmt: skip
QUICK = ("--time", "3", "--memory", "1G")


def mixed(folder: Path, faults: list[str], good: int = 9) -> None:
    """Write files that ask for a fault, and so many good ones for each."""
    folder.mkdir()
    write(folder, [f"good{number:04}.txt" for number in range(good * len(faults))])
    for number, fault in enumerate(faults):
        (folder / f"good{number * good:04}-{fault}.txt").write_text(f"FAULT:{fault}\t{number}\n")


def command(folder: Path, *more: str) -> list[str]:
    """Give the command that converts ``in`` to ``out`` with the reader that misbehaves."""
    return [sys.executable, FAULTY, str(folder / "in"), "-o", str(folder / "out"), *QUICK, "--no-timings", *more]


def test_each_fault_costs_its_own_file(tmp_path: Path) -> None:
    """One in ten files kills its process, in every way there is; nine in ten are converted."""
    mixed(tmp_path / "in", list(ENDS))
    started = time.monotonic()
    done = subprocess.run(command(tmp_path, "-j", "2"), capture_output=True, cwd=ROOT, check=False, timeout=120)
    assert done.returncode == 3, done.stderr
    found = {row["input"]: row for row in rows(tmp_path / "out")}
    assert len(found) == 10 * len(ENDS)
    assert Counter(row["status"] for name, row in found.items() if "-" not in name) == {"ok": 9 * len(ENDS)}
    ends = {name.partition("-")[2].removesuffix(".txt"): row["status"] for name, row in found.items() if "-" in name}
    # A text that is read all the same has a table of one row, which is doubtful.
    assert {fault: status.replace("findings", "ok") for fault, status in ends.items()} == ENDS
    assert still_running(tmp_path) == []
    assert not list(tmp_path.rglob("written-by-a-parser"))
    # Two loops and what memory takes; each has three seconds, two run at once.
    assert time.monotonic() - started < 60


def test_a_file_that_is_killed_keeps_the_pages_that_were_read(tmp_path: Path) -> None:
    """The outputs say which pages are missing, and why."""
    mixed(tmp_path / "in", ["late-segfault"], 0)
    subprocess.run(command(tmp_path), capture_output=True, cwd=ROOT, check=False, timeout=60)
    (row,) = rows(tmp_path / "out")
    assert (row["status"], row["reason"], row["pages"]) == ("partial", "SIGSEGV", 9)
    (path,) = (output["path"] for output in row["outputs"])
    assert '"unread-pages"' in (tmp_path / "out" / path).read_text(encoding="utf-8")


def test_a_loop_is_ended_in_time(tmp_path: Path) -> None:
    """A loop in C that looks at no signal ends within its limit and two seconds."""
    mixed(tmp_path / "in", ["loop"], 0)
    started = time.monotonic()
    done = subprocess.run(command(tmp_path), capture_output=True, cwd=ROOT, check=False, timeout=60)
    assert done.returncode == 3
    assert time.monotonic() - started < 3 + 2


@pytest.mark.parametrize("seed", range(3))
def test_a_run_that_is_killed_goes_on_where_it_was(seed: int, tmp_path: Path) -> None:
    """Ten times killed at any moment: no output is ever half written, and the end is that of a run left alone."""
    names = [f"{number % 3}/n{number}.txt" for number in range(150)]
    write(tmp_path / "in", names)
    batch(tmp_path / "in", "-o", tmp_path / "alone", "--no-timings", "-q")
    expected = tree(tmp_path / "alone")
    chance = random.Random(seed)  # noqa: S311 - moments, no secrets
    run = [sys.executable, "-m", "hongtou", "batch", str(tmp_path / "in"), "-o", str(tmp_path / "out")]
    for _ in range(10):
        with subprocess.Popen([*run, "--no-timings", "-q"], cwd=ROOT, stderr=subprocess.DEVNULL) as process:
            time.sleep(chance.uniform(0.1, 1.2))
            process.kill()
        time.sleep(0.1)
        for name, data in tree(tmp_path / "out").items() if (tmp_path / "out").exists() else ():
            if not name.startswith((".hongtou", "manifest")):
                assert data == expected[name], name
    # A process that was being started when its parent was killed ends once it has begun.
    assert still_running(tmp_path, 5.0) == []
    batch(tmp_path / "in", "-o", tmp_path / "out", "--no-timings", "-q")
    assert tree(tmp_path / "out") == expected


@pytest.mark.parametrize("seconds", [0.3, None])
def test_what_a_killed_run_left_may_write_for_a_moment(
    seconds: float | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its folder is emptied once it ends; what goes on writing there is an error."""
    monkeypatch.setattr(batch_run, "LAST_WRITES", 1.0)
    folder, ends = tmp_path / "work", time.monotonic() + (60.0 if seconds is None else seconds)
    remove = shutil.rmtree

    def removed(path: Path, *, ignore_errors: bool) -> None:
        remove(path, ignore_errors=ignore_errors)
        if time.monotonic() < ends:
            path.mkdir()

    folder.mkdir()
    monkeypatch.setattr(shutil, "rmtree", removed)
    if seconds is None:
        with pytest.raises(FileExistsError):
            batch_run._make_empty(folder)
    else:
        batch_run._make_empty(folder)
        assert list(folder.iterdir()) == []


def test_children_that_others_kill_do_not_blame_their_files(tmp_path: Path) -> None:
    """Killed from outside while it reads a good file, a child is run once more."""
    write(tmp_path / "in", [f"n{number}.txt" for number in range(300)])
    run = [sys.executable, "-m", "hongtou", "batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "-q"]
    killed = 0
    with subprocess.Popen(run, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        wait_for(tmp_path / "out" / "manifest.jsonl")
        while process.poll() is None:
            for child in children(tmp_path / "out" / ".hongtou"):
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
                    killed += 1
                    time.sleep(0.2)
        assert process.returncode == 0
    assert killed
    assert Counter(row["status"] for row in rows(tmp_path / "out")) == {"ok": 300}


def children(folder: Path) -> list[int]:
    """Give the processes whose working folder lies in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str((process / "cwd").readlink()).startswith(str(folder)):
                found.append(int(process.name))
        except OSError:
            continue
    return found


def test_a_full_disk_stops_the_run(tmp_path: Path) -> None:
    """Exit code 4, the manifest whole; with room, the same command goes on."""
    write(tmp_path / "in", [f"n{number}.txt" for number in range(60)])
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=160k", "none", small], check=False, capture_output=True
    ).returncode:
        pytest.skip("this machine lets no small disk be mounted")
    try:
        done = batch(tmp_path / "in", "-o", small / "out", "--no-timings", code=4)
        assert done.stderr.decode().strip().endswith(".")
        before = rows(small / "out")
        assert 0 < len(before) < 60
        for row in before:
            assert all((small / "out" / output["path"]).exists() for output in row["outputs"])
        subprocess.run(["mount", "-o", "remount,size=20m", small], check=True)
        assert (
            f"{len(before)} done before".encode() in batch(tmp_path / "in", "-o", small / "out", "--no-timings").stderr
        )
        found = tree(small / "out")
    finally:
        subprocess.run(["umount", small], check=True)
    batch(tmp_path / "in", "-o", tmp_path / "whole", "--no-timings")
    assert found == tree(tmp_path / "whole")


def test_a_file_that_may_not_grow_stops_the_run(tmp_path: Path) -> None:
    """The same where it is the run itself that may write no more: the manifest ends with a whole row."""
    write(tmp_path / "in", [f"n{number}.txt" for number in range(40)])
    run = [sys.executable, "-m", "hongtou", "batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "-q"]

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8000, resource.RLIM_INFINITY))

    done = subprocess.run(run, cwd=ROOT, capture_output=True, check=False, preexec_fn=small_files)
    assert done.returncode == 4, done.stderr
    assert 0 < len(rows(tmp_path / "out")) < 40
    batch(tmp_path / "in", "-o", tmp_path / "out")
    assert len(rows(tmp_path / "out")) == 40


@pytest.mark.parametrize("output", ["/sys/hongtou/out", "FILE/out"])
def test_a_folder_that_cannot_be_written_to_stops_the_run(output: str, tmp_path: Path) -> None:
    """Exit code 4, and what to do."""
    write(tmp_path / "in", ["a.txt"])
    (tmp_path / "FILE").write_text("in the way")
    done = batch(tmp_path / "in", "-o", output.replace("FILE", str(tmp_path / "FILE")), code=4)
    assert b"-o" in done.stderr


def test_the_run_that_looks_after_others_stays_small(tmp_path: Path) -> None:
    """While children eat memory and write floods, the supervisor needs little."""
    mixed(tmp_path / "in", ["memory", "streams", "files"] * 3)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *command(tmp_path, "-q")], capture_output=True, cwd=ROOT, check=True, text=True
    )
    assert int(done.stdout) < 300 << 20


#: Runs a command, and prints the most memory that it alone had (bytes), as it was last seen.
MEASURE = """
import re, subprocess, sys, time
process = subprocess.Popen(sys.argv[1:], stderr=subprocess.DEVNULL)
peak = 0
while process.poll() is None:
    found = re.search(r"VmHWM:\\s*(\\d+)", open(f"/proc/{process.pid}/status").read())
    peak = max(peak, int(found[1]) * 1024 if found else 0)
    time.sleep(0.02)
print(peak)
"""
