"""The house: what is loaded at the start, who owns our names, and what the README says."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from conftest import ROOT

from hongtou.cli import main

README = ROOT / "README.md"
COMMANDS = re.findall(r"^\$ hongtou (.+)$", README.read_text(encoding="utf-8"), re.MULTILINE)
CHINESE_COMMANDS = re.findall(
    r"^\$ hongtou (.+)$", (ROOT / "README.zh-CN.md").read_text(encoding="utf-8"), re.MULTILINE
)


def loaded(*command: str) -> set[str]:
    """Give the top-level modules that a process of hongtou loads."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "hongtou", *command],
        check=True, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": ""},
    )  # fmt: skip
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines() if "|" in line}


def test_the_start_is_light() -> None:
    """--version loads none of the heavy packages."""
    modules = loaded("--version")
    assert "hongtou" in modules
    assert modules & {"pandas", "numpy", "pdfplumber", "pdfminer", "opencc", "pydantic", "docx", "pypdfium2"} == set()


def test_converting_a_text_loads_no_reader_of_other_formats(tmp_path: Path) -> None:
    """A transcription needs neither pandas nor the PDF libraries."""
    modules = loaded("convert", "samples/minhang-2025-3.txt", "-o", str(tmp_path), "-q")
    assert "pydantic" in modules
    assert modules & {"pandas", "numpy", "pdfplumber", "pdfminer", "docx", "pypdfium2"} == set()


@pytest.mark.parametrize("package", ["extract", "normalize", "schema", "hongtou"])
def test_no_other_distribution_owns_our_names(package: str) -> None:
    """PyPI has a distribution `schema`; installed beside ours, one would hide the other."""
    assert set(packages_distributions().get(package, ["hongtou"])) == {"hongtou"}


@pytest.mark.parametrize("command", [*COMMANDS, *CHINESE_COMMANDS])
def test_the_commands_of_the_readme_run(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each command runs as it is printed; one that asks to fail on warnings does."""
    monkeypatch.chdir(ROOT)
    arguments = [word.replace("/tmp/hongtou", str(tmp_path)) for word in shlex.split(command)]  # noqa: S108
    assert main(arguments) == (1 if "--fail-on" in arguments else 0)
    assert capsys.readouterr().out or list(tmp_path.iterdir())


def test_the_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The README's Python gives what it prints."""
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(README), module_relative=False, encoding="utf-8")
    assert result.attempted >= 4
    assert result.failed == 0


def test_the_rows_of_the_readme_are_what_comes_out() -> None:
    """Every row of the README's example stands so in output/."""
    csv = (ROOT / "output" / "minhang-2025-3.txt.csv").read_text(encoding="utf-8")
    for page in (README, ROOT / "README.zh-CN.md"):
        rows = [line for line in page.read_text(encoding="utf-8").splitlines() if re.match(r"\| 1\d\d \|", line)]
        assert len(rows) >= 3
        for row in rows:
            assert ",".join(row.strip("| ").split(" | ")) in csv


def test_the_raw_rows_of_the_readme_are_the_notices() -> None:
    """Every raw row stands so in the sample."""
    raw = (ROOT / "samples" / "minhang-2025-3.txt").read_text(encoding="utf-8")
    rows = re.findall(r"^1\d\d→.*$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) == 7
    assert all(row.replace("→", "\t") in raw for row in rows)
