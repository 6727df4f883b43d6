"""A batch: one row of the manifest for each input, whatever it is called and whatever became of it."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SAMPLES

NOTICE = "序号\t任务\t牵头单位\n1\t推进第{}项工作\t区发展改革委\n2\t落实\t区教育局\n"


def batch(*arguments: str | Path, stdin: bytes = b"", code: int = 0) -> subprocess.CompletedProcess[bytes]:
    """Run ``hongtou batch`` as a person would, and assert its exit code."""
    command = [sys.executable, "-m", "hongtou", "batch", *map(str, arguments)]
    done = subprocess.run(command, input=stdin, capture_output=True, cwd=ROOT, check=False, timeout=300)
    assert done.returncode == code, done.stderr.decode(errors="replace")
    return done


def rows(folder: Path, name: str = "manifest") -> list[dict[str, Any]]:
    """Give the rows of a folder's manifest."""
    lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def statuses(folder: Path) -> dict[str, str]:
    """Give each input's status."""
    return {row["input"]: row["status"] for row in rows(folder)}


def write(folder: Path, names: Sequence[str]) -> None:
    """Write a small notice of its own under each name."""
    for number, name in enumerate(names):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(NOTICE.format(number), encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    """Give every file below a folder, by its path."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {os.path.relpath(path, folder): path.read_bytes() for path in found}


def test_every_input_has_one_row_and_its_outputs(tmp_path: Path) -> None:
    """Outputs are those of ``convert``; the manifest has their digests, in JSON lines and in CSV."""
    inputs = [SAMPLES / name for name in ("minhang-2025-3.pdf", "minhang-2025-3.docx", "minhang-2025-3.txt")]
    batch(*inputs, "-o", tmp_path / "out")
    found = rows(tmp_path / "out")
    assert [row["input"] for row in found] == sorted(path.name for path in inputs)
    for row in found:
        assert row["sha256"] == hashlib.sha256((SAMPLES / row["input"]).read_bytes()).hexdigest()
        assert (row["tables"], row["rows"]) == (1, 190)
        assert row["seconds"] > 0
        assert row["peak_memory"] > 10 << 20
        for output in row["outputs"]:
            data = (tmp_path / "out" / output["path"]).read_bytes()
            assert data == (ROOT / "output" / output["path"]).read_bytes()
            assert output["sha256"] == hashlib.sha256(data).hexdigest()
    assert statuses(tmp_path / "out")["minhang-2025-3.txt"] == "findings"
    assert found[1]["pages"] == 17
    with (tmp_path / "out" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        assert [row["input"] for row in csv.DictReader(file)] == [row["input"] for row in found]


def test_folders_are_mirrored_and_what_is_hidden_left_out(tmp_path: Path) -> None:
    """Hidden files, Word's locks and the outputs themselves are no inputs."""
    write(tmp_path, ["a/x.txt", "b/c/x.txt", ".git/x.txt", "a/.hidden.txt", "a/~$x.txt", "out/old.txt"])
    batch(tmp_path, "-o", tmp_path / "out")
    assert set(statuses(tmp_path / "out")) == {"a/x.txt", "b/c/x.txt"}
    assert (tmp_path / "out" / "b" / "c" / "x.txt.csv").exists()
    # A folder's inputs are named below it, whatever else is in it.
    shutil.rmtree(tmp_path / "b")
    batch(tmp_path, "-o", tmp_path / "other")
    assert "a/x.txt" in statuses(tmp_path / "other")


def test_patterns_lists_and_filters_choose_inputs(tmp_path: Path) -> None:
    """Globs, a list on standard input, --include and --exclude."""
    write(tmp_path / "in", ["a.txt", "b.txt", "drafts/c.txt", "d.csv"])
    batch(tmp_path / "in" / "*.txt", "-o", tmp_path / "glob")
    assert set(statuses(tmp_path / "glob")) == {"a.txt", "b.txt"}
    listed = "\n".join(str(tmp_path / "in" / name) for name in ("a.txt", "drafts/c.txt"))
    batch("-", "-o", tmp_path / "list", stdin=listed.encode())
    assert set(statuses(tmp_path / "list")) == {"a.txt", "drafts/c.txt"}
    batch(tmp_path / "in", "-o", tmp_path / "some", "--include", "*.txt", "--exclude", "drafts/*")
    assert set(statuses(tmp_path / "some")) == {"a.txt", "b.txt"}


def test_a_name_that_is_no_file_is_a_row_and_nothing_at_all_is_a_usage_error(tmp_path: Path) -> None:
    """What was named is accounted for."""
    write(tmp_path, ["a.txt"])
    os.mkfifo(tmp_path / "pipe")
    batch(tmp_path / "a.txt", tmp_path / "none.pdf", tmp_path / "pipe", "-o", tmp_path / "out", code=3)
    assert statuses(tmp_path / "out") == {"a.txt": "ok", "none.pdf": "io-error", "pipe": "io-error"}
    done = batch(tmp_path / "*.pdf", "-o", tmp_path / "out", code=2)
    assert b"nothing to convert" in done.stderr


@pytest.mark.parametrize(
    "name",
    [
        "name with space & 'quote' \"dq\".txt", "名称 表格（一）.txt", "-rf.txt", "name\nnewline.txt", "=cmd.txt",
        "<img src=x onerror=alert(1)>.txt", "a" * 250 + ".t", "字" * 83 + ".txt", "cafe\u0301.txt", "manifest",
    ],
)  # fmt: skip
def test_every_name_is_taken(name: str, tmp_path: Path) -> None:
    """Whatever a file is called, its row says so, and its outputs have names that the disk takes."""
    write(tmp_path / "in", [name])
    batch(tmp_path / "in", "-o", tmp_path / "out", "--report", tmp_path / "out" / "index.html")
    (row,) = rows(tmp_path / "out")
    assert row["input"] == name
    assert all((tmp_path / "out" / output["path"]).exists() for output in row["outputs"])
    assert len(row["outputs"]) == 2
    text = (tmp_path / "out" / "manifest.csv").read_text(encoding="utf-8")
    assert not re.search(r"^[=+@-]", text, re.MULTILINE)
    assert "<img" not in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_a_name_that_is_no_text_is_taken(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 come back from the manifest as what they were."""
    name = os.fsdecode(b"bad\xff\xfe.txt")
    write(tmp_path / "in", [name])
    batch(tmp_path / "in", "-o", tmp_path / "out")
    (row,) = rows(tmp_path / "out")
    assert row["input"] == name
    assert (tmp_path / "out" / f"{name}.csv").exists()


def test_inputs_whose_outputs_would_meet_do_not(tmp_path: Path) -> None:
    """The second table of one input and the first of another want the same name."""
    two = NOTICE.format(1) + "\n说明\n\n名称\t金额\t备注\n甲\t1\t\n乙\t2\t\n"
    write(tmp_path / "in", ["a", "a.2"])
    (tmp_path / "in" / "a").write_text(two, encoding="utf-8")
    batch(tmp_path / "in", "-o", tmp_path / "out")
    paths = [output["path"] for row in rows(tmp_path / "out") for output in row["outputs"]]
    assert "a.2.csv" in paths
    assert len(paths) == len(set(paths)) == 5


def test_the_same_bytes_are_converted_once(tmp_path: Path) -> None:
    """The first by name is converted, the other names it; empty files are no duplicates."""
    for name in ("a.txt", "b.txt"):
        write(tmp_path / "in", [name])
    (tmp_path / "in" / "c.txt").write_bytes(b"")
    (tmp_path / "in" / "d.txt").write_bytes(b"")
    batch(tmp_path / "in", "-o", tmp_path / "out")
    assert statuses(tmp_path / "out") == {"a.txt": "ok", "b.txt": "duplicate", "c.txt": "empty", "d.txt": "empty"}
    assert "a.txt" in rows(tmp_path / "out")[1]["message"]
    (tmp_path / "in" / "a.txt").unlink()
    batch(tmp_path / "in", "-o", tmp_path / "out")
    assert statuses(tmp_path / "out")["b.txt"] == "ok"


def test_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    """The same command does nothing; what changed, or whose output did, is done again and nothing else."""
    write(tmp_path / "in", ["a.txt", "b.txt", "c.txt"])
    batch(tmp_path / "in", "-o", tmp_path / "out", "--no-timings")
    before = tree(tmp_path / "out")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.txt.*")}
    done = batch(tmp_path / "in", "-o", tmp_path / "out", "--no-timings")
    assert b"3 done before" in done.stderr
    assert tree(tmp_path / "out") == before
    assert {path: path.stat().st_mtime_ns for path in times} == times
    (tmp_path / "in" / "a.txt").write_text(NOTICE.format("新"), encoding="utf-8")
    (tmp_path / "out" / "b.txt.csv").write_text("spoilt")
    done = batch(tmp_path / "in", "-o", tmp_path / "out", "--no-timings")
    assert b"1 done before" in done.stderr
    assert tree(tmp_path / "out")["b.txt.csv"] == before["b.txt.csv"]
    assert "新" in (tmp_path / "out" / "a.txt.csv").read_text(encoding="utf-8")
    # Other settings give other outputs.
    assert b"0 done before" in batch(tmp_path / "in", "-o", tmp_path / "out", "--bom").stderr


def test_more_time_or_memory_does_only_those_again_that_had_too_little(tmp_path: Path) -> None:
    """Raising a limit does what hit it, and leaves the rest alone."""
    write(tmp_path / "in", ["a.txt", "b.txt"])
    (tmp_path / "in" / "long.txt").write_text("a\tb\n" * 400)
    batch(tmp_path / "in", "-o", tmp_path / "out", "--limit", "cells=500", code=3)
    assert statuses(tmp_path / "out")["long.txt"] == "limit"
    more = batch(tmp_path / "in", "-o", tmp_path / "out", "--limit", "cells=1000", "--time", "60", "--fail-on", "never")
    assert b"2 done before" in more.stderr
    assert statuses(tmp_path / "out")["long.txt"] != "limit"


def test_the_outputs_of_an_input_that_cannot_be_read_this_time_stay(tmp_path: Path) -> None:
    """Its row says that it could not be read; what it gave before is still there."""
    write(tmp_path / "in", ["a.txt"])
    batch(tmp_path / "in" / "a.txt", "-o", tmp_path / "out")
    (tmp_path / "in" / "a.txt").unlink()
    batch(tmp_path / "in" / "a.txt", "-o", tmp_path / "out", code=3)
    assert statuses(tmp_path / "out") == {"a.txt": "io-error"}
    assert (tmp_path / "out" / "a.txt.csv").exists()


def test_an_output_that_an_input_no_longer_has_is_removed(tmp_path: Path) -> None:
    """An input of two tables that becomes one of one leaves no second table behind."""
    write(tmp_path / "in", ["a.txt"])
    path = tmp_path / "in" / "a.txt"
    path.write_text(NOTICE.format(1) + "\n说明\n\n名称\t金额\t备注\n甲\t1\t\n乙\t2\t\n", encoding="utf-8")
    batch(tmp_path / "in", "-o", tmp_path / "out")
    assert (tmp_path / "out" / "a.txt.2.csv").exists()
    path.write_text(NOTICE.format(1), encoding="utf-8")
    batch(tmp_path / "in", "-o", tmp_path / "out")
    assert not (tmp_path / "out" / "a.txt.2.csv").exists()


def test_a_manifest_that_somebody_broke_is_not_written_over(tmp_path: Path) -> None:
    """A row that was cut by a loss of power is done again; a whole line that is none stops the run."""
    write(tmp_path / "in", ["a.txt", "b.txt"])
    batch(tmp_path / "in", "-o", tmp_path / "out", "--no-timings")
    manifest = tmp_path / "out" / "manifest.jsonl"
    whole = manifest.read_bytes()
    manifest.write_bytes(whole[:-20])
    assert b"1 done before" in batch(tmp_path / "in", "-o", tmp_path / "out", "--no-timings").stderr
    assert manifest.read_bytes() == whole
    manifest.write_bytes(b"a,b\n" + whole)
    assert b"Line 1" in batch(tmp_path / "in", "-o", tmp_path / "out", code=4).stderr
    assert manifest.read_bytes() == b"a,b\n" + whole


def test_parts_together_are_the_whole(tmp_path: Path) -> None:
    """Three shards do each input once; the whole takes their rows, does nothing again, and is the same."""
    names = [f"n{number}.txt" for number in range(12)]
    write(tmp_path / "in", names)
    shutil.copy(tmp_path / "in" / "n3.txt", tmp_path / "in" / "same.txt")
    batch(tmp_path / "in", "-o", tmp_path / "whole", "--no-timings")
    for part in ("1/3", "2/3", "3/3"):
        batch(tmp_path / "in", "-o", tmp_path / "parts", "--shard", part, "--no-timings")
    manifests = sorted(path.stem for path in (tmp_path / "parts").glob("manifest*.jsonl"))
    together = sorted(row["input"] for name in manifests for row in rows(tmp_path / "parts", name))
    assert together == sorted([*names, "same.txt"])
    done = batch(tmp_path / "in", "-o", tmp_path / "parts", "--no-timings")
    assert b"13 done before" in done.stderr
    assert (tmp_path / "parts" / "manifest.jsonl").read_bytes() == (tmp_path / "whole" / "manifest.jsonl").read_bytes()
    batch(tmp_path / "in", "-o", tmp_path / "parts", "--shard", "4/3", code=2)


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    """Whatever the number of workers, the hash seed and the locale."""
    shutil.copytree(SAMPLES, tmp_path / "in")
    trees = []
    for workers, seed, locale in (("1", "1", "C"), ("2", "77", "C.UTF-8"), ("8", "4242", "zh_CN.UTF-8")):
        out = tmp_path / workers
        command = [sys.executable, "-m", "hongtou", "batch", str(tmp_path / "in"), "-o", str(out), "-j", workers]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale}
        done = subprocess.run(
            [*command, "--no-timings", "--trace", "-q"], capture_output=True, cwd=ROOT, env=environment, check=False
        )
        assert done.returncode == 1, done.stderr
        trees.append(tree(out))
    assert len(trees[0]) > 15
    assert trees[0] == trees[1] == trees[2]


def test_only_one_run_writes_to_a_folder(tmp_path: Path) -> None:
    """A second run is told who holds the folder; after the first has died, it takes over."""
    write(tmp_path / "in", [f"n{number}.txt" for number in range(400)])
    command = [sys.executable, "-m", "hongtou", "batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "-q"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as first:
        wait_for(tmp_path / "out" / "manifest.jsonl")
        done = batch(tmp_path / "in", "-o", tmp_path / "out", code=4)
        assert str(first.pid).encode() in done.stderr
        first.kill()
    batch(tmp_path / "in", "-o", tmp_path / "out")
    assert len(rows(tmp_path / "out")) == 400
    assert not (tmp_path / "out" / ".hongtou").exists()


def wait_for(path: Path, size: int = 1, seconds: float = 60) -> None:
    """Wait until a file has so many bytes."""
    end = time.monotonic() + seconds
    while not (path.exists() and path.stat().st_size >= size):
        assert time.monotonic() < end, f"{path} did not come"
        time.sleep(0.02)


def test_the_log_for_programs_is_json(tmp_path: Path) -> None:
    """One object a line on standard error, and nothing else."""
    write(tmp_path / "in", ["a.txt", "b.txt"])
    done = batch(tmp_path / "in", "-o", tmp_path / "out", "--json-log")
    *events, end = [json.loads(line) for line in done.stderr.splitlines()]
    assert end == {"event": "end", "files": 2, "known": 0, "statuses": {"ok": 2}}
    assert sorted((event["event"], event["input"], event["status"]) for event in events) == [
        ("file", "a.txt", "ok"),
        ("file", "b.txt", "ok"),
    ]
    assert done.stdout == b""


def test_the_summary_names_the_worst(tmp_path: Path) -> None:
    """Ten at most, what could not be read first."""
    write(tmp_path / "in", [f"n{number}.txt" for number in range(3)])
    for number in range(15):
        (tmp_path / "in" / f"cut{number:02}.pdf").write_bytes(b"%PDF-1.7\n" + bytes([48 + number]))
    done = batch(tmp_path / "in", "-o", tmp_path / "out", "-q", code=3)
    lines = done.stderr.decode().splitlines()
    assert "files 18 (0 done before): ok 3, corrupt 15" in lines[0]
    assert [line.split(":")[0].strip() for line in lines[2:]] == ["corrupt"] * 10


def test_an_address_is_fetched_only_where_that_is_allowed(tmp_path: Path) -> None:
    """Without --allow-scheme it is a usage error; with it, the file is fetched, under the limit of its size."""
    write(tmp_path / "in", ["2025/a.txt", "b.txt", "~$b.txt"])
    address = f"file://{tmp_path}/in"
    assert b"--allow-scheme file" in batch(address, "-o", tmp_path / "out", code=2).stderr
    batch(address, "-o", tmp_path / "out", "--allow-scheme", "file")
    assert statuses(tmp_path / "out") == {"2025/a.txt": "ok", "b.txt": "ok"}
    assert not (tmp_path / "out" / ".hongtou").exists()
    batch(
        f"file://{tmp_path}/in/b.txt", "-o", tmp_path / "small", "--allow-scheme", "file", "--limit", "file-size=10",
        code=3,
    )  # fmt: skip
    assert statuses(tmp_path / "small") == {"b.txt": "limit"}


@pytest.fixture
def running(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a batch of many inputs, and wait until some are done."""
    write(tmp_path / "in", [f"n{number}.txt" for number in range(1000)])
    command = [sys.executable, "-m", "hongtou", "batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "-q"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True) as process:
        wait_for(tmp_path / "out" / "manifest.jsonl", 3000)
        yield process


def test_an_interrupt_ends_in_order(running: subprocess.Popen[bytes], tmp_path: Path) -> None:
    """The first Ctrl-C leaves a whole manifest and nothing running, within five seconds; the rest is done later."""
    os.killpg(running.pid, signal.SIGINT)
    assert running.wait(timeout=5) == 130
    done = rows(tmp_path / "out")
    assert 0 < len(done) < 1000
    assert {row["status"] for row in done} == {"ok"}
    with (tmp_path / "out" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(done)
    assert still_running(tmp_path) == []
    assert f"{len(done)} done before".encode() in batch(tmp_path / "in", "-o", tmp_path / "out", "-q").stderr
    assert len(rows(tmp_path / "out")) == 1000


def test_a_second_interrupt_ends_at_once(running: subprocess.Popen[bytes], tmp_path: Path) -> None:
    """Nothing is left running."""
    for _ in range(2):
        os.killpg(running.pid, signal.SIGINT)
        time.sleep(0.01)
    assert running.wait(timeout=5) == 130
    time.sleep(0.5)
    assert still_running(tmp_path) == []


def still_running(folder: Path, seconds: float = 0.0) -> list[str]:
    """Give the processes that work below a folder, by what the system says of them, once none does or the time is up.

    One without a command line is ending: its memory is gone.
    """
    ends = time.monotonic() + seconds
    while (found := _running(folder)) and time.monotonic() < ends:
        time.sleep(0.1)
    return found


def _running(folder: Path) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            where = str((process / "cwd").readlink())
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if command and (where.startswith(str(folder)) or str(folder).encode() in command):
            found.append(f"{process.name} {command!r}")
    return found
