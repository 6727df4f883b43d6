"""List Chinese family names, to tell where one name ends and the next begins.

The characters are the family names of the Hundred Family Surnames (百家姓, public domain)
in simplified form, with some of today that it lacks.
"""

from __future__ import annotations

from normalize.characters import HAN_CHARACTER

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
    "鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭"
    "梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚"
    "程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫"
    "宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻"
    "莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向"
    "古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾"
    "毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公付肖闫覃岳兰代鹿褟苑海佘原年阳可帅涂展位闪战问卿占"
)
_COMPOUND = (
    "万俟 司马 上官 欧阳 夏侯 诸葛 闻人 东方 赫连 皇甫 尉迟 公羊 澹台 公冶 宗政  "
    "濮阳 淳于 单于 太叔 申屠 公孙 仲孙 轩辕 令狐 钟离 宇文 长孙 慕容 鲜于 闾丘  "
    "司徒 司空 呼延 端木 南宫 第五 百里 东郭 西门 独孤 "
)
COMPOUND_SURNAMES = frozenset(_COMPOUND.split())

#: A Chinese name has so many characters at most, of which two are a family name.
LONGEST_NAME = 4
#: So many names are several.
SEVERAL = 2
#: How the names of offices end.
OFFICES = frozenset("长记席任理员师授事监官")
#: A part of a name with ``·`` has so many at most where it begins as a family name, and one more where it does not.
LONGEST_PART = 6


def has_surname(name: str) -> bool:
    """Tell whether a name begins with a Chinese family name.

    >>> has_surname("李阳"), has_surname("欧阳文静"), has_surname("静郑杰")
    (True, True, False)
    """
    return name[0] in SURNAMES or name[:2] in COMPOUND_SURNAMES


def may_be_several(name: str) -> bool:
    """Tell whether a text is too long for a Chinese name, and can be parted into such, each with its family name.

    >>> may_be_several("陈宇剑王观宝吴强"), may_be_several("欧阳文静"), may_be_several("王建国副市长")
    (True, False, False)

    Four characters may be two names where the third one is a family name as well.

    >>> may_be_several("张彬李健"), may_be_several("张彬彬健"), may_be_several("王建国③")
    (True, False, False)

    Behind two names may stand one without a family name that is listed.

    >>> may_be_several("孙建欧阳文静阿娟"), may_be_several("阿不都热合曼")
    (True, False)

    So is one with a ``·`` of which a part is longer than parts of names are.

    >>> may_be_several("张贤周毅买买提·艾山"), may_be_several("古丽娜尔·阿不都热依木"), may_be_several("买买提·")
    (True, False, False)
    """
    if "·" in name:
        return any(len(part) > LONGEST_PART + (not has_surname(part)) for part in name.split("·") if part)
    name = "".join(char for char in name if HAN_CHARACTER.match(char))  # without the marks of notes
    if len(name) < LONGEST_NAME or (len(name) == LONGEST_NAME and name[:2] in COMPOUND_SURNAMES):
        return False
    ends = {0: 0}
    for at in range(len(name)):
        if at in ends and has_surname(name[at:]):
            longest = LONGEST_NAME if name[at : at + 2] in COMPOUND_SURNAMES else LONGEST_NAME - 1
            ends.update((end, max(ends.get(end, 0), ends[at] + 1)) for end in range(at + 2, at + longest + 1))
    # Behind two of them a third one may have no family name that is listed; an office has none.
    return len(name) in ends or (
        name[-1] not in OFFICES and any(ends.get(len(name) - rest, 0) >= SEVERAL for rest in (2, LONGEST_NAME - 1))
    )
