"""Turn official Chinese notices into data that can be trusted.

>>> import hongtou
>>> notice = hongtou.convert("samples/minhang-2025-3.txt")
>>> len(notice.tables[0].rows)
190
>>> found = hongtou.check("samples/minhang-2025-3.txt", "samples/minhang-2025-3.pdf")
>>> [(each.rule, each.row, each.column) for each in found if each.rule == "names-run-together"]
[('names-run-together', 6, '牵头领导')]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hongtou.check_command import check as check
    from hongtou.pipeline import convert as convert
    from schema.errors import HongtouError as HongtouError
    from schema.notice import Notice as Notice

__version__ = "0.1.0"
__all__ = ["HongtouError", "Notice", "__version__", "check", "convert"]

#: Where each public name lives; loaded when it is first asked for, to keep start-up light.
_HOMES = {
    "check": "hongtou.check_command",
    "convert": "hongtou.pipeline",
    "Notice": "schema.notice",
    "HongtouError": "schema.errors",
}


def __getattr__(name: str) -> Any:
    """Load a public name from its home."""
    home = _HOMES.get(name)
    if home is None:
        message = f"module 'hongtou' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(home), name)
