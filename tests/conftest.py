"""Say where tests find notices, and what they may skip."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
CORPUS = Path(os.environ.get("HONGTOU_CORPUS", ROOT.parent / "shared" / "corpus"))


@pytest.fixture
def samples() -> Path:
    """Give the folder of the samples."""
    return SAMPLES


@pytest.fixture
def corpus() -> Path:
    """Give the folder of the documents that nobody here made; skip where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip(f"the corpus is not at {CORPUS}; set HONGTOU_CORPUS")
    return CORPUS


@pytest.fixture
def office() -> None:
    """Skip where LibreOffice is missing, but where CI says that it must be there."""
    if shutil.which("soffice") is None:
        message = "LibreOffice is missing; install libreoffice-writer-nogui and fonts-noto-cjk"
        if os.environ.get("HONGTOU_REQUIRE_OFFICE"):
            pytest.fail(message)
        pytest.skip(message)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Say things in English, whatever the machine's locale."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def browser() -> Iterator[webdriver.Chrome]:
    """Start Chromium; skip where it is missing, but where CI says that it must be there."""
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or driver is None:
        message = "chromium or chromedriver is missing; .ci/run says which packages bring them"
        if os.environ.get("HONGTOU_REQUIRE_OFFICE"):
            pytest.fail(message)
        pytest.skip(message)
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1400,900"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    found = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield found
    found.quit()
