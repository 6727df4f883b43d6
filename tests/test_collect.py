"""All rows of all notices in one place, and none twice, however often it is done."""

from __future__ import annotations

import csv
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
from conftest import SAMPLES
from test_batch import batch, write

from hongtou.batch.collect import row_keys
from schema.notice import Column, Row, Table

HEAD = "闵政办发〔2025〕{}号\n\n关于第{}件事的通知\n\n"
BODY = "序号\t任务\t牵头单位\n1\t推进工作{}\t区发展改革委\n2\t落实工作{}\t区教育局\n"


def notices(folder: Path) -> None:
    """Write three notices with numbers of their own, and one of other columns without any."""
    folder.mkdir()
    for number in (1, 2, 3):
        text = HEAD.format(number, number) + BODY.format(number, number)
        (folder / f"n{number}.txt").write_text(text, encoding="utf-8")
    (folder / "plain.txt").write_text("序号\t名称\t金额\n1\t甲\t1,200\n1\t乙\t300\n", encoding="utf-8")


def test_a_csv_of_everything(tmp_path: Path) -> None:
    """Every row of every notice once, with where it comes from; columns that a notice lacks are blank."""
    notices(tmp_path / "in")
    target = tmp_path / "deep" / "all.csv"
    for _ in range(2):
        batch(tmp_path / "in", "-o", tmp_path / "out", "--collect", target, "--fail-on", "never")
    with target.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert [(row["source"], row["document_number"], row["row_key"]) for row in found] == [
        *((f"n{n}.txt", f"闵政办发〔2025〕{n}号", key) for n in (1, 2, 3) for key in ("1", "2")),
        ("plain.txt", "", "#1"), ("plain.txt", "", "#2"),
    ]  # fmt: skip
    assert found[2]["task"] == "推进工作2"
    assert found[2]["lead_units"] == "区发展改革委"
    assert (found[-1]["名称"], found[-1]["task"]) == ("乙", "")


def test_parquet_holds_the_same(tmp_path: Path) -> None:
    """The same rows and columns as the CSV."""
    notices(tmp_path / "in")
    targets = [tmp_path / "all.csv", tmp_path / "all.parquet"]
    batch(tmp_path / "in", "-o", tmp_path / "out", *(f"--collect={t}" for t in targets), "--fail-on", "never")
    expected = pd.read_csv(targets[0], dtype=str, keep_default_na=False)
    pd.testing.assert_frame_equal(pd.read_parquet(targets[1]).astype(str), expected.astype(str), check_dtype=False)


def check_database(address: str, folder: Path) -> None:
    """Collect twice, then a notice that changed: its rows are replaced, those of others are what they were."""
    notices(folder / "in")
    engine = sa.create_engine(address.replace("postgresql:", "postgresql+pg8000:"))

    def collect() -> list[tuple[str, ...]]:
        batch(folder / "in", "-o", folder / "out", "--collect", address, "--fail-on", "never")
        with engine.connect() as connection:
            asked = "SELECT notice, row_key, task, row_order FROM hongtou_rows ORDER BY source, row_order"
            return [tuple(map(str, row)) for row in connection.execute(sa.text(asked))]

    first = collect()
    assert len(first) == 8
    assert first[2] == ("闵政办发〔2025〕2号", "1", "推进工作2", "1")
    assert first[-1][:3] == ("plain.txt", "#2", "None")
    assert collect() == first
    changed = HEAD.format(2, 2) + BODY.format("改", "改") + "3\t新增工作\t区科委\n"
    (folder / "in" / "n2.txt").write_text(changed, encoding="utf-8")
    again = collect()
    assert len(again) == 9
    assert again[2] == ("闵政办发〔2025〕2号", "1", "推进工作改", "1")
    assert [row for row in again if "2号" not in row[0]] == [row for row in first if "2号" not in row[0]]
    (folder / "in" / "n2.txt").write_text(HEAD.format(2, 2) + BODY.format(2, 2), encoding="utf-8")
    assert collect() == first
    engine.dispose()


def test_sqlite_keeps_each_notice_once(tmp_path: Path) -> None:
    """In a file."""
    check_database(f"sqlite:///{tmp_path}/notices.db", tmp_path)


@pytest.fixture
def postgres() -> Iterator[str]:
    """Start a PostgreSQL of our own on a socket, as a user who is not root; give its address."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        message = "PostgreSQL is missing; install postgresql"
        if os.environ.get("HONGTOU_REQUIRE_POSTGRESQL"):
            pytest.fail(message)
        pytest.skip(message)
    programs = found[-1].parent
    home = Path(tempfile.mkdtemp(prefix="hongtou-pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    port = str(40000 + os.getpid() % 20000)
    control = [*as_user, str(programs / "pg_ctl"), "-D", str(home / "data"), "-w", "-l", str(home / "log")]
    options = f"-c listen_addresses=127.0.0.1 -p {port} -k {home} -c fsync=off"
    subprocess.run([*as_user, programs / "initdb", "-D", home / "data", "-A", "trust", "-U", "hongtou", "-E", "UTF8",
                    "--locale=C.UTF-8"], check=True, capture_output=True, cwd="/")  # fmt: skip
    try:
        subprocess.run([*control, "-o", options, "start"], check=True, capture_output=True, cwd="/", timeout=60)
        yield f"postgresql://hongtou@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, capture_output=True, cwd="/")
        shutil.rmtree(home, ignore_errors=True)


def test_postgresql_keeps_each_notice_once(postgres: str, tmp_path: Path) -> None:
    """In a real server."""
    check_database(postgres, tmp_path)


def test_a_notice_that_fails_leaves_the_others_whole(tmp_path: Path) -> None:
    """Each notice is a transaction: where one does not go in, none of its rows does, and the run says so."""
    notices(tmp_path / "in")
    database = tmp_path / "notices.db"
    batch(tmp_path / "in" / "n1.txt", "-o", tmp_path / "out", "--collect", f"sqlite:///{database}")
    with sqlite3.connect(database) as connection:
        connection.execute(
            "CREATE TRIGGER no BEFORE INSERT ON hongtou_rows WHEN NEW.task = '落实工作2' "
            "BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    done = batch(tmp_path / "in", "-o", tmp_path / "out", "--collect", f"sqlite:///{database}", code=4)
    assert b"notices.db" in done.stderr
    with sqlite3.connect(database) as connection:
        found = connection.execute("SELECT DISTINCT notice FROM hongtou_rows").fetchall()
        assert found == connection.execute("SELECT notice FROM hongtou_notices").fetchall()
        assert found == [("闵政办发〔2025〕1号",)]


def test_two_inputs_of_one_number_are_named(tmp_path: Path) -> None:
    """The database has one notice of a number; which input's rows it holds is said."""
    (tmp_path / "in").mkdir()
    for name in ("minhang-2025-3.docx", "minhang-2025-3.pdf"):
        shutil.copy(SAMPLES / name, tmp_path / "in")
    done = batch(tmp_path / "in", "-o", tmp_path / "out", "--collect", f"sqlite:///{tmp_path}/n.db")
    assert "minhang-2025-3.docx and minhang-2025-3.pdf are both 闵委办发〔2025〕3号".encode() in done.stderr
    with sqlite3.connect(tmp_path / "n.db") as connection:
        assert connection.execute("SELECT source, count(*) FROM hongtou_rows GROUP BY 1").fetchall() == [
            ("minhang-2025-3.pdf", 190)
        ]


def test_a_target_that_is_none_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    """Exit code 2; a password is not repeated."""
    write(tmp_path / "in", ["a.txt"])
    for target in ("all.xls", "nodatabase://x"):
        batch(tmp_path / "in", "-o", tmp_path / "out", "--collect", target, code=2)
    assert not (tmp_path / "out").exists()
    done = batch(tmp_path / "in", "-o", tmp_path / "out", "--collect", "postgresql://me:secret@127.0.0.1:1/x", code=4)
    assert b"secret" not in done.stderr


def test_a_number_that_stands_twice_is_no_key() -> None:
    """Such rows, and rows without a number, are known by their place."""
    column = Column(name="number", label="序号", kind="integer")
    rows = [Row(places=[], number=number) for number in (1, 2, 2, None)]
    table = Table(title="", profile=None, declared={}, columns=[column], rows=rows)
    assert row_keys(table) == ["1", "#2", "#3", "#4"]
