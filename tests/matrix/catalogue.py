"""Name all notices of the matrix."""

from __future__ import annotations

from collections.abc import Callable

from matrix import more_notices, notices
from matrix.notices import Notice

NOTICES: dict[str, Callable[[], Notice]] = {
    "minhang": notices.minhang, "invented": notices.invented, "foreign": notices.foreign,
    "statistics": notices.statistics, "grouped": notices.grouped, "projects": notices.projects,
    "posts": notices.posts, "rights": more_notices.rights, "schedule": more_notices.schedule,
    "goods": more_notices.goods,
}  # fmt: skip
