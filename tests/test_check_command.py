"""Run `hongtou check`: exit codes, folders, settings, baseline, corrected copies, and checks without an original."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from conftest import ROOT

from hongtou.checking.settings import read_settings
from hongtou.cli import main

SAMPLE, ORIGINAL = ROOT / "samples" / "minhang-2025-3.txt", ROOT / "samples" / "minhang-2025-3.pdf"
GOLDEN = ROOT / "output" / "minhang-2025-3.pdf.csv"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rules(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    """Run a check; give its exit code and the rules that it reports."""
    code = main(["check", *arguments, "--report", "json"])
    return code, [each["rule"] for each in json.loads(capsys.readouterr().out)["findings"] if not each["known"]]


def test_a_right_transcript_gives_0_and_a_wrong_one_1(capsys: pytest.CaptureFixture[str]) -> None:
    """The codes are those of every command."""
    assert rules(capsys, str(GOLDEN), "--against", str(ORIGINAL)) == (0, [])
    assert rules(capsys, str(SAMPLE), "--against", str(ORIGINAL))[0] == 1
    assert rules(capsys, str(SAMPLE), "--against", str(ORIGINAL), "--fail-on", "never")[0] == 0


def test_strict_reports_what_normalisation_explains(capsys: pytest.CaptureFixture[str]) -> None:
    """Only then."""
    plain = rules(capsys, str(SAMPLE), "--against", str(ORIGINAL))[1]
    strict = rules(capsys, str(SAMPLE), "--against", str(ORIGINAL), "--strict")[1]
    assert "explained" not in plain
    assert strict.count("explained") > 100
    assert len(strict) == len(plain) + strict.count("explained")


def test_by_itself_a_transcript_gets_the_checks_of_the_pipeline(capsys: pytest.CaptureFixture[str]) -> None:
    """Each at its line and column."""
    assert main(["check", str(SAMPLE), "--fail-on", "warning", "--report", "json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert found["rule"] == "unknown-person"
    assert (found["region"]["line"], found["region"]["column"]) == (32, 28)
    assert (found["row"], found["column"], found["suggestion"]) == (6, "牵头领导", "赵亮、杨辛")


def test_folders_are_matched_by_number_and_then_by_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A transcript under another name is known by its document number; one without either is said."""
    (folder / "typed").mkdir()
    (folder / "originals").mkdir()
    shutil.copy(SAMPLE, folder / "typed" / "抄件甲.txt")
    shutil.copy(GOLDEN, folder / "typed" / "notice-3.csv")
    (folder / "typed" / "lonely.csv").write_text("序号,任务\n1,甲\n2,乙\n", encoding="utf-8")
    (folder / "typed" / ".hidden.csv").write_text("序号,任务\n", encoding="utf-8")
    shutil.copy(GOLDEN, folder / "originals" / "notice-3.csv")
    text = SAMPLE.read_text(encoding="utf-8").replace("赵杨辛", "赵亮 杨辛")
    (folder / "originals" / "乙.txt").write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "samples" / "budget.txt", folder / "originals" / "unused.txt")
    main(["check", "typed", "--against", "originals", "--report", "json"])
    found = json.loads(capsys.readouterr().out)
    assert [(each["file"], each["original"]) for each in found["files"]] == [
        ("typed/lonely.csv", None),
        ("typed/notice-3.csv", "originals/notice-3.csv"),
        ("typed/抄件甲.txt", "originals/乙.txt"),
        ("originals/unused.txt", None),
    ]
    assert [each["rule"] for each in found["findings"] if each["file"] != "typed/抄件甲.txt"] == [
        "no-original", "no-transcript",
    ]  # fmt: skip
    assert "names-run-together" in [each["rule"] for each in found["findings"]]


def test_what_cannot_be_read_gives_3_and_stops_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The other transcript is checked all the same."""
    (folder / "broken.csv").write_bytes(b"\x00\x01")
    code, found = rules(capsys, "broken.csv", str(SAMPLE), "--against", str(ORIGINAL))
    assert code == 3
    assert found[0] == "unreadable"
    assert "names-run-together" in found
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    assert rules(capsys, str(GOLDEN), "--against", "broken.pdf") == (3, ["unreadable"])


def test_a_baseline_keeps_known_findings_from_failing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """New ones fail, moved ones do not, and those that are gone are said to be stale."""
    shutil.copy(SAMPLE, folder / "typed.txt")
    arguments = ("typed.txt", "--against", str(ORIGINAL), "--baseline", "known.json")
    assert rules(capsys, *arguments, "--update-baseline") == (0, [])
    assert rules(capsys, *arguments) == (0, [])
    text = SAMPLE.read_text(encoding="utf-8").replace("赵杨辛", "赵亮 杨辛").replace("增长5%左右", "增长6%左右")
    (folder / "typed.txt").write_text(f"\n\n{text}", encoding="utf-8")
    assert rules(capsys, *arguments) == (1, ["digit"])
    main(["check", *arguments])
    assert "赵杨辛" in capsys.readouterr().out
    main(["check", *arguments, "--report", "json"])
    assert [each["rule"] for each in json.loads(capsys.readouterr().out)["stale"]] == ["names-run-together"]
    assert main(["check", *arguments, "--report", "sarif=out.sarif"]) == 1
    results = json.loads((folder / "out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert [each["ruleId"] for each in results if "suppressions" not in each] == ["digit"]


def test_settings_weigh_and_silence_rules(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The original, too, may stand in the settings, relative to their file."""
    (folder / "sub").mkdir()
    shutil.copy(ORIGINAL, folder / "sub" / "original.pdf")
    settings = '[check]\nagainst = "original.pdf"\nfail-on = "warning"\n[check.severity]\nwidth = "off"\n'
    (folder / "sub" / "hongtou.toml").write_text(
        settings
        + "".join(
            f'{rule} = "note"\n' for rule in ("wrong-column", "names-run-together", "shared-blank", "broken-item")
        ),
        encoding="utf-8",
    )
    code, found = rules(capsys, str(SAMPLE), "--config", "sub/hongtou.toml")
    assert code == 0
    assert "width" not in found
    assert "wrong-column" in found


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ('[check]\nfail-on = "some"\n', 2, "fail-on"),
        ('[check]\nstrict = true\n[check.severity]\nwidht = "off"\n', 4, "widht"),
        ("[check]\nbaselin = 3\n", 2, "baselin"),
    ],
)
def test_wrong_settings_are_named_with_their_line(
    text: str, line: int, expected: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is expected is said, and what to do."""
    (folder / "hongtou.toml").write_text(text, encoding="utf-8")
    assert main(["check", str(GOLDEN)]) == 2
    said = capsys.readouterr().err
    assert f"line {line}:" in said
    assert expected in said
    assert said.strip().endswith(".")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--report", "xml"),
        ("--report", "json", "--report", "text"),
        ("--fix", "copies"),
        ("--update-baseline",),
        ("--baseline", "wrong.json"),
    ],
)
def test_what_cannot_be_meant_gives_2(arguments: tuple[str, ...], folder: Path) -> None:
    """And nothing is written."""
    (folder / "wrong.json").write_text("[]", encoding="utf-8")
    assert main(["check", str(GOLDEN), *arguments]) == 2
    assert [path.name for path in folder.iterdir()] == ["wrong.json"]


def test_a_corrected_copy_is_written_with_a_list_of_its_changes(folder: Path) -> None:
    """The transcript is untouched, and cannot be the copy."""
    shutil.copy(SAMPLE, folder / "typed.txt")
    assert main(["check", "typed.txt", "--against", str(ORIGINAL), "--fix", "copies"]) == 1
    assert (folder / "typed.txt").read_bytes() == SAMPLE.read_bytes()
    changes = (folder / "copies" / "typed.txt.changes.tsv").read_text(encoding="utf-8")
    assert "32\t'赵杨辛'\t'赵亮 杨辛'" in changes
    assert main(["check", "copies/typed.txt", "--against", str(ORIGINAL), "--fail-on", "note"]) == 0
    assert main(["check", "typed.txt", "--against", str(ORIGINAL), "--fix", "."]) == 2
    assert (folder / "typed.txt").read_bytes() == SAMPLE.read_bytes()


def section(language: str, number: int = 0) -> str:
    """Give a block of the page on checking."""
    text = (ROOT / "docs" / "checking.md").read_text(encoding="utf-8")
    blocks: list[str] = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    return blocks[number]


def test_the_settings_of_the_docs_are_right(folder: Path) -> None:
    """They are read as they are printed."""
    (folder / "hongtou.toml").write_text(section("toml"), encoding="utf-8")
    settings = read_settings(None)
    assert settings.against == "originals"
    assert settings.severity["width"] == "off"


@pytest.fixture
def repository(folder: Path) -> Path:
    """Give the docs' repository of transcripts, with 李阳 typed as 李杨 in task 107."""
    (folder / "typed").mkdir()
    (folder / "originals").mkdir()
    shutil.copy(ORIGINAL, folder / "originals" / "闵委办发〔2025〕3号.pdf")
    lines = GOLDEN.read_text(encoding="utf-8").split("\n")
    lines[107] = lines[107].replace("李阳", "李杨")
    (folder / "typed" / "闵委办发〔2025〕3号.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_the_failing_pull_request_of_the_docs_fails_so(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the page prints is what the command says."""
    assert (repository / "typed").is_dir()
    assert main(["check", "typed", "--against", "originals"]) == 1
    docs = (ROOT / "docs" / "checking.md").read_text(encoding="utf-8")
    said = capsys.readouterr().out
    assert said.rpartition("files 1")[0] in docs
    assert "107" in said


def test_the_action_runs_the_check(repository: Path) -> None:
    """Its script gives the annotations, the reports, the job's summary and the check's exit code."""
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    script = textwrap.dedent(text.rpartition("      run: |\n")[2])
    program = repository / "runner" / "hongtou" / "bin" / "hongtou"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hongtou "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    inputs = {"TRANSCRIPTS": "typed\n", "AGAINST": "originals", "BASELINE": "", "CONFIG": "", "FAIL_ON": "error",
              "SARIF": "out.sarif", "HTML": "out.html", "RUNNER_TEMP": str(repository / "runner"),
              "GITHUB_STEP_SUMMARY": str(repository / "summary.md"), "PYTHONPATH": str(ROOT)}  # fmt: skip
    done = subprocess.run(
        ["bash", "-e", "-c", script], env={**os.environ, **inputs}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith(
        "::error file=typed/闵委办发〔2025〕3号.csv,line=108,endLine=108,col=100,endColumn=101,"
    )
    assert "李杨" not in (repository / "summary.md").read_text(encoding="utf-8")
    assert "“杨”" in (repository / "summary.md").read_text(encoding="utf-8")
    assert (repository / "out.sarif").exists()
    assert (repository / "out.html").exists()


def test_the_hook_names_a_command_that_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """pre-commit calls it with the files that changed."""
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    (entry,) = re.findall(r"entry: hongtou (.+)", hook)
    assert main([*entry.split(), str(GOLDEN), str(SAMPLE)]) == 0
    assert "unknown-person" in capsys.readouterr().out
