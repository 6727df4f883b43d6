"""Report as JUnit XML, in the form that Jenkins' xUnit plugin describes and GitLab reads.

A file is a suite, a difference a test case.  Errors are failures; what is lighter passes, and says
what it has to say as output.
"""

from __future__ import annotations

import re

from lxml import etree

from hongtou.checking.report import Item, Report
from schema.finding import Severity

#: What XML 1.0 cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report(run: Report) -> str:
    """Give the report."""
    root = etree.Element("testsuites", name="hongtou check")
    by_file: dict[str, list[Item]] = {checked.path: [] for checked in run.checked}
    for item in run.new:
        by_file[item.file].append(item)
    for path, items in by_file.items():
        failures = sum(item.difference.severity is Severity.ERROR for item in items)
        name = _plain(path)
        suite = etree.SubElement(root, "testsuite", name=name, tests=str(max(1, len(items))),
                                 failures=str(failures), errors="0", skipped="0")  # fmt: skip
        if not items:
            etree.SubElement(suite, "testcase", name="no findings", classname=name)
        for item in items:
            _case(suite, item)
    text: str = etree.tostring(root, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'


def _case(suite: etree._Element, item: Item) -> None:
    difference = item.difference
    place = " ".join(str(part) for part in (item.where, difference.row, difference.column) if part is not None)
    case = etree.SubElement(suite, "testcase", name=_plain(f"{difference.rule} {place}"), classname=_plain(item.file))
    if difference.severity is Severity.ERROR:
        failure = etree.SubElement(case, "failure", message=_plain(item.message), type=difference.rule)
        failure.text = _plain(f"{difference.transcript.text}\n{difference.original.text}\n")
    else:
        etree.SubElement(case, "system-out").text = _plain(f"{difference.severity.value}: {item.message}")


def _plain(text: str) -> str:
    r"""Replace what XML cannot hold.

    >>> _plain("a\x00b") == "a\ufffdb"
    True
    """
    return _FORBIDDEN.sub("\ufffd", text)
