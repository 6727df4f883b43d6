"""Watching folders: what arrives is converted once it is there whole."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLES
from test_batch import rows, still_running, wait_for, write

from hongtou.batch.inputs import Found
from hongtou.cli import main
from hongtou.watch_command import Arrivals


def test_what_arrives_is_converted_when_it_is_whole(tmp_path: Path) -> None:
    """What is there at the start, what comes, and what is written slowly; Ctrl-C ends it in order."""
    write(tmp_path / "in", ["there.txt"])
    command = [sys.executable, "-m", "hongtou", "watch", str(tmp_path / "in"), "-o", str(tmp_path / "out")]
    with subprocess.Popen([*command, "--settle", "1"], cwd=ROOT, stderr=subprocess.PIPE) as process:
        wait_for(tmp_path / "out" / "there.txt.csv")
        shutil.copy(SAMPLES / "minhang-2025-3.pdf", tmp_path / "in" / "new.pdf")
        (tmp_path / "in" / "~$new.docx").write_text("a lock of Word")
        half = (SAMPLES / "minhang-2025-3-paged.pdf").read_bytes()
        with (tmp_path / "in" / "slow.pdf").open("wb") as slow:
            for start in range(0, len(half), len(half) // 5 + 1):
                slow.write(half[start : start + len(half) // 5 + 1])
                slow.flush()
                time.sleep(0.4)
        wait_for(tmp_path / "out" / "slow.pdf.csv")
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=10)
    assert process.returncode == 130
    assert (tmp_path / "out" / "slow.pdf.csv").read_bytes() == (
        ROOT / "output" / "minhang-2025-3-paged.pdf.csv"
    ).read_bytes()
    assert {row["input"]: row["status"] for row in rows(tmp_path / "out")} == {
        "there.txt": "ok", "new.pdf": "ok", "slow.pdf": "ok",
    }  # fmt: skip
    # Each was converted once: half a file never was.
    assert said.decode().count("slow.pdf") == 1
    assert still_running(tmp_path) == []


def test_a_file_is_whole_when_it_stays_as_it_is(tmp_path: Path) -> None:
    """New, growing, done, changed again."""
    path = tmp_path / "a.txt"
    path.write_text("a")
    found = [Found("a.txt", str(path))]
    arrivals = Arrivals(2.0)
    assert arrivals.whole(found, 10.0) == []
    path.write_text("ab")
    assert arrivals.whole(found, 11.9) == []
    assert arrivals.whole(found, 13.0) == []
    assert arrivals.whole(found, 14.0) == found
    arrivals.converted(found)
    assert arrivals.whole(found, 20.0) == []
    path.write_text("abc")
    assert arrivals.whole(found, 21.0) == []
    assert arrivals.whole(found, 23.5) == found


def test_only_folders_are_watched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file is a usage error."""
    (tmp_path / "a.txt").write_text("a")
    assert main(["watch", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--lang", "en"]) == 2
    assert "is no folder" in capsys.readouterr().err
