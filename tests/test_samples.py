"""The samples: what the real notice must give, from every format alike."""

from __future__ import annotations

import csv
import io
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import SAMPLES

from hongtou.emit import csv_text
from hongtou.pipeline import Conversion, convert_file
from samples import recreate
from schema.finding import Finding

TRANSCRIPTION = SAMPLES / "minhang-2025-3.txt"
RECREATED = ("minhang-2025-3.docx", "minhang-2025-3.pdf", "minhang-2025-3-paged.pdf")
EVERY = (TRANSCRIPTION.name, *RECREATED)
#: What the transcription got wrong and its original cannot have had: task, column, here, there.
FAULTS = {(6, "牵头领导"): ("赵杨辛", "赵亮、杨辛")}  # two leaders run together; 区发展改革委 is 赵亮's


@cache
def converted(name: str) -> Conversion:
    """Convert a sample once."""
    return convert_file(SAMPLES / name)


def records(name: str) -> list[dict[str, str]]:
    """Give a sample's rows as its CSV holds them."""
    (table,) = converted(name).normalized.tables
    return list(csv.DictReader(io.StringIO(csv_text(table), newline="")))


@pytest.mark.parametrize("name", EVERY)
def test_the_rows_give_what_the_notice_declares(name: str) -> None:
    """190 rows, numbered 1 to 190, in 10 categories and 41 projects, as 共10类41项190条 says."""
    (table,) = converted(name).normalized.tables
    found = records(name)
    assert [row["序号"] for row in found] == [str(number) for number in range(1, 191)]
    assert len({row["类别"] for row in found}) == 10
    assert len({(row["类别"], row["项目"]) for row in found}) == 41
    assert dict(table.declared) == {"categories": 10, "projects": 41, "tasks": 190}


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (12, {"类别": "二、持续深化重点领域改革", "项目": "着力深化国资国企改革"}),
        (109, {"类别": "六、聚力谱写人民城市建设闵行新篇章", "项目": "提高城市规划建设管理水平"}),
        (171, {"类别": "十、提高党的建设质量和水平", "项目": "持续巩固拓展党纪学习教育成果"}),
        (172, {"项目": "持续巩固拓展党纪学习教育成果", "牵头领导": "梁经军", "牵头单位": "区纪委监委机关"}),
        (173, {"项目": "高标准锻造干部队伍", "牵头领导": "谭滨", "牵头单位": "区委组织部"}),
        (174, {"牵头领导": "谭滨", "牵头单位": "区委组织部"}),
        (175, {"牵头领导": "谭滨", "牵头单位": "区委组织部"}),
        (111, {"牵头领导": "赵亮、可晓林、李阳", "牵头单位": "区应急局、虹桥商务区应急响应中心、区交通委"}),
        (113, {"牵头领导": "杨辛、可晓林", "牵头单位": "区农业农村委、区粮食物资储备局"}),
        (128, {"牵头领导": "曹婕", "牵头单位": "区委宣传部（区委网信办）"}),
        (156, {"具体任务": "推进“家在上海 花开闵行”“海上论道之春申论道”工作品牌。"}),
        (129, {"牵头单位": "区委宣传部（区文明办）", "项目": "培育健康向上的社会文明风尚"}),
        (46, {"具体任务": "强化政策联动，加强技术、人才、载体等要素支持力度。"}),
        (93, {"牵头单位": "区人力资源社会保障局"}),
        (56, {"具体任务": "承办TR35中国区发布仪式、创新创业大赛等品牌化科创活动、赛事，不断优化科创氛围。"}),
    ],
)
@pytest.mark.parametrize("name", EVERY)
def test_the_hard_rows_read_as_a_person_reads_them(name: str, number: int, expected: dict[str, str]) -> None:
    """Shifted, doubled, blank, broken, bracketed and quoted cells come out right."""
    row = records(name)[number - 1]
    assert {label: row[label] for label in expected} == expected


def test_129_keeps_the_space_of_its_slogan() -> None:
    """The quoted slogan of task 129 keeps its space."""
    assert "“文明城区 创建为民”" in records(TRANSCRIPTION.name)[128]["具体任务"]


def test_the_transcription_carries_one_warning() -> None:
    """赵杨辛 is kept, reported, and the two leaders suggested; nothing else is said."""
    (finding,) = converted(TRANSCRIPTION.name).findings
    assert isinstance(finding, Finding)
    found: tuple[Any, ...] = (finding.rule, finding.severity.value, finding.row, finding.column, finding.suggestion)
    assert found == ("unknown-person", "warning", 6, "lead_officials", "赵亮、杨辛")
    assert records(TRANSCRIPTION.name)[5]["牵头领导"] == "赵杨辛"


@pytest.mark.parametrize("name", RECREATED)
def test_nothing_is_said_of_right_rows(name: str) -> None:
    """The re-created originals give no finding."""
    assert converted(name).findings == ()


@pytest.mark.parametrize("name", RECREATED)
def test_word_and_pdf_give_the_bytes_of_the_transcription(name: str) -> None:
    """But for what the transcription got wrong, the CSV is the same to the byte."""
    (mine,) = converted(TRANSCRIPTION.name).normalized.tables
    (other,) = converted(name).normalized.tables
    expected = csv_text(mine)
    for here, there in FAULTS.values():
        assert expected.count(here) == 1
        expected = expected.replace(here, there)
    assert csv_text(other).encode() == expected.encode()


@pytest.mark.parametrize("name", EVERY)
def test_the_head_is_the_notices_own(name: str) -> None:
    """The notice's elements are the same in every format."""
    head = converted(name).normalized.head
    assert head.document_number == "闵委办发〔2025〕3号"
    assert head.title == ("中共闵行区委办公室 闵行区人民政府办公室印发《2025年区委、区政府重点工作任务分解表》的通知")
    assert head.issuers == ("中共闵行区委办公室", "闵行区人民政府办公室")
    assert head.issued_on == "2025-02-10"
    assert head.recipients is not None
    assert head.recipients.startswith("各镇党委和人民政府，")
    assert head.recipients.endswith("区各直属单位")


@pytest.mark.parametrize("name", EVERY)
def test_every_value_says_where_it_stands(name: str) -> None:
    """Each row and each value that is not blank has a place."""
    (table,) = converted(name).normalized.tables
    for row in table.rows:
        assert row.places
        assert all(value.places for value in row.values if value.text)


def test_a_row_cut_by_a_page_break_has_a_place_on_both_pages() -> None:
    """A joined row quotes both pages, in order."""
    (table,) = converted("minhang-2025-3.pdf").normalized.tables
    cut = [row for row in table.rows if len({place.page for place in row.places}) > 1]
    assert len(cut) >= 5
    assert all([place.page for place in row.places] == sorted(place.page or 0 for place in row.places) for row in cut)


def test_the_samples_can_be_made_again(office: None, tmp_path: Path) -> None:
    """The script that made the samples makes files that give the same rows."""
    del office
    recreate.main(tmp_path)
    for made in RECREATED:
        again = convert_file(tmp_path / made).normalized.tables[0]
        assert csv_text(again) == csv_text(converted(made).normalized.tables[0]), made


def test_every_sample_has_its_papers() -> None:
    """samples/README.md lists each file."""
    papers = (SAMPLES / "README.md").read_text(encoding="utf-8")
    files = [path.name for path in SAMPLES.iterdir() if path.is_file() and path.name != "README.md"]
    assert [name for name in files if f"`{name}`" not in papers] == []
