"""Turn the pages of a PDF: the content on its side, and ``/Rotate`` to show it upright again."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from pypdfium2 import raw


def turn_pages(path: Path) -> None:
    """Turn all pages of a PDF in place."""
    document = pypdfium2.PdfDocument(path.read_bytes())
    for page in document:
        width, height = page.get_size()
        # A quarter turn counter-clockwise, moved back onto the page.
        matrix = raw.FS_MATRIX(0, 1, -1, 0, height, 0)
        clip = raw.FS_RECTF(-1e4, 1e4, 1e4, -1e4)
        raw.FPDFPage_TransFormWithClip(page.raw, matrix, clip)
        page.set_mediabox(0, 0, height, width)
        page.set_cropbox(0, 0, height, width)
        page.set_rotation(90)
        raw.FPDFPage_GenerateContent(page.raw)
        page.close()
    document.save(path)
    document.close()
