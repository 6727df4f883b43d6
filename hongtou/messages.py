"""Say things in Chinese or English.

Everything that is said stands in ``messages.toml``; the code only names it.
"""

from __future__ import annotations

import locale
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Literal

from schema.errors import HongtouError
from schema.finding import Finding

Language = Literal["zh", "en"]
#: Files say things in Chinese unless a language is asked for: their bytes may not depend on the locale.
FILE_LANGUAGE: Language = "zh"
#: A text that a message quotes is cut to this length (characters).
LONGEST_QUOTE = 60


@cache
def catalogue() -> Mapping[str, Mapping[str, Mapping[str, Mapping[str, str]]]]:
    """Give the texts by section (``repairs``, ``checks``, ``errors``), name and language."""
    text = resources.files("hongtou").joinpath("messages.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def language_of_locale() -> Language:
    """Give Chinese where the user's locale is Chinese, else English."""
    name = locale.getlocale(locale.LC_MESSAGES)[0] or locale.getlocale(locale.LC_CTYPE)[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def finding_message(finding: Finding, language: Language) -> str:
    """Say what a finding found.

    >>> from schema.finding import Severity
    >>> finding_message(Finding("sequence-gap", Severity.ERROR, (("missing", "12"),)), "en")
    'number 12 is missing before this row'
    """
    template = catalogue()["checks"][finding.rule][language]["message"]
    return _filled(template, dict(finding.details))


def difference_message(rule: str, details: Mapping[str, str], language: Language) -> str:
    """Say what a difference is; a check of the pipeline brings its own words.

    >>> difference_message("digit", {"mine": "5%", "theirs": "6%"}, "en")
    'number “5%” should be “6%”'
    """
    texts = catalogue()["differences"].get(rule)
    if texts is None:
        return details["message"]
    return _filled(texts[language]["message"], details)


def rule_title(rule: str, language: Language) -> str:
    """Give a check's or difference's title."""
    sections = catalogue()
    return (sections["differences"].get(rule) or sections["checks"][rule])[language]["title"]


def shortened(text: str) -> str:
    r"""Give a text on one line, its middle left out where it is long.

    >>> shortened("一\n二"), len(shortened("字" * 200))
    ('一 二', 60)
    """
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 11]}…{line[-10:]}"


def error_message(error: HongtouError, language: Language) -> str:
    """Say what stopped a file or run, and then what to do.

    >>> error_message(HongtouError("empty-file"), "en")
    'The file is empty. Fetch the original again.'
    """
    texts = catalogue()["errors"][error.name][language]
    between = "" if language == "zh" else " "
    return between.join((_filled(texts["message"], error.details), _filled(texts["remedy"], error.details)))


def _filled(template: str, details: Mapping[str, Any]) -> str:
    """Put details into a template by name; a brace in a detail is only a brace."""
    return template.format_map(details)
