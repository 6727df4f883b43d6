"""Learn the people and units of a document from its own cells.

Only what leaves no doubt teaches: what stands alone between marks, line ends made on purpose or
the cell's edges.  What is learned decides in the cells that are in doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from normalize.characters import BREAKS, HAN, LINE_ENDS, SPACES, WRAPS, squeeze
from schema.grid import FULL_END, HARD_END, UNSURE_END

#: How the names of organisations end.
_UNIT_ENDS = (
    "局 委 办 部 会 室 院 所 站 处 科 股 厅 署 庭 校 馆 台 社 队 组 厂 园 联 行  "
    "中心 公司 集团 机关 大学 学院 街道 镇 乡 村 区 县 市 省 政府 单位 部门  "
    "企业 专班 基地 银行 医院 法院 协会 学会 商会 工会 联盟 指挥部 管委会 居委会  "
    "村委会 党工委 电视台 报社 分局 支队 大队 总队 博物馆 图书馆 事务所 研究院  "
    "实验室 管理处 服务部 信访办 开发区 园区 林场 农场 海关 税务 消防 电信 移动  "
    "联通 邮政 供电 党委 党组 纪委 监委 政协 人大 "
)
UNIT_ENDS = tuple(_UNIT_ENDS.split())
#: Endings that only look like one: the name goes on.
UNIT_CUTS = ("社会", "机会", "城市", "社区", "地区", "内部", "干部", "全部", "农村", "乡村", "景区", "城乡")
#: Endings that are no unit by themselves, but the rest of one whose name a line end cut.
_TAILS = frozenset(
    [
        "中心",
        "公司",
        "有限公司",
        "有限责任公司",
        "股份有限公司",
        "集团",
        "机关",
        "大学",
        "学院",
        "街道",
        "单位",
        "部门",
        "企业",
        "专班",
        "基地",
        "银行",
        "医院",
        "协会",
        "学会",
        "联盟",
        "指挥部",
        "管委会",
        "居委会",
        "村委会",
        "党工委",
        "电视台",
        "分局",
        "支队",
        "大队",
        "总队",
        "事务所",
        "研究院",
        "实验室",
        "管理处",
        "服务部",
        "开发区",
        "园区",
        "林场",
        "农场",
        "供电",
        "党委",
        "党组",
        "政府",
        "人民政府",
        "管理局",
        "监督局",
        "管理中心",
        "服务中心",
        "办公室",
        "委员会",
        "领导小组",
        "工作组",
        "保障局",
        "执法局",
        "规划局",
        "建设局",
        "管理委",
        "保障委",
        "发展局",
        "服务局",
        "事务局",
        "执法总队",
    ]
)
#: Those and their own ends: 公室.
UNIT_TAILS = _TAILS | {tail[start:] for tail in _TAILS for start in range(1, len(tail) - 1)}
_UNIT_END = re.compile(f"(?:{'|'.join(sorted(UNIT_ENDS, key=len, reverse=True))})$")
#: A unit's part, by its number alone: 一公司, 二大队.
_PART = re.compile("[一二三四五六七八九十]+(?:公司|分公司|支队|大队|中队|分局|[科处股组队])")
_REMARK = re.compile(r"(?:[（(][^（）()]*[）)]|等)+$")
#: Marks that part the items of a list, outside brackets.
MARKS = "、，,；;"
_WEAK = re.compile(f"[{BREAKS}]+")
_NAME = re.compile(f"[{HAN}]{{2,4}}|[{HAN}]+(?:[·•][{HAN}]+)+")
#: What names of units begin with where a notice names the units of one place.
PLACES = "区市县省州旗"
#: From this share of the known units on, they all begin with their place.
MOSTLY_PLACED = 0.7
FEWEST_PLACED = 4
#: Marks part the items of a column where this many times more of its cells have them than line ends.
MARKED = 2
#: Names are padded where there are this many times as many padded ones as plain ones of two characters.
PADDED = 0.25
#: The first part of a name with ``·``, after nothing that may have cut it.
_HEAD = re.compile(f"(?:^|[\n{SPACES}{MARKS}])([{HAN}]+)[·•]")
#: A column holds one name a cell where so many differ and are cut, and of one in so many a piece is no name.
FEWEST_CUT, UNNAMED = 3, 3
#: A space as wide as a Chinese character.
IDEOGRAPHIC = "\u3000"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Hold what is known of the document's people and units.

    Args:
        people: Names seen whole.
        heads: What stands before the ``·`` in names that begin after no cut.
        units: Names of units seen whole.
        placed: Whether nearly all units begin with their place (``区``, ``市``): a piece that does
            not may be the rest of one.
        marked: Whether the items of the column at hand are parted by marks, so that line ends are none.
        padding: The space by which the column at hand pads short names; empty where it pads none.
        pads_long: Whether it spaces out names of three characters as well.
        spaced: Whether a space parts its items anywhere.
        single: Whether it holds one name a cell, so that its line ends are those of long names.
    """

    people: frozenset[str] = field(default_factory=frozenset)
    heads: frozenset[str] = field(default_factory=frozenset)
    units: frozenset[str] = field(default_factory=frozenset)
    placed: bool = False
    marked: bool = False
    padding: str = " "
    pads_long: bool = True
    spaced: bool = True
    single: bool = False


def is_unit_name(name: str) -> bool:
    """Tell whether a name ends as the names of organisations do.

    >>> is_unit_name("区人力资源社会保障局"), is_unit_name("区人力资源社会"), is_unit_name("局")
    (True, False, False)
    >>> is_unit_name("区委宣传部（区文明办）"), is_unit_name("各街镇等"), is_unit_name("管委会"), is_unit_name("公室")
    (True, True, False, False)
    """
    plain = _REMARK.sub("", name)
    if len(plain) < 2 or plain.endswith(UNIT_CUTS) or plain in UNIT_TAILS or _PART.fullmatch(plain):
        return False
    return _UNIT_END.search(plain) is not None


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
                tokens, spaces = _WEAK.split(part.strip(BREAKS)), _WEAK.findall(part.strip(BREAKS))
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
            tokens = [token for token in _WEAK.split(part) if token]
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
                tokens = [len(token) for token in _WEAK.split(line) if token]
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
        if len(outside_brackets(plain)) > 1 or any(_WEAK.search(piece) for piece in pieces):
            return False
        heads = accumulate(pieces)
        if any(is_unit_name(head) and after[0] in PLACES for head, after in zip(heads, pieces[1:], strict=False)):
            return False
        if len(pieces) > 1:
            cut += 1
            unnamed += not all(is_unit_name(piece) for piece in pieces)
    return cut >= FEWEST_CUT and unnamed * UNNAMED >= cut


class Learner:
    r"""Learn from the marked texts of the columns that list people and units, table by table.

    >>> learner = Learner()
    >>> learner.add_people(["李阳", "赵 亮 可 晓 林", "谭瑞琮 李阳", "李 阳"])
    >>> learner.add_units(["区财政局", "区粮食物资储备\v局"])
    >>> known = learner.vocabulary()
    >>> sorted(known.people), sorted(known.units)
    (['李阳', '谭瑞琮'], ['区财政局'])
    """

    def __init__(self) -> None:
        self._people: set[str] = set()
        self._heads: set[str] = set()
        self._units: set[str] = set()

    def add_people(self, texts: Sequence[str]) -> None:
        """Learn from one column."""
        self._people.update(_learned_people(texts))
        self._heads.update(head for text in texts for head in _HEAD.findall(text))

    def add_units(self, texts: Sequence[str]) -> None:
        """Learn from one column."""
        self._units.update(_learned_units(texts))

    def vocabulary(self) -> Vocabulary:
        """Give what was learned of all columns."""
        placed = sum(name[0] in PLACES for name in self._units)
        return Vocabulary(
            frozenset(self._people),
            frozenset(self._heads),
            frozenset(self._units),
            placed=len(self._units) >= FEWEST_PLACED and placed >= MOSTLY_PLACED * len(self._units),
        )


def _segments(text: str, *, marked: bool) -> Iterator[str]:
    """Give what stands between marks, line ends made on purpose and the cell's edges.

    Where marks part the items, a line end parts none, and the pieces beside it are one.
    """
    for part in outside_brackets(text):
        if part in MARKS:
            continue
        if marked:
            yield squeeze(part)
        else:
            yield from (segment.strip(BREAKS) for segment in part.split(HARD_END))


def _is_wrapped(segment: str) -> bool:
    return FULL_END in segment or UNSURE_END in segment


def _learned_people(texts: Sequence[str]) -> Iterator[str]:
    padded: Counter[str] = Counter()
    marked = is_marked(texts)
    for text in texts:
        for segment in _segments(text, marked=marked):
            tokens = [token for token in _WEAK.split(segment) if token]
            if _is_wrapped(segment):
                continue
            if all(_NAME.fullmatch(token) for token in tokens):
                yield from tokens
            elif all(len(token) == 1 for token in tokens) and len(tokens) <= 2:
                padded["".join(tokens)] += 1
    # A two-character name that is always padded is known when several rows print it so.
    yield from (name for name, count in padded.items() if count > 1)


def _learned_units(texts: Sequence[str]) -> Iterator[str]:
    marked = is_marked(texts)
    for text in texts:
        listed = [[token for token in _WEAK.split(segment) if token] for segment in _segments(text, marked=marked)]
        # Beside a line that ends within a name, the next one is the rest of it.
        cut = not marked and not all(is_unit_name(token) for tokens in listed for token in tokens[:1])
        for segment, tokens in zip(_segments(text, marked=marked), listed, strict=True):
            if cut or _is_wrapped(segment) or not all(is_unit_name(token) for token in tokens):
                continue
            if len(tokens) == 1 or all(token[0] in PLACES for token in tokens):
                yield from tokens
