r"""Tell what the end of a cell's line stands for: nothing, a space, or an end made on purpose.

In a marked text ``\n`` ends a line that was ended on purpose, and ``\v`` one that is full
(see `schema.grid.marked_text`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain, islice, takewhile

from normalize.addresses import is_within_address, is_within_host
from normalize.characters import CHINESE, COMPATIBLE, HAN, HAN_CHARACTER, LATIN, LINE_ENDS, SPACES, WHOLE_NUMBER, WRAPS
from normalize.points import part_points
from normalize.quantities import TELEPHONE, is_standard, join_measures
from normalize.shapes import LEADING_ALONE
from schema.grid import UNSURE_END

_LINE_END = re.compile(f"[{SPACES}]*([\n\v\x1f])[{SPACES}]*")
#: A full line that ended at a space of the original.
_WORD_END, WORD_END = re.compile(" [\v\x1f]"), "\x1e"
_ENDS = re.compile("([\v\x1f\x1e])")
_LEADS_ON = re.compile(rf"{LEADING_ALONE}\b")
_CHINESE = re.compile(f"[{CHINESE}]")
#: A line that holds nothing but a part of a number.
_PART_OF_NUMBER = re.compile(r"[\d,.]+%?")
_LAST_NUMBER, _FIRST_NUMBER = re.compile(r"[\d,.]*\d$"), re.compile(r"\d[\d,.]*")
#: Digits in groups of four, as of an account, of which the last is whole at the end of a line.
_GROUPED = re.compile(r"(?<!\d)\d{4}(?: \d{4})+$|(?<!\d)1\d\d \d{4}$")
#: How a time or a date ends and another begins, of which no one goes on with the other.
_WHOLE = tuple(
    (re.compile(last), re.compile(first))
    for last, first in ((r"\d:\d\d$", r"\d{1,2}:\d\d"), (r"\d月(?:底|\d{1,2}日)前?$", r"(?:\d{4}年)?\d{1,2}月"))
)
#: What is printed without a space, at the end of a text.
_LAST_WORD = re.compile(r"[!-~]*$")
#: One date, or the end of a period, however its lines are broken.
_DATE = re.compile(
    r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日|[上中下]旬|[底末份])?)?[底末]?前?|\d{1,2}月(?:\d{1,2}日|[上中下]旬|[底末份])?前?"
)
#: A date in digits, whose points make no number.
_DOTTED = re.compile(r"(?:19|20)\d{2}\.(?:0?[1-9]|1[0-2])\.(?:0?[1-9]|[12]\d|3[01])")
#: The number of a section, of which a line's end may cut the last part.
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){2,4}")
_CUT_TELEPHONE = re.compile(r"(?<!\d)(0\d{2,3}-)[\n\v\x1f](?=\d{7,8}(?!\d))")
#: A date, and a number with its unit, over the end of a line.
_CUT_DATE = re.compile(
    r"(?<=\d年)\n(?=\d{1,2}月)|(?<=\d月)\n(?=\d{1,2}日|[上中下]旬|底?前?$)|(?<=\d)\n(?=[%％]|[万亿]?元|平方米|公里)"
    r"|(?<=\d)\n(?=[年月日](?:[底末]?前)?$)|(?<=[年月日底末旬])\n(?=前$)"
)
#: The end of a line before another date or time: behind what ends one, and before what begins one.
_NEXT_DATE = re.compile(
    r"(?<=[^\d年至到或和及、，,（(/.—–～~第每周-])\n(?=\d)(?!(?<=月\n)\d{1,2}日)"
    r"|(?<=:\d\d)\n(?=\d{1,2}:\d\d)|(?<=[^年])\n(?=[一二三四]季度|[上下]半年)"
)
#: The number of a document at the end of a line, and another one's beginning: none goes on with the other.
_NEXT_DOCUMENT = re.compile(
    rf"((?:[〔\[［（(]\d{{4}}[〕\]］）)]|\d年第)[\v\x1f]?\d+[\v\x1f]?号)[\v\x1f](?!转发|[和及与或等文])"
    rf"(?=(?:[{HAN}{COMPATIBLE} ][\v\x1f]?){{2,24}}(?:[〔\[［（(]\d{{4}}[〕\]］）)]|\d{{4}}年第[\v\x1f]?\d))"
)
#: A quotation, a remark in brackets or a title over the end of a line.
_CUT_QUOTE = re.compile("“[^“”\n]*\n[^“”]*”|（[^（）\n]*\n[^（）]*）|《[^《》\n]*\n[^《》]*》")
#: The end of a line behind a comma, or a hyphen within a word.
_CUT_LIST = re.compile("(?<=[，、])\n|(?<=[A-Za-z]-)\n(?=[a-z])")
_CUT_NUMBER = re.compile(r"(?<![\d,.])(\d[\d,.]*)\n(\d[\d,.]*)(?![\d,.])")
#: A code of capitals and a number, which a column too narrow for it parts.
_CODE, _CODE_NUMBER = re.compile(r"(?<![A-Za-z ])[A-Z]{1,4}$"), re.compile(r"-\d")
#: The number of a row, cut by the end of a line.
_CUT_KEY = re.compile("\\d{1,3}[\n\v\x1f]\\d{1,2}")
#: Marks that in western text stand right behind a word.
NO_SPACE_BEFORE = ",.;:!?%/)]}·"
#: The end of a line on purpose in western text, which parts words.
_WESTERN_END = re.compile(r"(?<=[^\s/-])\n(?=[^\s,.;:!?%/)-])")
#: Unicode's categories of signs that stand between two quantities, or frame a cell's parts: no words.
SIGNS = ("Sm", "So")
#: A quotation longer than this is speech, not a slogan (characters).
LONGEST_SLOGAN = 24


def join_wrapped_line(text: str) -> str:
    r"""Join lines that the width of the cell broke, without a space between Chinese characters.

    >>> join_wrapped_line("多渠道保障、租购并举的住房制\v度，持续推进")
    '多渠道保障、租购并举的住房制度，持续推进'
    >>> join_wrapped_line("the quick\vbrown 5\v0%"), join_wrapped_line("承办TR\v35发布仪式")
    ('the quick brown 50%', '承办TR35发布仪式')
    >>> join_wrapped_line("深化R\v&D投入"), join_wrapped_line("Research\v& Development")
    ('深化R&D投入', 'Research & Development')
    >>> join_wrapped_line("执行GB \v3095—2012标准")
    '执行GB 3095—2012标准'
    >>> join_wrapped_line("网址：http://www.example.gov.cn/2025/5807\v99.html，邮箱：zhang\vsan@example.cn")
    '网址：http://www.example.gov.cn/2025/580799.html，邮箱：zhangsan@example.cn'
    >>> join_wrapped_line("ilin@exam \vple.net"), join_wrapped_line("ilin@example.net \vTel")
    ('ilin@example.net', 'ilin@example.net Tel')
    >>> join_wrapped_line("承办Develop\vment Center签约仪式"), join_wrapped_line("Smart\vCity")
    ('承办Development Center签约仪式', 'Smart City')
    >>> join_wrapped_line("Management\vof Water"), join_wrapped_line("Nati\von of Water")
    ('Management of Water', 'Nation of Water')
    >>> join_wrapped_line("on children'\vs lungs")
    "on children's lungs"
    >>> join_wrapped_line("500m\vL/瓶"), join_wrapped_line("第5a\vb款"), join_wrapped_line("内存≥16GB\vDDR4")
    ('500mL/瓶', '第5ab款', '内存≥16GB DDR4')
    >>> join_wrapped_line("1.0＜FAR\v≤2.5"), join_wrapped_line("n=5，m=10⁴\v⁵")
    ('1.0＜FAR≤2.5', 'n=5，m=10⁴⁵')
    >>> join_wrapped_line("22,650\v3,209"), join_wrapped_line("2025年\n11月30日"), join_wrapped_line("18\n万元以下")
    ('22,650\n3,209', '2025年11月30日', '18万元以下')
    >>> join_wrapped_line("2025年11月30\n日"), join_wrapped_line("2025年12月底\n前"), join_wrapped_line("6月\n前期准备")
    ('2025年11月30日', '2025年12月底前', '6月\n前期准备')
    >>> join_wrapped_line("2025\n年11月\n30日"), join_wrapped_line("2025年12\n月\n底\n前")
    ('2025年11月30日', '2025年12月底前')

    >>> join_wrapped_line("6228 4804 0256\v4890 018"), join_wrapped_line("6228 4804 02\v56 4890")
    ('6228 4804 0256 4890 018', '6228 4804 0256 4890')
    >>> join_wrapped_line("2025.0\v6.30"), join_wrapped_line("Johnson &\vJohnson"), join_wrapped_line("15%\v→ 20%")
    ('2025.06.30', 'Johnson & Johnson', '15% → 20%')
    >>> join_wrapped_line("第5.5.1\v7条"), join_wrapped_line("5.5.1\v5.5.2"), join_wrapped_line("1.5\v2.5")
    ('第5.5.17条', '5.5.1\n5.5.2', '1.5\n2.5')
    >>> join_wrapped_line("3\v5,1\v28.\v90"), join_wrapped_line("3\v4.\v4\v%"), join_wrapped_line("A\v-\v0\v1")
    ('35,128.90', '34.4%', 'A-01')
    >>> join_wrapped_line("Range\v-5")
    'Range -5'

    >>> join_wrapped_line("9:00—11:30\v13:30—17:00"), join_wrapped_line("6月底\v12月底前")
    ('9:00—11:30\n13:30—17:00', '6月底\n12月底前')
    >>> join_wrapped_line("银发[2025]12号\v财金〔2025〕\v3号"), join_wrapped_line("沪府〔2025〕2号\v及沪发〔2025〕1号")
    ('银发[2025]12号\n财金〔2025〕3号', '沪府〔2025〕2号及沪发〔2025〕1号')
    >>> join_wrapped_line("办公室\v0512-65226611"), join_wrapped_line("0512-\n65226611、\v65226612")
    ('办公室 0512-65226611', '0512-65226611、65226612')

    A quotation goes on over the end of its line, which some producers put where it has a space.

    >>> join_wrapped_line("推进“家在上海\n花开闵行”品牌（含\n续建）"), join_wrapped_line("《土地\n管理法》")
    ('推进“家在上海 花开闵行”品牌（含续建）', '《土地管理法》')

    Leaves alone a line that was ended on purpose, as between two numbered points, but behind a comma where others wrap.

    >>> join_wrapped_line("1.制定方案；\n2.组织实施。"), join_wrapped_line("打造服务站，\n覆盖率达\v100%。")
    ('1.制定方案；\n2.组织实施。', '打造服务站，覆盖率达100%。')
    >>> join_wrapped_line("High-\nfrequency unit")
    'High-frequency unit'
    """
    if "\n" in text:
        if is_date(text):
            return LINE_ENDS.sub("", text)
        # No paragraph ends with such a mark, but programs that fit all of its lines together, or part no words, leave a
        # line short there.
        text = _CUT_LIST.sub("\v", text)
        text = _CUT_TELEPHONE.sub(r"\1", _CUT_DATE.sub("", _CUT_NUMBER.sub(_rejoined, text)))
        text = _CUT_QUOTE.sub(_requoted, text)
    if "\v" not in text and UNSURE_END not in text:
        return text.strip(SPACES) if text[:1].isspace() or text[-1:].isspace() else text
    text = _NEXT_DOCUMENT.sub(r"\1\n", join_measures(part_points(text)))
    text = _CUT_TELEPHONE.sub(r"\1", text)
    parts = _ENDS.split(_LINE_END.sub(r"\1", _WORD_END.sub(WORD_END, text)))
    lines = parts[::2]
    joined = line = lines[0]
    for at, (end, part) in enumerate(zip(parts[1::2], lines[1:], strict=True), 2):
        cut = " " not in line and line[-1:].islower() and part[:1].islower() and not _LEADS_ON.match(part)
        if end == WORD_END:
            joined += "" if is_within_host(joined, part) else " "
        elif not cut:
            joined += _between(joined, part, islice(lines, at, None))
        joined, line = joined + part, part
    return _CUT_NUMBER.sub(_rejoined, joined.strip(SPACES))


def _rejoined(found: re.Match[str]) -> str:
    """Join two lines that are a number only together, whatever the line's end."""
    whole = found[1] + found[2]
    return whole if WHOLE_NUMBER.fullmatch(whole) and not WHOLE_NUMBER.fullmatch(found[1]) else found[0]


def _requoted(found: re.Match[str]) -> str:
    """Join the lines of a quotation, a remark or a title; those of a slogan with a space between its phrases."""
    spaced = found[0].replace("\n", " ")
    return spaced if found[0][0] == "“" and is_slogan(WRAPS.sub("", spaced[1:-1])) else found[0].replace("\n", "\v")


def _between(before: str, after: str, further: Iterator[str]) -> str:
    """Give what a full line's end stands for: nothing, a space between words, or a line end.

    An address holds no space.  Two numbers that make no number together are two, one under the other; but where a
    column is as narrow as a digit, a number goes on over the further lines, and a code behind its hyphen.

    Args:
        before: All before it.
        after: The next line.
        further: Those below that.
    """
    if after == "-":
        after += next(further, "")
    if is_within_address(before, after):
        return ""
    if any(last.search(before) and first.match(after) for last, first in _WHOLE):
        return "\n"
    if before[-1:].isdecimal() and after[:1].isdecimal():
        if _GROUPED.search(before):
            return " "
        word, last = _LAST_WORD.search(before)[0], _LAST_NUMBER.search(before)[0]  # type: ignore[index]
        whole = "".join((after, *takewhile(_PART_OF_NUMBER.fullmatch, further)))
        firsts = (_FIRST_NUMBER.match(text)[0] for text in (after, whole))  # type: ignore[index]
        return "" if any(_are_one(word, last, first) for first in firsts) else "\n"
    if HAN_CHARACTER.match(before[-1:]) and TELEPHONE.match(after):
        return " "
    # A sign with a space on one side has one on the other.
    is_spaced = _is_sign(before[-1:]) and before[-2:-1] == " "
    is_spaced = is_spaced or (_is_sign(after[:1]) and after[1:2] == " ")
    is_code = _CODE.search(before) and _CODE_NUMBER.match(after)
    is_spaced = is_spaced or is_standard(before, chain((after,), further))
    return " " if is_spaced or (not is_code and _parts_words(before[-1:], after[:1])) else ""


def _are_one(word: str, last: str, first: str) -> bool:
    """Tell whether digits that end a line, in such a word, and those that begin the next are one number or code.

    >>> _are_one("2025.0", "2025.0", "6.30"), _are_one("1.5", "1.5", "2.5"), _are_one("5.5.1", "5.5.1", "7")
    (True, False, True)
    >>> _are_one("ISBN7.302.0", "7.302.0", "5.81"), _are_one("pH6.5", "6.5", "7.2")
    (True, False)
    """
    if any(kind.fullmatch(last + first) for kind in (WHOLE_NUMBER, _DOTTED)):
        return True
    if _SECTION.fullmatch(last):
        return first.isdecimal()
    return any(map(str.isalpha, word)) and not all(map(WHOLE_NUMBER.fullmatch, (last, first)))


def _is_sign(char: str) -> bool:
    """Tell whether a character is a sign between two quantities or words."""
    return char != "" and (char in "/&" or unicodedata.category(char) in SIGNS)


def is_date(text: str) -> bool:
    r"""Tell whether a marked text is one date, which no line end parts into two.

    >>> [is_date(text) for text in ("2025年11月30\n日", "2025年12月\v底前", "6月底", "2024年\n2025年", "6月底\n12月底")]
    [True, True, True, False, False]
    """
    return _DATE.fullmatch(LINE_ENDS.sub("", text)) is not None


def _parts_words(before: str, after: str) -> bool:
    """Tell whether a line end between two characters stood for a space, as in western text.

    Between a letter and a digit, within an abbreviation in capitals (`R&D`), beside a sign (`A≤B`),
    and before a mark that no space precedes, it stood for nothing.
    """
    if not before or not after or _CHINESE.match(before) or _CHINESE.match(after):
        return False
    if before in "-/([%·'" or after in NO_SPACE_BEFORE or before.isdigit() or after.isdigit():
        return False
    if any(unicodedata.category(char) in SIGNS for char in (before, after)):
        return False
    if all(char.isupper() or char == "&" for char in (before, after)):
        return False
    return before.isalpha() or after.isalpha()


def join_label_line(text: str) -> str:
    r"""Join all lines of a label: a category or project is one phrase, however it was broken.

    >>> join_label_line("六、聚力\n谱写人民\n城市建设\v闵行新篇章")
    '六、聚力谱写人民城市建设闵行新篇章'

    So is a row's number in a column that is too narrow for it.

    >>> join_label_line("10\n1"), join_label_line("2024\n2025")
    ('101', '2024 2025')

    Leaves alone the space between two words in Latin letters.

    >>> join_label_line("Smart City"), join_label_line("Phase 2\nCost in 1,000")
    ('Smart City', 'Phase 2 Cost in 1,000')
    """
    if _CUT_KEY.fullmatch(text):
        return LINE_ENDS.sub("", text)
    if "\n" in text and not _CHINESE.search(text):
        text = _WESTERN_END.sub(" \v", text)
    return join_wrapped_line(text.replace("\n", "\v"))


def join_date_line(text: str) -> str:
    r"""Join the lines of a date or a period; another one begins a line of its own.

    >>> join_date_line("2025年\n12月底"), join_date_line("长期\n坚持"), join_date_line("2025年6月\n—12月")
    ('2025年12月底', '长期坚持', '2025年6月—12月')

    Leaves alone dates and times one under the other.

    >>> join_date_line("6月底\v12月底"), join_date_line("周一至周五\n8:30—11:30\n13:30—17:00")
    ('6月底\n12月底', '周一至周五\n8:30—11:30\n13:30—17:00')
    """
    return "\n".join(join_wrapped_line(part.replace("\n", "\v")) for part in _NEXT_DATE.split(text))


def is_slogan(quoted: str) -> bool:
    """Tell whether the spaces inside a quotation are its own.

    They are where they part whole phrases: short, without marks, each of several characters.

    >>> is_slogan("家在上海 花开闵行"), is_slogan("一件 事"), is_slogan("管理者")
    (True, False, False)
    """
    parts = quoted.split()
    if len(parts) < 2 or len(quoted) > LONGEST_SLOGAN:
        return False
    return all(len(part) >= 3 and re.fullmatch(f"[{HAN}{LATIN}]+", part) for part in parts)
