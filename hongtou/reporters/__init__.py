"""Report a check: one reporter a format, in one table.

A reporter takes a `Report` and gives a text.  A new format is one module and one line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from hongtou.checking.report import Report

Reporter = Callable[[Report], str]


def _in(module: str) -> Reporter:
    """Give the ``report`` function of a module, which is imported when it is first used."""

    def report(run: Report) -> str:
        found: Reporter = import_module(f"hongtou.reporters.{module}").report
        return found(run)

    return report


REPORTERS: Mapping[str, Reporter] = {
    "text": _in("text"),
    "json": _in("json_report"),
    "sarif": _in("sarif"),
    "github": _in("github"),
    "junit": _in("junit"),
    "rdjson": _in("rdjson"),
    "markdown": _in("markdown"),
    "html": _in("html_page"),
}
