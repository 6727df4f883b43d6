"""The same batch on a Dask cluster: the same rows, whatever happens to it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from test_batch import batch, rows, statuses, tree, write
from test_faults import FAULTY

#: Starts a cluster of two workers under nannies, and says where its scheduler is.
CLUSTER = """
import signal, sys
from distributed import LocalCluster
if __name__ == "__main__":
    asked = dict(n_workers=int(sys.argv[1]), threads_per_worker=1, dashboard_address=None, host="127.0.0.1")
    with LocalCluster(**asked) as cluster:
        print(cluster.scheduler_address, flush=True)
        signal.pause()
"""


def started(folder: Path, workers: int = 2) -> tuple[subprocess.Popen[str], str]:
    """Start a cluster; give it, and its scheduler's address."""
    script = folder / "cluster.py"
    script.write_text(CLUSTER)
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'tests' / 'faults'}:{ROOT}"}
    process = subprocess.Popen(
        [sys.executable, script, str(workers)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env=environment, start_new_session=True, cwd=folder,
    )  # fmt: skip
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def end(process: subprocess.Popen[str]) -> None:
    """End a cluster and all of its workers."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """Give the address of a cluster of two workers."""
    process, address = started(tmp_path)
    yield address
    end(process)


def test_two_hundred_files_of_which_some_kill(cluster: str, tmp_path: Path) -> None:
    """Five segfaults, two hangs, two out of memory: 200 rows, each blamed for what it did, as in a local run."""
    write(tmp_path / "in", [f"n{number:03}.txt" for number in range(191)])
    for number, fault in enumerate(["segfault"] * 5 + ["loop"] * 2 + ["memory"] * 2):
        (tmp_path / "in" / f"f{number}-{fault}.txt").write_text(f"FAULT:{fault}\t{number}\n")
    command = [sys.executable, FAULTY, str(tmp_path / "in"), "--time", "10", "--memory", "1G", "--no-timings", "-q"]
    for output, more in (("out", ["--scheduler", cluster]), ("here", [])):
        done = subprocess.run(
            [*command, "-o", str(tmp_path / output), *more], cwd=ROOT, capture_output=True, check=False, timeout=120
        )
        assert done.returncode == 3, done.stderr
    found = statuses(tmp_path / "out")
    assert Counter(found.values()) == {"ok": 191, "crash": 5, "timeout": 2, "oom": 2}
    assert {name[3:7]: status for name, status in found.items() if name[0] == "f"} == {
        "segf": "crash", "loop": "timeout", "memo": "oom",
    }  # fmt: skip
    assert tree(tmp_path / "out") == tree(tmp_path / "here")


def test_a_scheduler_that_dies_costs_nothing_that_was_done(tmp_path: Path) -> None:
    """The run ends and says so; with another cluster the same command goes on."""
    write(tmp_path / "in", [f"n{number}.txt" for number in range(400)])
    process, address = started(tmp_path)
    command = [sys.executable, "-m", "hongtou", "batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "-q"]
    with subprocess.Popen([*command, "--scheduler", address], cwd=ROOT, stderr=subprocess.PIPE) as run:
        manifest = tmp_path / "out" / "manifest.jsonl"
        while not (manifest.exists() and manifest.stat().st_size > 20_000):
            assert run.poll() is None
            time.sleep(0.02)
        end(process)
        _, said = run.communicate(timeout=120)
    assert run.returncode == 5, said
    assert b"same command" in said
    before = len(rows(tmp_path / "out"))
    assert 0 < before < 400
    process, address = started(tmp_path)
    try:
        done = batch(tmp_path / "in", "-o", tmp_path / "out", "--scheduler", address)
    finally:
        end(process)
    assert f"{before} done before".encode() in done.stderr
    assert len(rows(tmp_path / "out")) == 400


def test_a_cluster_gives_the_same_bytes_with_any_number_of_workers(tmp_path: Path) -> None:
    """One worker and eight."""
    write(tmp_path / "in", [f"{number % 2}/n{number}.txt" for number in range(40)])
    batch(tmp_path / "in", "-o", tmp_path / "here", "--no-timings")
    for workers in (1, 8):
        process, address = started(tmp_path, workers)
        try:
            batch(tmp_path / "in", "-o", tmp_path / f"out{workers}", "--no-timings", "--scheduler", address)
        finally:
            end(process)
        assert tree(tmp_path / f"out{workers}") == tree(tmp_path / "here")


def test_a_scheduler_that_anybody_can_reach_is_refused(tmp_path: Path) -> None:
    """Not on this machine, and not encrypted: a usage error.  One that is not there: code 5."""
    write(tmp_path / "in", ["a.txt"])
    for address in ("tcp://10.1.2.3:8786", "tcp://example.org:8786", "ws://127.0.0.1:1", "127.0.0.1:8786"):
        assert b"TLS" in batch(tmp_path / "in", "-o", tmp_path / "out", "--scheduler", address, code=2).stderr
    batch(tmp_path / "in", "-o", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:1", code=5)
