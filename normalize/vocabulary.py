"""Learn the people and units of a document from its own cells.

Only cells that leave no doubt teach: a unit printed alone on one line, a name without a
space in it.  What they teach decides in the cells that are in doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from normalize.characters import BREAKS, HAN

#: How the names of organisations end.
_UNIT_ENDS = (
    "局 委 办 部 会 室 院 所 站 处 厅 署 庭 校 馆 台 社 队 组 厂 园 联 行  "
    "中心 公司 集团 机关 大学 学院 街道 镇 乡 村 区 县 市 省 政府 单位 部门  "
    "企业 专班 基地 银行 医院 法院 协会 学会 商会 工会 联盟 指挥部 管委会 居委会  "
    "村委会 党工委 电视台 报社 分局 支队 大队 总队 博物馆 图书馆 事务所 研究院  "
    "实验室 管理处 服务部 信访办 开发区 园区 林场 农场 海关 税务 消防 电信 移动  "
    "联通 邮政 供电 党委 党组 纪委 监委 政协 人大 "
)
UNIT_ENDS = tuple(_UNIT_ENDS.split())
#: Endings that only look like one: the name goes on.
UNIT_CUTS = ("社会", "机会", "城市", "社区", "地区", "内部", "干部", "全部", "农村", "乡村", "景区", "城乡")
_UNIT_END = re.compile(f"(?:{'|'.join(sorted(UNIT_ENDS, key=len, reverse=True))})$")
_REMARK = re.compile(r"(?:[（(][^（）()]*[）)]|等)+$")
_SPLIT = re.compile(f"[{BREAKS}、，,；;]+")
_MARKED = re.compile("[、；]")
_NAME = re.compile(f"[{HAN}]{{2,4}}|[{HAN}]+(?:[·•][{HAN}]+)+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Hold what is known of the document's people and units."""

    people: frozenset[str] = field(default_factory=frozenset)
    units: frozenset[str] = field(default_factory=frozenset)


def is_unit_name(name: str) -> bool:
    """Tell whether a name ends as the names of organisations do.

    >>> is_unit_name("区人力资源社会保障局"), is_unit_name("区人力资源社会"), is_unit_name("局")
    (True, False, False)
    >>> is_unit_name("区委宣传部（区文明办）"), is_unit_name("各街镇等")
    (True, True)
    """
    plain = _REMARK.sub("", name)
    if len(plain) < 2 or plain.endswith(UNIT_CUTS):
        return False
    return _UNIT_END.search(plain) is not None


def learn(people_cells: Iterable[str], unit_cells: Iterable[str]) -> Vocabulary:
    r"""Learn from the marked texts of the cells that list people and units.

    >>> known = learn(["李阳", "赵 亮 可 晓 林", "谭瑞琮 李阳", "李 阳"], ["区财政局", "区粮食物资储备\v局"])
    >>> sorted(known.people), sorted(known.units)
    (['李阳', '谭瑞琮'], ['区财政局'])
    """
    return Vocabulary(_learn_people(people_cells), _learn_units(unit_cells))


def _learn_people(cells: Iterable[str]) -> frozenset[str]:
    known: set[str] = set()
    padded: Counter[str] = Counter()
    for text in cells:
        tokens = [token for token in _SPLIT.split(text) if token]
        if all(_NAME.fullmatch(token) for token in tokens):
            known.update(tokens)
        elif [len(token) for token in tokens] == [1, 1]:
            padded["".join(tokens)] += 1
    # A two-character name that is always padded is known when several rows print it so.
    known.update(name for name, count in padded.items() if count > 1)
    return frozenset(known)


def _learn_units(cells: Iterable[str]) -> frozenset[str]:
    known: set[str] = set()
    for text in cells:
        tokens = [token for token in _SPLIT.split(text) if token]
        alone = len(tokens) == 1
        marked = _MARKED.search(text) is not None and not re.search(f"[{BREAKS}]", text)
        if (
            tokens
            and all(is_unit_name(token) for token in tokens)
            and (alone or marked or all(token[0] in "区市县省" for token in tokens))
        ):
            known.update(tokens)
    return frozenset(known)
