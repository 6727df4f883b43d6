"""Know the words of labels: what heads a column, and what its last words say of it."""

from __future__ import annotations

import re

from schema.profile import Kind, plain_label

#: What the words at the end of a label that no profile knows say of the column.
LABEL_ENDS: tuple[tuple[tuple[str, ...], Kind], ...] = (
    (("单位", "部门", "机构", "主体", "成员单位"), Kind.UNITS),
    (("领导", "责任人", "负责人", "联系人", "负责同志", "联络员", "包保人"), Kind.PEOPLE),
    (("时限", "时间", "节点", "日期", "期限"), Kind.DATE),
    (("类别", "板块", "领域", "类型", "分类", "事项", "项目", "类目", "环节"), Kind.LABEL),
    (("内容", "任务", "举措", "措施", "要求", "目标", "标准", "进展", "情况", "成效", "做法", "描述"), Kind.PROSE),
)
#: Words that end the label of a column of people where its cells hold names in Chinese.
PEOPLE_ENDS = (
    "姓名", "组长", "成员", "队长", "站长", "所长", "校长", "院长", "河长", "湖长", "林长", "路长", "田长", "网格员",
    "教师", "学生", "专家", "作者", "选手", "教练", "联络人", "经办人", "审核人", "主持人", "主讲人", "申请人",
    "候选人", "推荐人", "代表人", "当事人", "发言人", "参加人员", "人员名单",
)  # fmt: skip
#: What ends others; many a text that ends so is no label.
PERSON_ENDS = ("人", "员", "长", "者", "师", "手", "司机", "干部", "代表", "带班", "值班", "名单")
#: Labels of a column that numbers the rows, in any table.
NUMBERS = frozenset(("序号", "编号", "序", "号", "No.", "NO.", "No"))
#: Labels of forms, which stand before what is filled in.
FORM_LABELS = frozenset((
    "姓名", "性别", "民族", "籍贯", "年龄", "出生年月", "出生日期", "政治面貌", "学历", "学位", "职务", "职称",
    "身份证号", "身份证号码", "工作单位", "联系电话", "电话", "手机", "传真", "邮编", "邮箱", "电子邮箱", "地址",
    "通讯地址", "联系地址", "联系人", "单位名称", "企业名称", "法定代表人", "统一社会信用代码", "申请人", "项目名称",
    "建设单位", "填表人", "填表日期", "主要事迹", "工作简历", "推荐单位意见", "审批意见", "备注",
))  # fmt: skip
#: Other words that end labels, of which the kind of the column is not told.
_OTHER_ENDS = (
    "名称", "电话", "地址", "备注", "金额", "数量", "单价", "总价", "总额", "投资额", "进度", "依据", "结果", "成绩",
    "得分", "分数", "排名", "规格", "型号", "比例", "占比", "增速", "面积", "年度", "年份", "代码", "文号", "方式",
    "条件", "专业", "岗位", "职位", "编码", "品牌", "地点", "区域", "用途", "来源", "等级", "指标", "说明", "计划数",
    "人数", "原因", "问题", "清单", "对象", "范围", "期数", "批次",
)  # fmt: skip
#: A label is no longer than this (characters), and has none of these in it.
LONGEST_LABEL = 12
_NO_LABEL = re.compile(r"[。，；,;]|\d")
_ENDS = (*(end for ends, _ in LABEL_ENDS for end in ends), *PEOPLE_ENDS, *_OTHER_ENDS)


def reads_as_label(text: str) -> bool:
    """Tell whether a text reads as the label of a column.

    >>> [reads_as_label(text) for text in ("完成时限", "联系电话（手机）", "序 号", "王建国", "2025年底前")]
    [True, True, True, False, False]
    """
    label = plain_label(text)
    if not label or len(label) > LONGEST_LABEL or _NO_LABEL.search(label):
        return False
    return label in NUMBERS or label in FORM_LABELS or label.endswith(_ENDS)
