"""Tell how a column of people or units parts its items, pads its names and cuts its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate, pairwise

from normalize.characters import BREAK_RUN, BREAKS, LINE_ENDS, WRAPS
from normalize.unit_names import PLACES, is_unit_name
from schema.grid import HARD_END

#: Marks that part the items of a list, outside brackets.
MARKS = "、，,；;"
#: Marks part the items of a column where this many times more of its cells have them than line ends.
MARKED = 2
#: Names are padded where there are this many times as many padded ones as plain ones of two characters.
PADDED = 0.25
#: A column holds one name a cell where so many differ and are cut, and of one in so many a piece is no name.
FEWEST_CUT, UNNAMED = 3, 3
#: A space as wide as a Chinese character.
IDEOGRAPHIC = "\u3000"


def outside_brackets(text: str) -> list[str]:
    """Part a text at the marks outside brackets; the marks come out as parts of their own.

    >>> outside_brackets("各县（市、区）政府、团委")
    ['各县（市、区）政府', '、', '团委']
    """
    parts, depth, current = [], 0, ""
    for character in text:
        depth += (character in "（(") - (character in "）)")
        if depth == 0 and character in MARKS:
            parts += [current, character]
            current = ""
        else:
            current += character
    parts.append(current)
    return [part for part in parts if part]


def is_marked(texts: Iterable[str]) -> bool:
    r"""Tell whether marks part the items of a column.

    >>> is_marked(["区委办、区财政局", "区发展改革\v委；区经委"]), is_marked(["区委办\n区财政局"])
    (True, False)
    """
    marks = lines = 0
    for text in texts:
        if len(outside_brackets(text)) > 1:
            marks += 1
        elif HARD_END in text.strip():
            lines += 1
    return marks > 0 and marks >= MARKED * lines


def name_padding(texts: Iterable[str]) -> str:
    r"""Give the space by which a column of people pads names of two characters; empty where it does not.

    >>> name_padding(["李 阳", "可晓林\n赵 亮"]), name_padding(["李\u3000阳 赵\u3000亮"])
    (' ', '\u3000')
    >>> name_padding(["李阳 赵亮", "可晓\v林 马\v超", "张贤", "刘一鸣", "吴强 赵亮"])
    ''
    """
    narrow = wide = plain = 0
    for text in texts:
        for line in LINE_ENDS.split(text):
            for part in outside_brackets(line):
                tokens, spaces = BREAK_RUN.split(part.strip(BREAKS)), BREAK_RUN.findall(part.strip(BREAKS))
                narrow += [len(token) for token in tokens] == [1, 1] and IDEOGRAPHIC not in spaces[0]
                wide += sum(
                    len(before) == len(after) == 1 and IDEOGRAPHIC in space
                    for space, before, after in zip(spaces, tokens, tokens[1:], strict=False)
                )
                plain += sum(len(token) == 2 for token in tokens)
    if not narrow + wide or narrow + wide < PADDED * plain:
        return ""
    return IDEOGRAPHIC if wide > narrow else " "


def pads_long_names(texts: Iterable[str]) -> bool:
    r"""Tell whether a column spaces out names of three characters as well as shorter ones.

    >>> pads_long_names(["可 晓 林", "李 阳"]), pads_long_names(["可晓林", "李 阳"])
    (True, False)
    """
    spaced = plain = 0
    for text in texts:
        for part in re.split(f"[{MARKS}\n]", text):
            tokens = [token for token in BREAK_RUN.split(part) if token]
            spaced += [len(token) for token in tokens] == [1, 1, 1]
            plain += sum(len(token) == 3 for token in tokens)
    return spaced >= plain


def parts_by_space(texts: Iterable[str]) -> bool:
    r"""Tell whether a space parts the items of a column of people, and does not spread their names.

    Two names stand beside it, or it stands in lines that are cut, and nowhere in a name of its own.

    >>> parts_by_space(["李阳 赵亮", "张贤"]), parts_by_space(["欧 阳 文\v静\n郑杰", "可 晓 林"])
    (True, False)
    >>> parts_by_space(["诸葛\v明 吴\v海燕", "马超"]), parts_by_space(["李 阳", "诸葛\v明 吴\v海燕"])
    (True, False)
    """
    spaced = spread = False
    for text in texts:
        for segment in text.split(HARD_END):
            for line in LINE_ENDS.split(segment):
                tokens = [len(token) for token in BREAK_RUN.split(line) if token]
                if any(a > 1 and b > 1 for a, b in pairwise(tokens)):
                    return True
                spaced = spaced or len(tokens) > 1
                # One character between two spaces is no name, and two in a line of their own are one.
                spread = spread or 1 in tokens[1:-1] or (len(tokens) > 1 and set(tokens) == {1} and line == segment)
    return spaced and not spread


def holds_single_names(texts: Iterable[str]) -> bool:
    r"""Tell whether a column of units holds one name a cell: nothing parts items anywhere, but many names are cut.

    >>> holds_single_names(["市公安局交警\v支队一科", "市财政局机\v关", "市教育局机关\v二科", "市体育局"])
    True
    >>> holds_single_names(["市公安局\v市财政局", "市教育局\v市体育局", "市发展改\v革委\n市公安局", "市残联\v团市委"])
    False
    """
    cut = unnamed = 0
    for text in set(texts):
        plain = text.strip(BREAKS)
        pieces = WRAPS.split(plain)
        if len(outside_brackets(plain)) > 1 or any(BREAK_RUN.search(piece) for piece in pieces):
            return False
        heads = accumulate(pieces)
        if any(is_unit_name(head) and after[0] in PLACES for head, after in zip(heads, pieces[1:], strict=False)):
            return False
        if len(pieces) > 1:
            cut += 1
            unnamed += not all(is_unit_name(piece) for piece in pieces)
    return cut >= FEWEST_CUT and unnamed * UNNAMED >= cut
