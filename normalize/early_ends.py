r"""Find lines that end early: within a sentence, though the next piece had room, as programs that fit lines leave them.

In a marked text ``\n`` ends a line that was ended on purpose, and ``\v`` one that is full
(see `schema.grid.marked_text`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from normalize.characters import HAN, LATIN
from normalize.points import ENDS, begins_part
from normalize.shapes import LEADING, width
from normalize.unit_names import is_unit_name
from schema.grid import FULL_END, HARD_END

#: So many texts of two lines, each so long at least and longer than the other by no more than this (halves of a Chinese
#: character), were parted by a program.
FEWEST_BALANCED, LONG, BALANCED = 3, 8, 3
#: A unit's name is cut behind so many characters at least: fewer are a person's.
SHORTEST_CUT = 5
#: The lines of a marked text, each with its end.
_LINES = re.compile("([\n\v\x1f])")
#: A line with its end, where that is full.
_FULL_LINE = re.compile("([^\n\v\x1f]+)[\v\x1f]")
#: Two characters within a sentence.
_MIDDLE = re.compile(f"[{HAN}{LATIN}]{{2}}")
#: What only sentences hold; what tells sentences and lists from names one under the other.
_SENTENCE_MARK, _PARTING_MARK = re.compile("[。，；]"), re.compile("[，、。；]")
#: A name of a list of which the line holds one character only.
_CUT_NAME = re.compile(f"、[{HAN}]\n(?=[{HAN}])")
#: What begins a line up to a word in letters or digits, with that: some programs keep one character with the word.
_BEGUN = re.compile(f"[{HAN}]?[!-~×]*")
#: Words that lead on to another one, at the end of a line or at the beginning of the next.
_LEADING_ON = re.compile(rf"\b{LEADING}\n[A-Za-z]|[A-Za-z]\n{LEADING}\b")
#: A cell wraps where so many lines are full; one of this share of the longest one's length is nearly full, and one of
#: less than the second share was not ended for the sake of the next.
FEWEST_WRAPS, NEARLY_AS_LONG, HALF_AS_LONG = 2, 0.7, 0.5


def ends_early(text: str) -> bool:
    r"""Tell whether a line within a sentence ends shortly before the others do: so it may by its program's choice.

    Some programs fit all lines of a paragraph together, and leave one short for the sake of the next.

    >>> ends_early("加快建设，新增基站500\v个；新型基础设施\n建设，新增基站五百个；\v举办论坛。")
    True

    So does any between two words in letters or digits: some part Chinese nowhere, and take what follows for one word.

    >>> ends_early("严格执行GB\n3095标准，年均浓度控\v制在35μg/m³以下；打\v造服务站。")
    True

    >>> ends_early("制定工作方案\n组织实施"), ends_early("★编\v码，不低\n于3840×2160@25fps；镜\v头为3个")
    (False, True)
    """
    lines, ends = _lines(text)
    if len(ends) - ends.count(HARD_END) < FEWEST_WRAPS:
        return False
    longest = max(map(width, lines))
    return any(
        width(line) >= NEARLY_AS_LONG * longest
        or width(line + _BEGUN.match(below)[0]) > longest  # type: ignore[index]
        or (line[-1] + below[0]).isascii()
        for line, below in _ended_within(lines, ends)
    )


def wrapped_width(texts: Iterable[str]) -> int:
    r"""Give the width of the longest line of a column that is full, in halves of a Chinese character; 0 where none is.

    >>> wrapped_width(["推进住房制\v度\n持续", "甲\n乙丙丁戊己庚辛"])
    10
    """
    return max((width(line) for text in texts for line in _FULL_LINE.findall(text)), default=0)


def count_early_ends(text: str, longest: int) -> int:
    r"""Count the lines of a sentence that end on purpose within it, though about as long as its others.

    They are no much shorter than the column's full ones, either.  A text that ends no sentence may be a list of points
    without marks.

    >>> count_early_ends("对于\v情节严重、达到重大\n税收违法失信案件\n标准的，将其列为失\v信。", 18)
    2
    >>> count_early_ends("加强领导，落实责任\n强化监督，严格考核", 22), count_early_ends("巡查\n养护道路。", 22)
    (0, 0)

    So does a line of a list that holds one character only of a name.

    >>> count_early_ends("陈建国、王\n秀英", 0)
    1
    """
    if text[-1:] not in ENDS or not longest:
        return len(_CUT_NAME.findall(text))
    return sum(1 for _ in _long_ends(text, longest))


def may_end_early(text: str, longest: int) -> bool:
    r"""Tell whether a line about as long as the column's full ones ends within the last phrase that a comma begins.

    >>> may_end_early("内存≥16GB，固态硬\n盘≥512GB", 18), may_end_early("加强领导，落实责任\n强化监督，严格考核", 18)
    (True, False)

    Any may that ends between two words in letters or digits, in a text that commas part: some programs part Chinese
    nowhere.

    >>> may_end_early("内存≥16GB\nDDR4，固态硬盘≥512GB", 0), may_end_early("GB 3095\nGB 3838", 0)
    (True, False)

    So may one within a point that ends with a mark.

    >>> may_end_early("1.巡查；\n2.通常会被\n自动设置。", 0), may_end_early("1.巡查\n养护\n2.检修", 0)
    (True, False)

    So may one before or behind a word that no name begins or ends with.

    >>> may_end_early("Center\nfor Water", 0), may_end_early("Bureau of\nWater", 0), may_end_early("Water\nSafety", 0)
    (True, True, False)
    """
    if any("，" in line and "，" not in below for line, below in _long_ends(text, longest)):
        return True
    if _LEADING_ON.search(text):
        return True
    ended = list(_ended_within(*_lines(text)))
    if (text[-1:] in ENDS and begins_part(text, "") and ended) or _cuts_unit(text):
        return True
    return "，" in text and any((line[-1] + below[0]).isascii() for line, below in ended)


def _cuts_unit(text: str) -> bool:
    r"""Tell whether two lines are the name of a unit only together, as long as many are.

    >>> _cuts_unit("宁德经济开\n发区管委会"), _cuts_unit("市交通局\n市水务局"), _cuts_unit("张伟\n市财政局")
    (True, False, False)
    """
    lines, ends = _lines(text)
    if ends != [HARD_END] or len(lines[0]) < SHORTEST_CUT:
        return False
    return is_unit_name("".join(lines)) and not is_unit_name(lines[0])


def _long_ends(text: str, longest: int) -> Iterator[tuple[str, str]]:
    """Give the lines that end on purpose within a sentence, though about as long as others, each with the next one."""
    lines, ends = _lines(text)
    least = max(NEARLY_AS_LONG * max(map(width, lines)), HALF_AS_LONG * longest)
    return ((line, below) for line, below in _ended_within(lines, ends) if width(line) >= least)


def balanced(texts: Iterable[str]) -> frozenset[str]:
    r"""Give a column's texts of two lines that are about as long, where all that have two are like that.

    So programs part a text that fits no line; what is typed one under the other is as long by chance.

    >>> len(balanced(["通常您不应该安\n装这里的软件包", "这是启动流程的\n一个可选准备阶段", "各单位按季\n度自行上报"]))
    3
    >>> balanced(["市交通局\n市水务局", "市委\n市人大常委会", "市财政局\n市审计局"])
    frozenset()
    """
    two = [text for text in dict.fromkeys(texts) if text.count(HARD_END) == 1 and FULL_END not in text]
    ended = [list(_ended_within(*_lines(text))) for text in two]
    alike = all(
        len(found) == 1 and abs(width(found[0][0]) - width(found[0][1])) <= BALANCED and width(found[0][0]) >= LONG
        for found in ended
    )
    return frozenset(two if alike and len(two) >= FEWEST_BALANCED else ())


def fill_early_ends(text: str, longest: int) -> tuple[str, bool]:
    r"""Mark the lines that end within a sentence or a list as full ones; also tell whether that leaves a doubt.

    It does where no mark tells whether there is either, where none ends the text, and where a line about as long as the
    others ends a sentence; so does a line that is much shorter than the column's full ones.

    >>> fill_early_ends("陈建国、王\n秀英", 0), fill_early_ends("市交通\n运输局", 8)
    (('陈建国、王\x0b秀英', False), ('市交通\n运输局', True))
    >>> fill_early_ends("1.巡查；\n2.检修", 8), fill_early_ends("巡查。\n检修道路设施。", 14)
    (('1.巡查；\n2.检修', False), ('巡查。\n检修道路设施。', False))
    >>> fill_early_ends("依法公示，\v完成整改。\n限期办结", 10), fill_early_ends("严格考核，落实\n责任", 14)
    (('依法公示，\x0b完成整改。\n限期办结', True), ('严格考核，落实\x0b责任', True))
    >>> fill_early_ends("严格考核，落实\n责任。", 30)
    ('严格考核，落实\x0b责任。', True)
    """
    parts = _LINES.split(text)
    is_list, is_sentence = _PARTING_MARK.search(text), _SENTENCE_MARK.search(text)
    widest, least = max(map(width, parts[::2])), HALF_AS_LONG * longest
    unsure = False
    for at in range(1, len(parts), 2):
        if parts[at] != HARD_END or begins_part(parts[at + 1], parts[0]):
            continue
        taken = width(parts[at - 1])
        if parts[at - 1][-1:] in ENDS:
            unsure = unsure or taken >= max(NEARLY_AS_LONG * widest, least)
        elif is_list:
            parts[at] = FULL_END
            unsure = unsure or (is_sentence is not None and (text[-1] not in ENDS or taken < least))
        else:
            unsure = True
    return "".join(parts), unsure


def _lines(text: str) -> tuple[list[str], list[str]]:
    """Give a marked text's lines, and the ends between them."""
    parts = _LINES.split(text)
    return parts[::2], parts[1::2]


def _ended_within(lines: list[str], ends: list[str]) -> Iterator[tuple[str, str]]:
    """Give each line that was ended on purpose within a sentence, with the one below it that begins no point."""
    for line, end, below in zip(lines[:-1], ends, lines[1:], strict=True):
        if end == HARD_END and _MIDDLE.fullmatch(line[-1:] + below[:1]) and not begins_part(below, lines[0]):
            yield line, below
