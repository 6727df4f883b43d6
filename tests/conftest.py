"""Say where tests find notices, and what they may skip."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

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
