"""Profiles that users write: a table is known by them, and what is wrong with one is said with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

import hongtou
from hongtou.cli import main
from hongtou.profiles import read_profile

PROFILE = """
name = "budget"
title = "预算执行情况表"

[[fields]]
name = "item"
kind = "label"
labels = ["预算科目", "科目"]
carry = true

[[fields]]
name = "amount"
kind = "number"
labels = ["金额（万元）", "金额"]

[[fields]]
name = "owners"
kind = "units"
labels = ["归口处室"]
"""
TABLE = "科目\t金额（万元）\t归口处室\t附注\n教育支出\t1,200.5\t预算处 国库处\t\n\t30\t预算处\t追加\n"


def written(folder: Path, text: str, name: str = "my.toml") -> Path:
    """Write a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_is_known_by_the_users_profile(tmp_path: Path) -> None:
    """Its fields get their names and kinds; a column that it does not name stays under its label."""
    table = written(tmp_path, TABLE, "t.txt")
    notice = hongtou.convert(table, profiles=(read_profile(written(tmp_path, PROFILE)),))
    assert notice.tables[0].profile == "budget"
    rows = [row.__pydantic_extra__ for row in notice.tables[0].rows]
    assert rows == [
        {"item": "教育支出", "amount": 1200.5, "owners": ["预算处", "国库处"], "附注": ""},
        {"item": "教育支出", "amount": 30.0, "owners": ["预算处"], "附注": "追加"},
    ]


def test_the_command_takes_profiles(tmp_path: Path) -> None:
    """--profile names a file, and is tried before the built-in ones."""
    table, profile = written(tmp_path, TABLE, "t.txt"), written(tmp_path, PROFILE)
    assert main(["convert", str(table), "--profile", str(profile), "-o", str(tmp_path / "out"), "-q"]) == 0
    assert '"profile": "budget"' in (tmp_path / "out" / "t.txt.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (('kind = "number"', 'kind = "numbr"'), 13, "integer, label, prose"),
        (('labels = ["归口处室"]', "labels = []"), 19, "at least one printed label"),
        (('name = "amount"', 'name = "item"'), 1, "stands twice"),
        (('name = "amount"', 'name = "places"'), 12, "places"),
        (("carry = true", "cary = true"), 9, "cary"),
        (("carry = true", 'carry = "yes"'), 9, "boolean"),
        (("carry = true", "carry = "), 9, "Invalid value"),
        (('title = "预算执行情况表"', 'identifying = ["task"]'), 1, "must be the name of one of the fields"),
    ],
)
def test_a_wrong_profile_is_an_error_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, str], line: int, said: str
) -> None:
    """The error names file, line and what is expected, ends with what to do, and is one of usage."""
    path = written(tmp_path, PROFILE.replace(*change))
    assert main(["profiles", "--check", str(path), "--lang", "en"]) == 2
    error = capsys.readouterr().err
    assert str(path) in error
    assert said in error
    assert f"line {line}" in error
    assert error.rstrip().endswith("prints one to start from.")


def test_profiles_lists_the_built_in_ones(capsys: pytest.CaptureFixture[str]) -> None:
    """Name, title and fields; with a name, the file to start from."""
    assert main(["profiles", "--lang", "en"]) == 0
    assert "task-breakdown  Task breakdown" in capsys.readouterr().out
    assert main(["profiles", "task-breakdown"]) == 0
    assert '[[fields]]\nname = "number"' in capsys.readouterr().out
    assert main(["profiles", "nothing"]) == 2


def test_a_built_in_profile_is_a_good_one_to_start_from(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the command prints is accepted as a profile of one's own."""
    main(["profiles", "task-breakdown"])
    assert read_profile(written(tmp_path, capsys.readouterr().out)).fields[0].key


def test_a_missing_profile_is_an_error(tmp_path: Path) -> None:
    """A file that is not there is an input that cannot be read."""
    assert main(["profiles", "--check", str(tmp_path / "none.toml")]) == 3
