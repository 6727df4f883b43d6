"""Report a check: every format, validated where its format has a schema, and the page in a browser."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import ROOT
from lxml import etree
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from hongtou.cli import main
from hongtou.messages import catalogue
from hongtou.reporters import REPORTERS

SCHEMAS = Path(__file__).parent / "schemas"
HOSTILE = '<script>document.title="owned"</script>"\'&]]>'


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Check a transcript with faults of many classes, one of them hostile; give the folder of all reports."""
    folder = tmp_path_factory.mktemp("reports")
    text = (ROOT / "samples" / "minhang-2025-3.txt").read_text(encoding="utf-8")
    text = text.replace("区级一般公共预算收入增长3%。", f"区级一般公共预算收入增长3%。{HOSTILE}")
    (folder / "转录 1.txt").write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "samples" / "minhang-2025-3.pdf", folder / "original.pdf")
    (folder / "clean.csv").write_bytes((ROOT / "output" / "minhang-2025-3.pdf.csv").read_bytes())
    before = Path.cwd()
    os.chdir(folder)
    arguments = [f"--report={name}=out.{name}" for name in REPORTERS]
    code = main(["check", "转录 1.txt", "clean.csv", "--against", "original.pdf", *arguments, "--lang", "en"])
    assert code == 1
    yield folder
    os.chdir(before)


def read(reports: Path, name: str) -> str:
    """Give a report."""
    return (reports / f"out.{name}").read_text(encoding="utf-8")


def findings(reports: Path) -> list[dict[str, Any]]:
    """Give the findings of the JSON report."""
    found: list[dict[str, Any]] = json.loads(read(reports, "json"))["findings"]
    return found


def test_sarif_is_valid_and_whole(reports: Path) -> None:
    """It fits OASIS' schema, has a result a finding, relative addresses and stable names."""
    log = json.loads(read(reports, "sarif"))
    jsonschema.Draft7Validator(json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))).validate(
        log
    )
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    assert [each["ruleId"] for each in run["results"]] == [each["rule"] for each in findings(reports)]
    addresses = {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in run["results"]}
    assert addresses == {"%E8%BD%AC%E5%BD%95%201.txt"}
    prints = [each["partialFingerprints"]["hongtou/v1"] for each in run["results"]]
    assert len(set(prints)) == len(prints)
    region = next(each for each in run["results"] if each["ruleId"] == "names-run-together")
    assert region["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 32, "startColumn": 28, "endLine": 32, "endColumn": 31,
    }  # fmt: skip


def test_junit_is_valid_and_fails_what_is_an_error(reports: Path) -> None:
    """It fits the schema of Jenkins' plugin; a file without findings is a case that passes."""
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))
    root = etree.fromstring(read(reports, "junit").encode())
    schema.assertValid(root)
    errors = sum(each["severity"] == "error" for each in findings(reports))
    assert len(root.findall(".//failure")) == errors
    assert [suite.get("name") for suite in root] == ["转录 1.txt", "clean.csv"]
    assert len(root[1]) == 1


def test_rdjson_is_valid_and_its_suggestions_are_right(reports: Path) -> None:
    """Columns count bytes; what a suggestion replaces is the whole cell."""
    found = json.loads(read(reports, "rdjson"))
    jsonschema.Draft4Validator(json.loads((SCHEMAS / "rdjson.json").read_text(encoding="utf-8"))).validate(found)
    lines = (reports / "转录 1.txt").read_bytes().split(b"\n")
    names = next(each for each in found["diagnostics"] if each["code"]["value"] == "names-run-together")
    place, (suggestion,) = names["location"]["range"], names["suggestions"]
    line = lines[place["start"]["line"] - 1]
    assert line[place["start"]["column"] - 1 : place["end"]["column"] - 1].decode() == "赵杨辛"
    assert suggestion["text"] == "赵亮 杨辛"


def test_workflow_commands_are_a_line_each(reports: Path) -> None:
    """What would end a command is escaped."""
    lines = read(reports, "github").splitlines()
    assert len(lines) == len(findings(reports))
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)
    assert "::error file=转录 1.txt,line=32,endLine=32,col=28,endColumn=31,title=Names run together" in "\n".join(lines)
    assert any("3%25" in line for line in lines) == any("3%" in each["message"] for each in findings(reports))


def test_the_text_marks_what_differs_as_wide_as_it_is(reports: Path) -> None:
    """A Chinese character takes two columns of a terminal."""
    lines = read(reports, "text").splitlines()
    at = next(index for index, line in enumerate(lines) if "[names-run-together]" in line)
    assert lines[at + 1 : at + 5] == [
        "    typed    赵杨辛",
        "             ^^^^^^",
        "    original 赵亮、杨辛",
        "             ^^^^^^^^^^",
    ]


def test_markdown_takes_nothing_of_a_cell_for_markup(reports: Path) -> None:
    """A summary has a row a finding, and no tag."""
    text = read(reports, "markdown")
    assert text.count("\n| ") == len(findings(reports)) + 1
    assert "<script>" not in text


def test_every_class_is_explained_in_both_languages() -> None:
    """Every class has words, and every class of the catalogue is one."""
    from hongtou.checking.difference import CLASSES  # noqa: PLC0415 - only this test asks

    assert set(catalogue()["differences"]) == set(CLASSES)


def test_the_page_steps_filters_and_boxes_in_a_browser(reports: Path, browser: webdriver.Chrome) -> None:
    """From a file: the keyboard steps, the list filters, the box stands on the cell; data run no script."""
    browser.get((reports / "out.html").as_uri())
    body = browser.find_element(By.TAG_NAME, "body")
    items = browser.find_elements(By.CSS_SELECTOR, "#items > li")
    assert len(items) == len(findings(reports))
    assert items[0].get_attribute("aria-current") == "true"
    body.send_keys("j")
    assert items[0].get_attribute("aria-current") is None
    assert items[1].get_attribute("aria-current") == "true"
    body.send_keys("k")
    assert items[0].get_attribute("aria-current") == "true"

    Select(browser.find_element(By.ID, "filter")).select_by_value("names-run-together")
    (shown,) = [item for item in items if item.is_displayed()]
    assert "赵杨辛" in shown.text
    assert shown.get_attribute("aria-current") == "true"
    body.send_keys(Keys.ARROW_DOWN)
    assert shown.get_attribute("aria-current") == "true"

    box = next(each for each in browser.find_elements(By.CSS_SELECTOR, ".box") if each.is_displayed())
    picture = box.find_element(By.XPATH, "../img")
    place = next(each for each in findings(reports) if each["rule"] == "names-run-together")["original"]["place"]
    scale = picture.size["width"] / 841.9
    assert box.location["x"] - picture.location["x"] == pytest.approx(place["box"][0] * scale, abs=4)
    assert box.location["y"] - picture.location["y"] == pytest.approx(place["box"][1] * scale, abs=4)

    assert browser.title == "Transcripts checked"
    assert HOSTILE in browser.page_source.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    log = browser.get_log("browser")  # type: ignore[no-untyped-call]
    assert [entry for entry in log if entry["level"] == "SEVERE"] == []
