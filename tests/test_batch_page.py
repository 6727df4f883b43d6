"""The page over a batch, as a person sees it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import SAMPLES
from selenium import webdriver
from selenium.webdriver.common.by import By
from test_batch import batch, write

EVIL = "<img src=x onerror=document.title=1>.txt"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Convert a good notice, one with findings, a broken one, and one with an evil name; give the page."""
    write(tmp_path / "in", [EVIL])
    for name in ("minhang-2025-3.docx", "minhang-2025-3.txt"):
        shutil.copy(SAMPLES / name, tmp_path / "in")
    (tmp_path / "in" / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj")
    page = tmp_path / "pages" / "index.html"
    batch(tmp_path / "in", "-o", tmp_path / "out", "--report", page, "-q", code=3)
    return page


def test_the_page_says_everything_and_links_to_it(report: Path, browser: webdriver.Chrome) -> None:
    """The worst first; findings in words; each link leads to an output; what data say runs nothing."""
    browser.get(report.as_uri())
    rows = browser.find_elements(By.CSS_SELECTOR, "tbody tr")
    assert [row.get_attribute("data-status") for row in rows] == ["corrupt", "findings", "ok", "ok"]
    links = browser.find_elements(By.CSS_SELECTOR, "tbody a")
    assert len(links) == 6
    for link in links:
        target = (link.get_attribute("href") or "").removeprefix("file://")
        assert Path(target.replace("%3C", "<").replace("%3E", ">").replace("%20", " ").replace("%3D", "=")).exists()
    assert "赵杨辛" in browser.page_source
    assert EVIL in [row.find_element(By.TAG_NAME, "td").text for row in rows]
    assert browser.title == "Batch"
    log = browser.get_log("browser")  # type: ignore[no-untyped-call]
    assert [entry for entry in log if entry["level"] == "SEVERE"] == []


def test_the_page_filters(report: Path, browser: webdriver.Chrome) -> None:
    """By status, and by what is typed."""
    browser.get(report.as_uri())
    rows = browser.find_elements(By.CSS_SELECTOR, "tbody tr")
    browser.find_element(By.CSS_SELECTOR, 'button[data-status="findings"]').click()
    assert [row.is_displayed() for row in rows] == [False, True, False, False]
    browser.find_element(By.CSS_SELECTOR, 'button[data-status=""]').click()
    browser.find_element(By.ID, "search").send_keys("cut")
    assert [row.is_displayed() for row in rows] == [True, False, False, False]
