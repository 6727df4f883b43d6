"""Report as workflow commands, which GitHub shows as annotations in a pull request."""

from __future__ import annotations

from hongtou.checking.report import Item, Report
from schema.finding import Severity

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def report(run: Report) -> str:
    """Give one command a difference; those that the baseline knows are left out."""
    return "".join(f"{_command(item)}\n" for item in run.new)


def _command(item: Item) -> str:
    region = item.difference.region
    parts = {"file": item.file}
    if region is not None:
        parts |= {"line": str(region.line), "endLine": str(region.end_line)}
        # GitHub takes columns only where the annotation stays on one line.
        if region.line == region.end_line:
            parts |= {"col": str(region.column), "endColumn": str(region.end_column)}
    parts["title"] = f"{item.title} ({item.difference.rule})"
    joined = ",".join(f"{name}={_property(value)}" for name, value in parts.items())
    return f"::{COMMANDS[item.difference.severity]} {joined}::{_data(item.message)}"


def _data(text: str) -> str:
    r"""Escape what would end a command.

    >>> _data("50%\n")
    '50%25%0A'
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
