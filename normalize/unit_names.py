"""Tell the names of units by how they end, and what is the rest of one."""

from __future__ import annotations

import re

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
_UNIT_TAILS = (
    "中心 公司 有限公司 有限责任公司 股份有限公司 集团 机关 大学 学院 街道 单位 部门 企业 专班 "
    "基地 银行 医院 协会 学会 联盟 指挥部 管委会 居委会 村委会 党工委 电视台 分局 支队 大队 "
    "总队 事务所 研究院 实验室 管理处 服务部 开发区 园区 林场 农场 供电 党委 党组 政府 人民政府 "
    "管理局 监督局 管理中心 服务中心 办公室 委员会 领导小组 工作组 保障局 执法局 规划局 建设局 "
    "管理委 保障委 发展局 服务局 事务局 执法总队 "
)
_TAILS = frozenset(_UNIT_TAILS.split())
#: Those and their own ends: 公室.
UNIT_TAILS = _TAILS | {tail[start:] for tail in _TAILS for start in range(1, len(tail) - 1)}
_UNIT_END = re.compile(f"(?:{'|'.join(sorted(UNIT_ENDS, key=len, reverse=True))})$")
#: A unit's part, by its number alone: 一公司, 二大队.
_PART = re.compile("[一二三四五六七八九十]+(?:公司|分公司|支队|大队|中队|分局|[科处股组队])")
#: What the names of firms say of their trade, behind the words that are theirs alone.
_TRADES = (
    "科技 技术 信息 网络 电子 电气 机械 机电 设备 材料 新材料 化工 制造 实业 产业 工业 工程 建设 建筑 建材 "
    "装饰 设计 劳务 环保 环境 检测 能源 电力 电缆 汽车 医药 药业 医疗 器械 生物 食品 餐饮 农业 物流 运输 贸易 "
    "商贸 进出口 服务 管理 咨询 投资 资产 置业 房地产 物业 开发 发展 经营 运营 文化 传媒 旅游 教育 集团 控股 "
    "国际"
)
#: The rest of a firm's name that a line end cut: no firm is called by its trade alone, or by one character.
_FIRM_TAIL = re.compile(f"[^市县区省]?(?:{'|'.join(_TRADES.split())})*(?:股份|责任)*有限(?:责任)?公司")
#: A part of a unit behind a place's sign alone: the rest of such a name was cut off, as of 市科技局.
_PLACED_PART = re.compile("[区市县省州旗][科处股室组队站所]")
_REMARK = re.compile(r"(?:[（(][^（）()]*[）)]|等)+$")
#: What names of units begin with where a notice names the units of one place.
PLACES = "区市县省州旗"


def is_unit_name(name: str) -> bool:
    """Tell whether a name ends as the names of organisations do.

    >>> is_unit_name("区人力资源社会保障局"), is_unit_name("区人力资源社会"), is_unit_name("局")
    (True, False, False)
    >>> is_unit_name("区委宣传部（区文明办）"), is_unit_name("各街镇等"), is_unit_name("管委会"), is_unit_name("公室")
    (True, True, False, False)
    >>> is_unit_name("市科"), is_unit_name("市局"), is_unit_name("人事科")
    (False, True, True)
    >>> is_unit_name("各乡镇人民政府"), is_unit_name("人民政府某某有限公司")
    (True, False)
    >>> is_unit_name("华为技术有限公司"), is_unit_name("技有限公司"), is_unit_name("环保工程有限公司")
    (True, False, False)
    """
    plain = _REMARK.sub("", name)
    if len(plain) < 2 or plain.endswith(UNIT_CUTS) or plain in UNIT_TAILS or plain.startswith("人民政府"):
        return False
    if _PART.fullmatch(plain) or _FIRM_TAIL.fullmatch(plain) or _PLACED_PART.fullmatch(plain):
        return False
    return _UNIT_END.search(plain) is not None
