"""Hold how much of an untrusted file is read; more than that is a result that names the limit."""

from __future__ import annotations

from dataclasses import dataclass

from schema.errors import LimitError


@dataclass(frozen=True, slots=True)
class Limits:
    """Hold the most that a file may have.  Each is the last value that is still read.

    Args:
        file_size: Bytes of the file.
        pages: Pages of a document.
        glyphs: Characters drawn on one page.
        segments: Pieces of path, and objects, drawn on one page.
        cells: Positions of one table, covered ones too: its rows times its columns.
        spans: Columns that one cell of a Word table covers.  (Word itself allows 63.)
        entries: Members of an archive.
        inflated: Bytes of an archive's members in all.
        ratio: How many times the archive's own size they may be, where they are more than a mebibyte.
        depth: Elements within elements of an XML part.
    """

    file_size: int = 256 << 20
    pages: int = 20_000
    glyphs: int = 200_000
    segments: int = 400_000
    cells: int = 1_000_000
    spans: int = 1024
    entries: int = 10_000
    inflated: int = 1 << 30
    ratio: int = 250
    depth: int = 200

    def check(self, name: str, value: int) -> None:
        """Stop where a value is beyond its limit.

        Raises:
            LimitError: It is.

        >>> Limits(pages=3).check("pages", 3)
        >>> Limits(pages=3).check("pages", 4)
        Traceback (most recent call last):
        schema.errors.LimitError: limit-pages: value=4, limit=3, name=pages
        """
        limit: int = getattr(self, name)
        if value > limit:
            raise LimitError(f"limit-{name.replace('_', '-')}", value=str(value), limit=str(limit), name=name)


#: What is read where nobody says otherwise.
DEFAULT_LIMITS = Limits()
