"""Print tables from HTML with wkhtmltopdf, which cuts pages out of one long picture, also through lines of text."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from matrix.chromium import page_html
from matrix.layout import Layout


def print_page(layout: Layout, path: Path) -> None:
    """Print a layout to PDF."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(page_html(layout), encoding="utf-8")
        turned = "Landscape" if layout.page == "landscape" else "Portrait"
        command = [
            shutil.which("wkhtmltopdf") or "wkhtmltopdf", "--quiet", "--page-size", "A4", "--orientation", turned,
            str(page), str(path),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
