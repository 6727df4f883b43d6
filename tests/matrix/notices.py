"""The rows of notices: the seed's, and invented ones made at random from fixed seeds.

A list is a tuple of items; all other values are texts.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from pathlib import Path

Value = str | tuple[str, ...]
GOLDEN = Path(__file__).parents[2] / "output" / "minhang-2025-3.docx.csv"


class Role(Enum):
    """Say what a column holds, as far as laying it out matters."""

    KEY = auto()
    GROUP = auto()
    PROSE = auto()
    PEOPLE = auto()
    UNITS = auto()
    SHORT = auto()
    NUMBER = auto()


@dataclass(frozen=True)
class Column:
    """Hold a column: its label, the label above it where headers have two levels, its share of the width."""

    label: str
    role: Role
    weight: float
    above: str = ""


@dataclass(frozen=True)
class Notice:
    """Hold one table's columns and rows."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def groups(self) -> tuple[int, ...]:
        """Give the indexes of the columns that group rows."""
        return tuple(index for index, column in enumerate(self.columns) if column.role is Role.GROUP)

    @property
    def roles(self) -> tuple[Role, ...]:
        """Give the roles of the columns."""
        return tuple(column.role for column in self.columns)


PEOPLE = (
    "李阳", "赵亮", "欧阳文静", "买买提·艾山", "王秀英", "陈建国", "张贤", "刘一鸣", "可晓林", "阿卜杜拉·买买提明",
    "诸葛明", "周毅", "吴海燕", "郑杰", "司马宏", "孙立", "钱学礼", "马超", "古丽娜尔·阿不都热依木",
)  # fmt: skip
UNITS = (
    "市发展改革委", "市财政局", "市工业和信息化局", "市生态环境局", "市住房城乡建设局", "市卫生健康委", "市市场监管局",
    "高新区管委会", "市公安局（市反恐办）", "市大数据发展管理局", "各县（市、区）人民政府", "市委宣传部（市文明办）",
    "市人力资源社会保障局", "市城市管理综合行政执法局", "国网市供电公司", "市教育局", "市体育局", "市农业农村局",
    "市退役军人事务局", "市政务服务数据管理局", "团市委", "市妇联", "市总工会", "市残联", "市城投集团",
    "经济技术开发区管委会", "市交通运输局", "市文化广电旅游局", "市自然资源和规划局", "市委组织部",
)  # fmt: skip
OBJECTS = (
    "重点产业链强链补链", "“一网通办”改革", "老旧小区改造（含加装电梯1,200台）", "5G基站建设", "GDP统计核算改革",
    "城乡居民医保参保率达到98.5%", "智慧教育平台建设", "河湖长制", "海绵城市示范区建设", "“双随机、一公开”监管",
    "R&D经费投入强度", "国家级专精特新“小巨人”企业培育", "ESG信息披露试点", "省级以上园区亩均论英雄评价",
    "12345热线“接诉即办”", "新能源汽车充电桩（公共桩3,500个）布局", "《优化营商环境条例》宣传贯彻",
)  # fmt: skip
VERBS = ("推进", "实施", "完成", "开展", "深化", "加快", "持续抓好", "统筹做好", "启动")
TAILS = (
    "，确保取得实效。", "，年内完成投资3.5亿元。", "，形成可复制可推广的经验做法，并在全市范围内推广。", "。",
    "；", "，同比增长6%以上。", "，力争2025年底前建成投用，惠及群众12.6万人。", "，做到底数清、情况明、措施实、效果好。",
)  # fmt: skip
DEADLINES = ("2025年12月底前", "6月30日前", "全年", "第三季度", "2025年6月", "2025年11月30日", "长期坚持")
CATEGORIES = (
    "一、推动高质量发展", "二、深化改革开放", "三、保障和改善民生", "四、加强生态环境保护和污染防治攻坚",
    "五、筑牢安全发展底线", "六、加强政府自身建设",
)  # fmt: skip


@cache
def minhang() -> Notice:
    """Give the seed's rows, as the golden copy has them."""
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        labels, *rows = list(csv.reader(file))
    roles = (Role.KEY, Role.GROUP, Role.GROUP, Role.PROSE, Role.PEOPLE, Role.UNITS, Role.SHORT)
    weights = (1.4, 2.7, 3.2, 9.7, 2.2, 4.1, 1.4)
    above = ("", "", "", "", "责任分工", "责任分工", "")
    return Notice(
        "minhang",
        "2025年区委、区政府重点工作任务分解表",
        tuple(Column(*each) for each in zip(labels, roles, weights, above, strict=True)),
        tuple(
            tuple(tuple(text.split("、")) if role in (Role.PEOPLE, Role.UNITS) and text else text
                  for text, role in zip(row, roles, strict=True))
            for row in rows
        ),
    )  # fmt: skip


def _sentences(dice: random.Random, most: int) -> str:
    return "".join(dice.choice(VERBS) + dice.choice(OBJECTS) + dice.choice(TAILS) for _ in range(dice.randint(1, most)))


@cache
def invented() -> Notice:
    """Give the rows of a notice with other columns, of which one may be blank."""
    dice = random.Random(7)  # noqa: S311 - a notice, no secret
    rows: list[tuple[Value, ...]] = []
    for category in CATEGORIES:
        for item in range(4):
            name = f"{dice.choice(OBJECTS)}{dice.choice(('工程', '行动', '计划'))}{item}"
            for _ in range(dice.randint(2, 6)):
                people = tuple(dice.sample(PEOPLE, dice.randint(1, 3)))
                lead = tuple(dice.sample(UNITS, dice.randint(1, 3)))
                support = tuple(dice.sample([u for u in UNITS if u not in lead], dice.randint(0, 4)))
                rows.append(
                    (str(len(rows) + 1), category, name, _sentences(dice, 3), people, lead, support or "",
                     dice.choice(DEADLINES))
                )  # fmt: skip
    columns = (
        Column("序号", Role.KEY, 1.3),
        Column("工作板块", Role.GROUP, 2.4),
        Column("重点事项", Role.GROUP, 3.0),
        Column("年度目标", Role.PROSE, 7.5),
        Column("分管领导", Role.PEOPLE, 2.6, "责任落实"),
        Column("主办单位", Role.UNITS, 3.6, "责任落实"),
        Column("协办单位", Role.UNITS, 3.6, "责任落实"),
        Column("时间节点", Role.SHORT, 2.4),
    )
    return Notice("invented", "2025年重点工作任务清单", columns, tuple(rows))


@cache
def foreign() -> Notice:
    """Give the rows of a notice whose labels mostly no profile knows."""
    dice = random.Random(11)  # noqa: S311 - the same
    rows: list[tuple[Value, ...]] = []
    for category in ("基础设施类", "社会民生类", "产业发展类"):
        for item in range(5):
            name = f"{dice.choice(OBJECTS)}项目（{dice.choice('ABC')}{item}）"
            for _ in range(dice.randint(1, 4)):
                rows.append(
                    (str(len(rows) + 1), category, name, _sentences(dice, 2),
                     tuple(dice.sample(PEOPLE, dice.randint(1, 2))), tuple(dice.sample(UNITS, dice.randint(1, 3))),
                     tuple(dice.sample(UNITS, 1)), dice.choice(DEADLINES), f"{dice.randint(1, 9999):,}.{dice.randint(0, 9)}",
                     dice.choice(("", "", "已列入省级“十四五”规划", "续建")))
                )  # fmt: skip
    columns = (
        Column("编号", Role.KEY, 1.3),
        Column("工程类别", Role.GROUP, 2.0),
        Column("改革事项", Role.GROUP, 3.2),
        Column("工作任务", Role.PROSE, 6.4),
        Column("联系市领导", Role.PEOPLE, 2.5),
        Column("责任部门", Role.UNITS, 3.6, "责任主体"),
        Column("督查单位", Role.UNITS, 2.8, "责任主体"),
        Column("完成时限", Role.SHORT, 2.2),
        Column("总投资（万元）", Role.NUMBER, 2.3),
        Column("备注", Role.SHORT, 1.8),
    )
    return Notice("foreign", "2025年度重点工程和改革事项推进表", columns, tuple(rows))


@cache
def statistics() -> Notice:
    """Give the rows of a table that no profile knows."""
    dice = random.Random(13)  # noqa: S311 - the same
    areas = ("浦东新区", "黄浦区", "徐汇区", "长宁区", "静安区", "普陀区", "虹口区", "杨浦区", "闵行区", "宝山区")
    items = (
        "地区生产总值（亿元）",
        "一般公共预算收入",
        "规模以上工业总产值",
        "社会消费品零售总额",
        "居民人均可支配收入",
    )
    rows: list[tuple[Value, ...]] = []
    for area in areas:
        for item in items:
            values = [f"{dice.uniform(10, 9000):,.1f}" for _ in range(3)]
            rows.append((area, item, *values, f"{dice.uniform(-5, 12):.1f}%"))
    columns = (
        Column("地区", Role.GROUP, 2.4),
        Column("指标名称", Role.SHORT, 5.0),
        Column("2023年", Role.NUMBER, 2.6, "实绩"),
        Column("2024年", Role.NUMBER, 2.6, "实绩"),
        Column("2025年目标", Role.NUMBER, 2.8),
        Column("增减", Role.NUMBER, 2.0),
    )
    return Notice("statistics", "各区主要经济指标完成情况", columns, tuple(rows))


@cache
def grouped() -> Notice:
    """Give the rows of a notice in which a number stands for several of them."""
    dice = random.Random(17)  # noqa: S311 - the same
    rows: list[tuple[Value, ...]] = []
    for number in range(1, 31):
        goal = f"{dice.choice(VERBS)}{dice.choice(OBJECTS)}"
        rows += [
            (str(number), goal, _sentences(dice, 3), tuple(dice.sample(PEOPLE, dice.randint(1, 2))),
             tuple(dice.sample(UNITS, dice.randint(1, 2))), tuple(dice.sample(UNITS, dice.randint(0, 3))) or "",
             dice.choice(DEADLINES))
            for _ in range(dice.randint(1, 4))
        ]  # fmt: skip
    columns = (
        Column("序号", Role.GROUP, 1.3),
        Column("主要目标", Role.GROUP, 3.2),
        Column("重点举措", Role.PROSE, 7.0),
        Column("责任领导", Role.PEOPLE, 2.6, "责任分工"),
        Column("牵头单位", Role.UNITS, 3.6, "责任分工"),
        Column("配合单位", Role.UNITS, 3.6, "责任分工"),
        Column("完成时限", Role.SHORT, 2.4),
    )
    return Notice("grouped", "2025年重点任务责任清单", columns, tuple(rows))


SCOPES = (
    "严格执行GB 3095—2012标准，PM2.5年均浓度控制在35μg/m³以下", "加快5G、IPv6等新型基础设施建设，新增基站500个",
    "对15处易涝点进行改造，铺设雨污管网26.8公里", "推动出台《关于进一步加强基层治理的实施意见》（试行）",
    "举办World Expo Forum，签约金额同比增长-1.5%", "引进ISO 9001认证的R&D中心3家，力争年营业收入突破2亿元",
    "完成可行性研究报告编制并通过评审", "打造“家门口”服务站，覆盖率达100%", "开展2轮以上检查，整治隐患1,200余处",
)  # fmt: skip


@cache
def projects() -> Notice:
    """Give the rows of a plan of building projects: codes and numbers that fill their cells, two scripts in one line."""
    dice = random.Random(19)  # noqa: S311 - the same
    rows: list[tuple[Value, ...]] = []
    for category in ("产业升级项目", "城市更新项目", "公共服务项目", "生态环保项目"):
        for _ in range(dice.randint(6, 10)):
            scope = "；".join(dice.sample(SCOPES, dice.randint(1, 3))) + "。"
            code = "91310" + "".join(dice.choice("0123456789ABCDEFGHJK") for _ in range(13))
            rows.append(
                (str(len(rows) + 1), category, f"{dice.choice(OBJECTS)}{dice.choice('ABCD')}{dice.randint(1, 40)}标段",
                 dice.choice(("新建", "续建", "改扩建")), scope, code, f"{dice.randint(1, 99999):,}",
                 f"{dice.uniform(-30, 130):.1f}%", dice.choice(("2024.03—2026.12", "2025—2027", "2025.6-2025.12")),
                 tuple(dice.sample(UNITS, dice.randint(1, 3))), dice.choice(("", "", "用地待报批", "已完成立项")))
            )  # fmt: skip
    columns = (
        Column("序号", Role.KEY, 1.3),
        Column("项目类别", Role.GROUP, 2.0),
        Column("工程名称", Role.PROSE, 4.0),
        Column("建设性质", Role.SHORT, 1.9),
        Column("建设内容及规模", Role.PROSE, 6.0),
        Column("统一社会信用代码", Role.PROSE, 4.0),
        Column("总投资（万元）", Role.NUMBER, 2.3),
        Column("同比增减", Role.NUMBER, 2.0),
        Column("建设起止年限", Role.SHORT, 2.4),
        Column("责任单位", Role.UNITS, 3.4),
        Column("备注", Role.SHORT, 1.8),
    )
    return Notice("projects", "2025年重点建设项目计划表", columns, tuple(rows))


OFFICES = ("综合行政执法支队", "下属事务中心", "机关", "信息中心")
POSTS = ("综合文秘", "执法勤务（一）", "财务会计", "信息化建设", "法制审核")
SUBJECTS = (
    "不限", "计算机类，电子信息类", "法学类、公安类", "会计学、财务管理、审计学（一级学科：工商管理）", "马克思主义理论与思想政治教育",
)  # fmt: skip
TERMS = (
    "", "中共党员；2025年应届毕业生", "具有2年以上基层工作经历", "限男性，适合夜间值班，须通过体能测评", "取得A证（法律职业资格证书）",
)  # fmt: skip


@cache
def posts() -> Notice:
    """Give the rows of a list of posts: no number tells the rows apart, and long names of units group them."""
    dice = random.Random(23)  # noqa: S311 - the same
    rows: list[tuple[Value, ...]] = []
    for unit in dice.sample([unit for unit in UNITS if "（" not in unit and unit.startswith("市")], 9):
        for office in dice.sample(OFFICES, dice.randint(1, 2)):
            rows += [
                (unit, f"{unit[1:]}{office}{dice.choice('一二三')}科", f"{dice.randint(1, 99):02}{dice.randint(0, 99999):05}",
                 dice.choice(POSTS), str(dice.randint(1, 6)), dice.choice(("本科及以上", "大专及以上", "研究生", "仅限本科")),
                 dice.choice(SUBJECTS), dice.choice(TERMS), dice.choice(("3:1", "5:1")),
                 f"0512-{dice.randint(60000000, 69999999)}")
                for _ in range(dice.randint(1, 4))
            ]  # fmt: skip
    columns = (
        Column("主管部门", Role.GROUP, 2.6),
        Column("招录单位", Role.GROUP, 3.4),
        Column("职位代码", Role.NUMBER, 2.6),
        Column("职位名称", Role.PROSE, 2.6),
        Column("人数", Role.NUMBER, 1.4),
        Column("学历", Role.PROSE, 2.6, "资格条件"),
        Column("专业", Role.PROSE, 3.8, "资格条件"),
        Column("其他", Role.PROSE, 3.8, "资格条件"),
        Column("开考比例", Role.SHORT, 1.8),
        Column("咨询电话", Role.NUMBER, 3.4),
    )
    return Notice("posts", "2025年度考试录用公务员职位表", columns, tuple(rows))


def text_of(value: Value) -> str:
    """Give a value as CSV holds it."""
    return value if isinstance(value, str) else "、".join(value)


def shortened(notice: Notice, rows: int) -> Notice:
    """Give the notice with its first rows only."""
    return Notice(notice.name, notice.title, notice.columns, notice.rows[:rows])


def with_rows(notice: Notice, rows: Sequence[tuple[Value, ...]]) -> Notice:
    """Give the notice with other rows."""
    return Notice(notice.name, notice.title, notice.columns, tuple(rows))
