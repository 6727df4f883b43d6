"""List the names that party and government organs have at all levels, without their place.

A notice names them with their place before (``市财政局``, ``闵行区教育局``) or without.  A name
that is on the list is whole; one that is not may still be.
"""

from __future__ import annotations

import re

_NAMES = """
发展改革委 发改委 发展和改革委员会 发展改革局 发改局 经信委 经济信息化委 经济和信息化委员会 经信局 工业和信息化局 工信局
工业和信息化厅 工业信息化局 经委 商务委 商务局 商务厅 教委 教育局 教育厅 教育体育局 科委 科技局 科技厅 科学技术局
公安局 公安厅 公安分局 民政局 民政厅 司法局 司法厅 财政局 财政厅 人力资源社会保障局 人社局 人力资源和社会保障局
人力资源社会保障厅 人社厅 规划资源局 自然资源局 自然资源和规划局 规划和自然资源局 自然资源厅 生态环境局 生态环境厅
环保局 住房城乡建设局 住房和城乡建设局 住建局 住房城乡建设厅 住房城乡建设管理委 建设管理委 建管委 建设局 房管局
住房保障房屋管理局 住房保障局 交通运输局 交通委 交通局 交通运输厅 水务局 水利局 水利厅 农业农村局 农业农村委 农业农村厅
农业局 林业局 绿化市容局 园林绿化局 城市管理局 城管局 城管执法局 城市管理综合行政执法局 综合行政执法局 文化旅游局 文旅局
文化和旅游局 文化广电旅游局 文化旅游厅 文化和旅游厅 卫生健康委 卫健委 卫生健康局 退役军人事务局 退役军人局 应急局
应急管理局 应急管理厅 审计局 审计厅 国资委 国有资产监督管理委员会 市场监管局 市场监督管理局 体育局 统计局 医保局
医疗保障局 信访办 信访局 机管局 机关事务管理局 机关事务局 机关事务管理中心 民防办 人民防空办公室 人防办 金融办
金融工作局 地方金融监管局 大数据局 大数据管理局 大数据发展管理局 数据局 政务服务局 政务服务管理局 政务服务数据管理局
行政审批局 行政审批服务局 营商局 营商环境局 粮食物资储备局 粮食和物资储备局 粮食局 知识产权局 乡村振兴局 民族宗教局
民宗局 民宗委 民族和宗教事务局 侨办 外办 外事办 台办 港澳办 研究室 政府研究室 法制办 地震局 气象局 税务局 海关
邮政管理局 烟草专卖局 供销社 供销合作社 消防救援局 消防救援支队 消防救援大队 交警支队 交警大队 海事局 文物局
委办公室 委办 政府办公室 政府办 府办 人大办 人大常委会办公室 政协办 政协办公室 纪委 监委 纪委监委 委组织部 组织部
委宣传部 宣传部 委统战部 统战部 委政法委 政法委 委网信办 网信办 委编办 编办 委巡察办 委老干部局 老干部局 委党校 党校
委社会工作部 社会工作部 委直属机关工委 机关工委 档案局 档案馆 史志办 党史研究室 融媒体中心 法院 人民法院 检察院
纪委监委机关 纪委机关 人民检察院 总工会 工会 团委 妇联 工商联 科协 残联 文联 侨联 红十字会 作协 社联 计生协会 国动办
供电公司 电力公司 自来水公司 燃气公司 城投公司 城投集团 交投集团 国投集团 文旅集团 电信公司 移动公司 联通公司 邮政公司
征收中心 投资促进中心 投资促进局 招商局 公积金中心 住房公积金管理中心 公共资源交易中心 城运中心 疾控中心
人民政府 管委会 开发区管委会 高新区管委会 经开区管委会
"""
ORGANS = frozenset(_NAMES.split())
#: What may stand before an organ's name: its place, or whose it is.  No place is named like an organ, or begins
#: with the end of one's name; hardly any ends with two places' signs, a county that became a district apart.
_BEFORE = re.compile(
    r"(?:[省市区县州旗盟镇乡团]|(?![省市区县各]|机关|单位|企业|大学|银行|基地|联盟|专班|街道)[^局委办部厅会府院司心处所站队校社团厂馆园街（）]{1,6}?(?:省|市|区|县|州|旗|盟)(?:(?<![省市区县镇乡村][省市县])(?<![省市区镇乡村]区)(?<!街道[市县区])|(?<=景德镇市)|(?<=[萍新宁湘桐]乡市)|(?<=[金内安宁]乡县))|各(?=[省市县区镇乡街])[省市县区（、）]{0,8}[镇乡街道（、）]{0,6}|国网[省市区县]?)?"
)
#: A remark in brackets, or ``等``, behind a name.
_BEHIND = re.compile(r"(?:[（(][^（）()]*[）)]|等)+$")


def is_organ(name: str) -> bool:
    """Tell whether a name is an organ's, with or without its place and a second name in brackets.

    >>> [is_organ(n) for n in ("市人力资源社会保障局", "闵行区教育局", "区委宣传部（区文明办）", "市人力", "市委")]
    [True, True, True, False, False]
    >>> is_organ("区财政局区税务局"), is_organ("区征收中心区城投公司")
    (False, False)
    >>> is_organ("区纪委监委机关"), is_organ("机关区委巡察办"), is_organ("高新区区统计局")
    (True, False, False)
    >>> is_organ("景德镇市教育局"), is_organ("某某镇县教育局"), is_organ("某某街道区教育局")
    (True, False, False)
    >>> is_organ("西安镇市教育局"), is_organ("宁乡市教育局"), is_organ("赣县区教育局")
    (False, True, True)
    >>> is_organ("各县（市、区）委组织部"), is_organ("各镇街道人大办"), is_organ("各街镇县委组织部")
    (True, True, False)
    """
    return organ_start(name) is not None


def organ_start(name: str) -> int | None:
    """Give where the name of an organ, the longest on the list, begins behind its place; ``None`` where none is.

    >>> organ_start("市文化广电旅游局"), organ_start("国网市供电公司"), organ_start("市人力")
    (1, 3, None)
    """
    plain = _BEHIND.sub("", name)
    starts = (len(plain) - len(organ) for organ in _endings(plain))
    return next((start for start in starts if _BEFORE.fullmatch(plain[:start])), None)


def _endings(name: str) -> list[str]:
    """Give the organs that a name ends with."""
    return [name[start:] for start in range(len(name)) if name[start:] in ORGANS]
