"""Invented notices whose cells hold what those of lists of tasks do not: laws and points, times, quantities and units."""

from __future__ import annotations

import random
from functools import cache

from matrix.notices import OBJECTS, PEOPLE, UNITS, Column, Notice, Role, Value

KINDS_OF_RIGHTS = ("行政许可", "行政处罚", "行政强制", "其他权力")
DEEDS = ("对违反", "对未按照", "对擅自变更")
RULES = ("施工许可证管理规定", "“三同时”制度", "消防安全责任制", "特种设备（含电梯、起重机械）使用登记规定")
ENDS = ("的处罚", "行为的处理", "的单位和个人的查处（10万元以下）")
LAWS = (
    "《中华人民共和国安全生产法》第三十八条", "《建设工程质量管理条例》（国务院令第279号）第五十六条第（一）项",
    "《上海市消防条例》第二十七条", "《危险化学品安全管理条例》（2013年修订）第七十八条",
    "GB 50016—2014《建筑设计防火规范》第5.5.17条", "《行政许可法》第42条",
)  # fmt: skip
DUTIES = (
    "1.受理责任：一次性告知补正材料；依法受理或不予受理（不予受理应当告知理由）。",
    "2.审查责任：对申请人提交的材料进行审核；依法需要听证、检验、检测的，应当组织听证、检验、检测。",
    "3.决定责任：作出准予或者不予许可的决定（不予许可的应当告知申请行政复议或者提起行政诉讼的权利）。",
    "4.送达责任：20个工作日内送达。", "5.事后监管责任：加强日常监督检查。", "6.其他法律法规规定应履行的责任。",
)  # fmt: skip
DAYS = ("3月12日（星期三）", "3月13日（星期四）", "3月14日", "4月1日—4月3日")
TOPICS = (
    "开幕式", "分组讨论（一）：数字政府建设", "集中学习《习近平谈治国理政》第四卷", "Q&A互动交流", "茶歇",
    "主题报告：“十五五”规划思路",
)  # fmt: skip
ROOMS = ("行政中心1号楼301会议室", "线上（腾讯会议ID：123-456-789）", "A馆2F多功能厅", "待定", "")
LOTS = ("A包：信息化设备", "B包：办公家具", "C包：实验仪器（进口）")
GOODS = ("台式计算机", "激光打印机（A3，双面）", "实木会议桌", "双目显微镜", "-80℃超低温冰箱", "PCR仪")
TERMS = (
    "CPU≥8核，内存≥16GB DDR4，固态硬盘≥512GB", "1600mm×800mm×750mm；E1级环保板材", "放大倍数：40×～1000×",
    "温度范围-40℃～-86℃，容积≥500L", "通道数：96孔；升温速率≥5℃/s",
)  # fmt: skip


@cache
def rights() -> Notice:
    """Give the rows of a list of an office's rights: sections of laws, and points that run on in a cell."""
    dice = random.Random(29)  # noqa: S311 - a notice, no secret
    rows: list[tuple[Value, ...]] = []
    for kind in KINDS_OF_RIGHTS:
        for _ in range(dice.randint(5, 8)):
            name = dice.choice(DEEDS) + dice.choice(RULES) + dice.choice(ENDS)
            law = "；".join(dice.sample(LAWS, dice.randint(1, 2)))
            duties = "".join(sorted(dice.sample(DUTIES, dice.randint(1, 4))))
            units = tuple(dice.sample(UNITS, dice.randint(1, 2)))
            rows.append((str(len(rows) + 1), kind, name, law, duties, units, dice.choice(("", "", "委托区级实施"))))
    columns = (
        Column("序号", Role.KEY, 1.2),
        Column("职权类别", Role.GROUP, 1.8),
        Column("职权名称", Role.PROSE, 3.6),
        Column("设定依据", Role.PROSE, 5.2),
        Column("责任事项", Role.PROSE, 6.0),
        Column("实施单位", Role.UNITS, 3.2),
        Column("备注", Role.SHORT, 2.0),
    )
    return Notice("rights", "行政权力事项清单（2025年版）", columns, tuple(rows))


@cache
def schedule() -> Notice:
    """Give the rows of a schedule: dates group them, and times tell them apart."""
    dice = random.Random(31)  # noqa: S311 - the same
    rows: list[tuple[Value, ...]] = []
    for day in DAYS:
        rows += [
            (day, f"{hour}:{dice.choice(('00', '15', '30'))}—{hour + 1}:00", dice.choice(TOPICS), dice.choice(ROOMS),
             dice.choice(PEOPLE), tuple(dice.sample(UNITS, dice.randint(1, 4))))
            for hour in range(9, 9 + dice.randint(5, 8))
        ]  # fmt: skip
    columns = (
        Column("日期", Role.GROUP, 2.6),
        Column("时间", Role.SHORT, 2.6),
        Column("活动内容", Role.PROSE, 5.0),
        Column("地点", Role.PROSE, 4.0),
        Column("主持人", Role.SHORT, 2.2, "组织"),
        Column("参加单位", Role.UNITS, 4.0, "组织"),
    )
    return Notice("schedule", "培训班日程安排表", columns, tuple(rows))


@cache
def goods() -> Notice:
    """Give the rows of a list of goods: signs, quantities with their units, and prices."""
    dice = random.Random(37)  # noqa: S311 - the same
    rows: list[tuple[Value, ...]] = []
    for lot in LOTS:
        for _ in range(dice.randint(5, 9)):
            count, price = dice.randint(1, 300), dice.randint(100, 90000)
            rows.append(
                (str(len(rows) + 1), lot, dice.choice(GOODS), dice.choice(TERMS), dice.choice(("台", "张", "套", "m²")),
                 str(count), f"{price:,}.00", f"{count * price:,}", dice.choice(("", "★", dice.choice(OBJECTS))))
            )  # fmt: skip
    columns = (
        Column("序号", Role.KEY, 1.2),
        Column("分包", Role.GROUP, 2.2),
        Column("货物名称", Role.PROSE, 3.4),
        Column("技术参数", Role.PROSE, 6.0),
        Column("单位", Role.SHORT, 1.4),
        Column("数量", Role.NUMBER, 1.6),
        Column("单价（元）", Role.NUMBER, 2.4, "预算"),
        Column("总价（元）", Role.NUMBER, 2.8, "预算"),
        Column("备注", Role.PROSE, 2.8),
    )
    return Notice("goods", "政府采购货物需求一览表", columns, tuple(rows))
