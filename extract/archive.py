"""Guard the archives that office files are."""

from __future__ import annotations

import io
import zipfile

from schema.errors import InputError

#: An archive that inflates to more than this is not opened (bytes).
LARGEST_INFLATED = 1 << 30


def holds_part(data: bytes, name: str) -> bool:
    """Tell whether an archive has a member of this name; what is no archive has none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return name in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def check_inflated(data: bytes) -> None:
    """Stop where an archive would inflate beyond the limit.

    Raises:
        InputError: It would.
        zipfile.BadZipFile: It is no archive.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inflated = sum(member.file_size for member in archive.infolist())
    if inflated > LARGEST_INFLATED:
        raise InputError("too-large", size=str(inflated), limit=str(LARGEST_INFLATED))
