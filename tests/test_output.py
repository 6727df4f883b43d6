"""The outputs: golden copies, order and round trips."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from conftest import ROOT, SAMPLES

from hongtou.cli import main
from hongtou.json_schema import notice_schema

NOTICES = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".txt", ".docx", ".pdf"))


def test_output_is_what_the_samples_give(tmp_path: Path) -> None:
    """output/ is the golden copy: `make golden` writes it, by the same command."""
    assert main(["convert", *map(str, NOTICES), "--profile", str(SAMPLES / "budget.toml"), "-o", str(tmp_path)]) == 0
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    golden = {path.name: path.read_bytes() for path in (ROOT / "output").iterdir()}
    assert sorted(made) == sorted(golden)
    assert [name for name in made if made[name] != golden[name]] == [], "run: make golden"


@pytest.mark.parametrize("notice", NOTICES, ids=lambda path: path.name)
def test_converting_the_csv_again_gives_the_same_csv(notice: Path, tmp_path: Path) -> None:
    """The emitted CSV is a transcription without faults."""
    first, second = tmp_path / "1", tmp_path / "2"
    assert main(["convert", str(notice), "-o", str(first)]) == 0
    emitted = first / f"{notice.name}.csv"
    assert main(["convert", str(emitted), "-o", str(second)]) == 0
    assert (second / f"{emitted.name}.csv").read_bytes() == emitted.read_bytes()


@pytest.mark.parametrize("path", sorted((ROOT / "output").glob("*.json")), ids=lambda path: path.name)
def test_json_is_valid_against_the_schema_that_is_printed(path: Path) -> None:
    """Every golden JSON fits `hongtou schema`."""
    schema = notice_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(path.read_text(encoding="utf-8")))


def test_the_schema_refuses_a_wrong_row() -> None:
    """A list that is no list does not fit the profile's row."""
    data = json.loads((ROOT / "output" / "minhang-2025-3.txt.json").read_text(encoding="utf-8"))
    data["tables"][0]["rows"][0]["lead_units"] = "区委办"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, notice_schema())


def test_the_schema_has_chinese_titles() -> None:
    """The fields of the built-in profile are named as notices name them."""
    row = notice_schema()["$defs"]["Row.task-breakdown"]["properties"]
    assert row["lead_units"]["title"] == "牵头单位"


def test_bytes_do_not_depend_on_locale_or_hash_seed(tmp_path: Path) -> None:
    """The same input gives the same bytes in another locale, with another hash seed."""
    outputs = []
    for seed, locale in (("1", "C"), ("2", "zh_CN.UTF-8")):
        folder = tmp_path / seed
        command = [sys.executable, "-m", "hongtou", "convert", *map(str, NOTICES), "-o", str(folder), "--trace"]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale}
        subprocess.run(command, check=True, env=environment, capture_output=True, cwd=ROOT)
        outputs.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert outputs[0] == outputs[1]


def test_the_trace_tells_each_repair_and_the_ledger(tmp_path: Path) -> None:
    """--trace writes every repair with its places, the balanced ledger, and each cell's places."""
    assert main(["convert", str(NOTICES[-1]), "-o", str(tmp_path), "--trace"]) == 0
    notice = json.loads(next(tmp_path.glob("*.txt.json")).read_text(encoding="utf-8"))
    trace = json.loads(next(tmp_path.glob("*.trace.json")).read_text(encoding="utf-8"))
    (table,) = trace["tables"]
    assert len(table["repairs"]) == notice["repairs"]["total"]
    assert table["ledger"]["balanced"]
    assert len(table["cells"]) == len(notice["tables"][0]["rows"])
    assert all(repair["rule"] and repair["places"] for repair in table["repairs"])


def test_a_mark_is_written_for_excel(tmp_path: Path) -> None:
    """--bom begins the CSV with a byte order mark, and it is read back all the same."""
    assert main(["convert", str(NOTICES[-1]), "-o", str(tmp_path), "--bom"]) == 0
    data = next(tmp_path.glob("*.csv")).read_bytes()
    assert data.startswith("\ufeff序号".encode())


def test_frames_hold_the_rows() -> None:
    """to_frame gives a column a field, and lists as lists."""
    import hongtou  # noqa: PLC0415 - as a caller would

    frame = hongtou.convert(SAMPLES / "minhang-2025-3.txt").to_frame()
    assert frame.shape == (190, 7)
    assert frame.loc[110, "lead_units"] == ["区应急局", "虹桥商务区应急响应中心", "区交通委"]
    assert frame["number"].tolist() == list(range(1, 191))
