r"""Find the points of lists in a cell's text, and tell which of them begin lines of their own.

In a marked text ``\n`` ends a line that was ended on purpose, ``\v`` and ``\x1f`` one that is full or nearly so
(see `schema.grid.marked_text`).  A point that begins a line behind a full one may do so by chance; that all points of
its kind begin lines says that it does not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from normalize.characters import HAN, LINE_ENDS, chinese_integer
from normalize.shapes import width
from schema.grid import FULL_END, HARD_END, UNSURE_END

#: Marks behind which a point may begin, but for the beginning of a line.
ENDS = "。；;：:？！?!"
#: Marks behind which none begins: what they part, or open, goes on.
_GOES_ON = "，,、（(《“‘"
_FULL = FULL_END + UNSURE_END
_NUMERALS = "一二三四五六七八九十"
#: The number of a list's second point.
SECOND = 2
#: Where points may begin at fewer places than this, all together, they may begin lines by chance.
BY_CHANCE = 100
#: How a point begins: by a number behind a mark that ends the one before, or by a sign, wherever it stands.
_POINT = re.compile(
    rf"(?<![^{ENDS}\n\v\x1f])(?:(?P<digits>\d{{1,2}})[.．、)）](?!\d)"
    rf"|[（(](?P<bracketed>\d{{1,2}}|[{_NUMERALS}]{{1,3}})[)）]|(?P<enclosed>[①-⑳])|(?P<numeral>[{_NUMERALS}]{{1,3}})[是、])"
    r"|[●•■◆▲★○◇□▪►➢※【]"
)
#: What may begin a point behind a full line.
_FULL_START = re.compile(rf"[\v\x1f][\d（(①-⑳{_NUMERALS}●•■◆▲★○◇□▪►➢※【]")
#: A heading of a few characters, and one that begins a line behind a full one: any that may, and of those the ones
#: behind the end of a sentence, or of a firm's or a unit's name.
HEADING = f"([{HAN}]{{2,8}}：)"
FULL_HEADING = re.compile(f"(?<=[^{_GOES_ON}])[\v\x1f]{HEADING}")
_ENDED_HEADING = re.compile(f"(?:(?<=[{ENDS}])|(?<=公司|中心)|(?<=[局厅厂店院所校]))[\v\x1f]{HEADING}")
_FIRST_HEADING = re.compile(HEADING)


@dataclass(frozen=True, slots=True)
class _Point:
    """Hold a point of a list: where it begins, how its kind is written, and its number, if any."""

    at: int
    kind: str
    number: int | None

    @classmethod
    def of(cls, found: re.Match[str]) -> _Point:
        """Give the point that was found."""
        text = found[0]
        if found["enclosed"]:
            return cls(found.start(), "①", ord(text) - ord("①") + 1)
        number = found["digits"] or found["bracketed"] or found["numeral"]
        if not number:
            return cls(found.start(), text, None)
        kind = text.replace(number, "1" if number.isdecimal() else "一")
        return cls(found.start(), kind, chinese_integer(number))


def begins_part(line: str, first: str) -> bool:
    """Tell whether a line begins with the number or the sign of a point, or with a heading in a cell that begins so.

    Args:
        line: The line.
        first: The first line of its cell.

    >>> [begins_part(line, "筹备") for line in ("2.组织实施", "（二）推进", "●巡查", "2.5公里", "推进", "要求：")]
    [True, True, True, False, False, False]
    >>> begins_part("配合单位：市财政局", "牵头单位：市公安局")
    True
    """
    headed = _FIRST_HEADING.match(line) and _FIRST_HEADING.match(first)
    return headed is not None or _POINT.match(line) is not None


def part_points(text: str) -> str:
    r"""End the lines on purpose behind which points begin, where all points of their kind begin lines.

    >>> part_points("1.制定方案；\v2.组织实施；\n3.总结。"), part_points("1)巡查\v2)保养\v及检修")
    ('1.制定方案；\n2.组织实施；\n3.总结。', '1)巡查\n2)保养\x0b及检修')
    >>> part_points("●巡查●保养；\v●检修")
    '●巡查●保养；\x0b●检修'
    >>> part_points("1.核对第10、\v20、30号")
    '1.核对第10、\x0b20、30号'
    """
    begun = _begun_behind_full_lines(text, _own_lines(text))
    if not begun:
        return text
    characters = list(text)
    for point in begun:
        characters[point.at - 1] = HARD_END
    return "".join(characters)


def points_by_line(text: str) -> tuple[int, int]:
    r"""Count the points of a list that begin a line behind another, and those amid one.

    >>> points_by_line("1.制定方案；\n2.组织实施；3.总结。")
    (1, 1)
    """
    points = [point.at for point in _points(text) if point.at]
    own = sum(text[at - 1] == HARD_END for at in points)
    return own, len(points) - own


def may_run_on(text: str) -> bool:
    r"""Tell whether a point may begin a line behind a full one, which is quickly told.

    >>> may_run_on("1.制定方案；\v2.组织实施。"), may_run_on("制定\v方案")
    (True, False)
    """
    return _FULL_START.search(text) is not None


def points_amid(text: str) -> frozenset[str]:
    r"""Give the kinds of the points that stand amid a line, but for the first of a list, which may be introduced.

    >>> points_amid("任务：1.制定方案；\v2.组织实施：（1）统筹；（2）督查。")
    frozenset({'（1）'})
    >>> points_amid("二是组织实施；一是制定方案。")
    frozenset({'一是'})
    """
    amid: set[str] = set()
    seen: set[str] = set()
    for point in _points(text):
        if point.at and text[point.at - 1] not in HARD_END + _FULL and (point.number != 1 or point.kind in seen):
            amid.add(point.kind)
        seen.add(point.kind)
    return frozenset(amid)


def points_behind_ends(text: str) -> frozenset[str]:
    r"""Give the kinds of the points that begin a line behind one that was ended on purpose.

    >>> points_behind_ends("1.制定方案；\n2.组织实施：（1）统筹；\v（2）督查。")
    frozenset({'1.'})
    """
    return frozenset(point.kind for point in _points(text) if point.at and text[point.at - 1] == HARD_END)


def run_points_on(text: str, kinds: Collection[str]) -> str:
    r"""Take out the ends of the full lines behind which points of some kinds begin: they are their program's.

    >>> run_points_on("1.制定方案；\v2.组织\v实施。", {"1."})
    '1.制定方案；2.组织\x0b实施。'
    """
    begun = {point.at - 1 for point in _begun_behind_full_lines(text, _own_lines(text)) if point.kind in kinds}
    return "".join(char for at, char in enumerate(text) if at not in begun) if begun else text


def counts_on_points(above: str, below: str) -> bool:
    r"""Tell whether a text begins with the point after the last one of another, which holds several.

    A text with one point may be numbered itself.

    >>> counts_on_points("1.制定方案；\n2.组织实施；", "3.总结。"), counts_on_points("1.制定方案；", "2.组织实施；")
    (True, False)
    """
    begun = _POINT.match(below)
    if begun is None:
        return False
    point = _Point.of(begun)
    alike = [found.number for found in _points(above) if found.kind == point.kind and found.number is not None]
    return len(alike) > 1 and point.number == alike[-1] + 1 == alike[-2] + SECOND


def count_parted(text: str) -> int:
    r"""Count the points that begin a line behind a full one, where `part_points` ends that.

    >>> count_parted("1.制定方案；\v2.组织实施；\n3.总结。")
    1
    """
    return len(_begun_behind_full_lines(text, _own_lines(text)))


def doubts_points(text: str) -> bool:
    r"""Tell whether all points that begin lines behind full ones may do so by chance.

    One may in any case, several where a line has few places to begin at.

    >>> doubts_points("1.制定方案；\v2.组织实施。"), doubts_points("1.制定方案；\v2.组织实施；\n3.总结。")
    (True, False)
    >>> doubts_points("（一）制\v定方案；\v（二）组\v织实施；\v（三）总\v结。")
    True
    >>> doubts_points("建议①制定全市年度工作方案；\v②组织各县区分步实施；\v③年底前总结。")
    True
    >>> doubts_points("1.制定全市年度工作方案；\v2.组织各县区分步实施；\v3.年底前总结。")
    False
    """
    points = _own_lines(text)
    begun = _begun_behind_full_lines(text, points)
    if not begun or len(points) > len(begun) + 1:
        return False
    if points[0].number == SECOND:
        # The first one stands amid a line, as the others may.
        return True
    longest = max(map(width, LINE_ENDS.split(text)))
    return math.prod(max((longest - width(point.kind)) // 2 + 1, 1) for point in begun) < BY_CHANCE


def doubts_heading(text: str) -> bool:
    r"""Tell whether a heading begins a line behind a full one, so that it may do so by chance.

    It may well be no heading where no mark ends the line before, but in a cell that begins with one.

    >>> doubts_heading("巡查达标。\v注意：检修"), doubts_heading("由市\v公安局：检修")
    (True, False)
    >>> doubts_heading("某某酒业有限公司\v委托方：某某实业有限公司")
    True
    >>> doubts_heading("牵头单位：市公安局\v配合单位：市财政局")
    True
    """
    first = _FIRST_HEADING.match(text)
    return (FULL_HEADING if first else _ENDED_HEADING).search(text) is not None


def _points(text: str) -> Iterator[_Point]:
    return map(_Point.of, _POINT.finditer(text))


def _own_lines(text: str) -> list[_Point]:
    """Give the points of the kinds that begin a line wherever they stand."""
    points = list(_points(text))
    amid = {point.kind for point in points if point.at and text[point.at - 1] not in HARD_END + _FULL}
    return [point for point in points if point.kind not in amid]


def _begun_behind_full_lines(text: str, points: Sequence[_Point]) -> list[_Point]:
    """Give the points, of several, that begin a line behind a full one.

    Behind a mark that ends nothing, only a further sign or the next number begins a point.
    """
    last: dict[str, int | None] = {}
    begun: list[_Point] = []
    for point in points if len(points) > 1 else ():
        before = text[: point.at].rstrip(_FULL)[-1:]
        if point.at and text[point.at - 1] in _FULL and before not in _GOES_ON:
            number = last.get(point.kind)
            is_next = point.kind in last and (point.number is None or (number or 0) + 1 == point.number)
            if before in ENDS or is_next:
                begun.append(point)
        last[point.kind] = point.number
    return begun
