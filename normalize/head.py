"""Find the elements of a notice in its paragraphs (GB/T 9704-2012, clause 7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from normalize.between import is_caption
from normalize.characters import HAN, chinese_integer, squeeze
from normalize.text_rules import close_chinese_space, common_forms
from schema.grid import Original, Paragraph
from schema.head import Head

#: How the titles of official documents end: the fifteen kinds of GB/T 9704, and what they pass on.
TITLE_ENDS = (
    "通知", "意见", "决定", "决议", "公告", "公报", "通告", "通报", "报告", "请示", "批复", "函", "纪要", "命令",
    "令", "议案", "方案", "办法", "规定", "计划", "要点", "细则", "规划", "措施", "清单",
)  # fmt: skip
#: The head stands in the first lines; recipients end before this many lines below the number.
LONGEST_HEAD = 14
#: A signature is no longer than this (characters).
LONGEST_SIGNATURE = 30

_NUMBER = re.compile(f"([{HAN}]{{1,16}}[〔\\[（(［]\\s?\\d{{4}}\\s?[〕\\]）)］]\\s?第?\\s?\\d{{1,5}}\\s?号)")
_SIGNER = re.compile(r"签\s*发\s*人\s*[:：]\s*(.+)")
_DATE = re.compile(
    r"(\d{4}|[〇○零一二三四五六七八九]{4})\s*年\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*月\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
)
_PRINTED = re.compile(rf"(.*?)\s*({_DATE.pattern})\s*印发")
_COPIED = re.compile(r"抄\s*送\s*[:：]\s*(.+)")
_ATTACHED = re.compile(r"附\s*件\s*[:：]\s*(.+)")
_CLASSIFIED = re.compile(r"(?:绝密|机密|秘密)(?:★.*)?")
_URGENT = re.compile(r"特\s*急|加\s*急|特\s*提|平\s*急")
_COPY_NUMBER = re.compile(r"(?:No\.?\s*)?\d{6}")
_ANNOTATION = re.compile(r"[（(](此件.+|联系人.+)[）)]")
_SENTENCE = re.compile("[，。；：、？！]")


def read_head(original: Original) -> Head:
    """Find the notice's elements; what is not there stays ``None``."""
    first = original.blocks.first_grid
    lines = _lines(original.blocks.paragraphs(0, first))
    tail = _lines(original.blocks.paragraphs(first))
    number_at = next((i for i, line in enumerate(lines) if _is_number_line(line)), None)
    title, recipients, body = _title_and_recipients(lines, number_at)
    date_at = next((i for i in range(body, len(lines)) if _is_date_line(lines[i])), None)
    issuers = _issuers(lines, date_at, body)
    every = lines + tail
    top = lines[: number_at if number_at is not None else 4]
    printed = next((found for line in every if (found := _PRINTED.fullmatch(line))), None)
    return Head(
        copy_number=next((line for line in top if _COPY_NUMBER.fullmatch(line)), None),
        classification=next((line for line in top if _CLASSIFIED.fullmatch(line)), None),
        urgency=next((squeeze(line) for line in top if _URGENT.fullmatch(line)), None),
        issuing_mark=next((squeeze(line) for line in top if squeeze(line).endswith("文件")), None),
        document_number=None if number_at is None else squeeze(_found(_NUMBER, lines[number_at]) or ""),
        signer=next((name for line in lines[:LONGEST_HEAD] if (name := _found(_SIGNER, line))), None),
        title=_joined_title(title, issuers) or None,
        recipients=recipients or None,
        attachments=next((text for line in lines[body:] if (text := _found(_ATTACHED, line))), None),
        issuers=issuers,
        issued_on=None if date_at is None else iso_date(lines[date_at]),
        annotation=next((text for line in every if (text := _found(_ANNOTATION, line))), None),
        copied_to=next((text for line in every if (text := _found(_COPIED, line))), None),
        printed_by=(squeeze(printed[1]) or None) if printed else None,
        printed_on=iso_date(printed[2]) if printed else None,
    )


def whole_date(text: str) -> str | None:
    """Give the date that a text is as a whole in ISO 8601; ``None`` where it is more, or other.

    >>> whole_date("2025年2月10日"), whole_date("2025年2月10日至12日")
    ('2025-02-10', None)
    """
    return iso_date(text) if text.endswith("日") and text.count("日") == 1 else None


def iso_date(text: str) -> str | None:
    """Give the first full date in a text in ISO 8601, ``None`` where there is none.

    >>> iso_date("2025年2月10日"), iso_date("二〇二五年十二月三十一日"), iso_date("2025年底")
    ('2025-02-10', '2025-12-31', None)
    """
    found = _DATE.search(text)
    if found is None:
        return None
    digits = found[1].translate(str.maketrans("〇○零一二三四五六七八九", "000123456789"))
    month, day = chinese_integer(found[2]), chinese_integer(found[3])
    try:
        return date(int(digits), month or 0, day or 0).isoformat()
    except ValueError:
        return None


def _lines(paragraphs: Iterable[Paragraph]) -> list[str]:
    texts = (common_forms(paragraph.text).strip() for paragraph in paragraphs)
    return [text for text in texts if text and not is_caption(text)]


def _found(pattern: re.Pattern[str], line: str) -> str | None:
    found = pattern.match(line) or pattern.search(line)
    return found[1].strip() if found else None


def _is_number_line(line: str) -> bool:
    """Tell whether a line is the document number, maybe with the signer beside it."""
    found = _NUMBER.search(line)
    return (
        found is not None
        and not line[: found.start()].strip()
        and (found.end() == len(line.rstrip()) or _SIGNER.search(line) is not None)
    )


def _is_date_line(line: str) -> bool:
    return _DATE.fullmatch(line.strip("（）() ")) is not None


def _title_and_recipients(lines: Sequence[str], number_at: int | None) -> tuple[list[str], str, int]:
    """Give the title's lines, the recipients, and where the body starts.

    Both stand between the number and the first line that ends with a colon.
    """
    start = 0 if number_at is None else number_at + 1
    window = range(start, min(start + LONGEST_HEAD, len(lines)))
    colon = next((i for i in window if lines[i].endswith(("：", ":"))), None)
    ends = next((i for i in window if squeeze(lines[i]).endswith(TITLE_ENDS) and (colon is None or i < colon)), None)
    if ends is None or (number_at is None and colon is None):
        return [], "", start
    first = start if number_at is not None else _title_start(lines, ends)
    if colon is None:
        return list(lines[first : ends + 1]), "", ends + 1
    recipients = close_chinese_space("".join(lines[ends + 1 : colon + 1])).rstrip("：:")
    return list(lines[first : ends + 1]), recipients, colon + 1


def _title_start(lines: Sequence[str], last: int) -> int:
    """Give the first line of a title that no number stands above: the lines before it are marks."""
    first = last
    while first and not _SENTENCE.search(lines[first - 1]) and not squeeze(lines[first - 1]).endswith("文件"):
        first -= 1
    return first


def _issuers(lines: Sequence[str], date_at: int | None, body: int) -> tuple[str, ...]:
    """Give the signatures right above the date."""
    found: list[str] = []
    index = -1 if date_at is None else date_at - 1
    while index >= body and len(lines[index]) <= LONGEST_SIGNATURE and not _SENTENCE.search(lines[index]):
        found[:0] = lines[index].split() if len(squeeze(lines[index])) > 12 else [squeeze(lines[index])]
        index -= 1
    return tuple(found)


def _joined_title(lines: Sequence[str], issuers: Sequence[str]) -> str:
    """Join a title's lines; only between two issuers does a space stay."""
    title = squeeze("".join(lines))
    for before in issuers:
        for after in issuers:
            if before != after:
                title = title.replace(before + after, f"{before} {after}")
    return title
