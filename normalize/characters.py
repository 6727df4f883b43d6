"""Sort characters into the classes that the text rules need."""

from __future__ import annotations

import re
import unicodedata

from schema.grid import RAISED

#: Chinese characters, with the Japanese syllables that lines part in the same way, and the marks that are set in a
#: square like them (a regex class's inside).
HAN = "〇ぁ-ゖァ-ヺー㐀-䶿一-鿿豈-﫿\U00020000-\U0003134f"
#: One of them.
HAN_CHARACTER = re.compile(f"[{HAN}]")
CHINESE_MARKS = "，。、；：？！（）《》〈〉「」『』【】〔〕“”‘’…—"
CHINESE = HAN + CHINESE_MARKS
LATIN = "A-Za-z0-9"
#: Signs set in a square, whose own width parts them from what stands beside them.
WIDE_SIGNS = "＜＞＝＋－×÷／～％"
#: Spaces that people and programs put between characters; line ends are not among them.  Each stands for itself, so
#: that a class of a regular expression and `str.strip` take the same ones.
SPACES = " \t\u00a0" + "".join(map(chr, range(0x2000, 0x200C))) + "\u202f\u205f\u3000\ufeff"
#: White space and line ends of a marked text.
BREAKS = SPACES + "\n\v\x1f\r"
BREAK_RUN = re.compile(f"[{BREAKS}]+")
#: The ends of a marked text's lines: all of them, and those that are full or nearly so.
LINE_ENDS, WRAPS = re.compile("[\n\v\x1f]"), re.compile("[\v\x1f]")

#: A number as a whole: digits, or groups of three, with or without decimals.
WHOLE_NUMBER = re.compile(r"\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?")
#: Radicals that no normalisation form maps, after Unicode's EquivalentUnifiedIdeograph.txt, and ideographs for which
#: the fonts of simplified Chinese have the shape of a common one: a program that reads a font's map of characters
#: backwards gives these.
_RADICALS = str.maketrans(
    "⺁⺎⺠⻁⻄⻅⻆⻉⻋⻌⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼾㬵\U00024a01",
    "厂兀民虎西见角贝车辶长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟户胶瑨",
)
#: Radicals and compatibility forms (a regex class's inside).
COMPATIBLE = "\u2e80-\u2fdf\uf900-\ufaff㬵\U00024a01"
_COMPATIBLE = re.compile(f"[{COMPATIBLE}]")
#: The label of a row that sums others up, with whose they are and what it counts.
_TOTAL = re.compile(f"[{HAN}]{{0,8}}(?:合计|小计|总计|共计|累计)(?:[（(][^（）()]*[）)])?[：:]?")
_NUMERAL = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
#: A code with the last number in it.
_LAST_NUMBER = re.compile(r"(.*?)(\d{1,9})(\D*)")
#: A footnote's number behind what it is a note on.
_NOTE_MARK = re.compile(f"(?<=.)[{RAISED}]+$")


def as_ideographs(text: str) -> str:
    """Put the ideograph for a radical or a compatibility form that looks the same.

    >>> as_ideographs("⼀、⼈⺠")
    '一、人民'
    """
    if not _COMPATIBLE.search(text):
        return text
    return _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text.translate(_RADICALS))


def squeeze(text: str) -> str:
    r"""Leave out all white space and line ends, to compare texts by what is printed: radicals look like ideographs.

    >>> squeeze("六、聚力\v谱写⼈⺠ 城市")
    '六、聚力谱写人民城市'
    """
    return as_ideographs(BREAK_RUN.sub("", text))


def squeeze_lines(text: str) -> str:
    r"""Put a text on one line.

    >>> squeeze_lines("姓 名\v性别")
    '姓 名 性别'
    """
    return " ".join(text.split())


def is_total(text: str) -> bool:
    """Tell whether a text is the label of a row that sums others up.

    >>> [is_total(text) for text in ("合　计", "东城镇小计（元）", "累计完成投资", "设计")]
    [True, True, False, False]
    """
    return "计" in text and _TOTAL.fullmatch(squeeze(text)) is not None


def without_note_mark(text: str) -> str:
    """Give a text without a footnote's number behind it.

    >>> without_note_mark("区财政局¹²"), without_note_mark("¹")
    ('区财政局', '¹')
    """
    return _NOTE_MARK.sub("", text)


def ordinal(text: str) -> int | None:
    """Give the Chinese number that a heading starts with: ``一、``, ``（二）``, ``第三章``.

    >>> ordinal("十一、加强"), ordinal("（二）推进"), ordinal("第三部分 民生"), ordinal("一体推进")
    (11, 2, 3, None)
    """
    found = re.match(
        r"(?:[（(]([一二三四五六七八九十百]+)[)）]|([一二三四五六七八九十百]+)[、.．]|第([一二三四五六七八九十百]+)[类部章项方])",
        text,
    )
    if found is None:
        return None
    return chinese_integer(next(group for group in found.groups() if group))


def chinese_integer(text: str) -> int | None:
    """Read a number below ten thousand written in Chinese or in digits.

    >>> [chinese_integer(t) for t in ("十", "四十一", "一百九十", "一百〇五", "190", "１２", "类")]
    [10, 41, 190, 105, 190, 12, None]
    """
    if text.isdecimal():
        return int(text)
    total = current = 0
    for character in text:
        if character in _NUMERAL:
            current = _NUMERAL[character]
        elif character in "十百千":
            total += (current or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            current = 0
        else:
            return None
    return total + current if text else None


def is_first_key(text: str) -> bool:
    """Tell whether a key is the number one, or a code with that at its end.

    >>> [is_first_key(text) for text in ("1", "01", "一", "2025-001", "A-1", "11", "")]
    [True, True, True, True, True, False, False]
    """
    number, code = chinese_integer(text), _LAST_NUMBER.fullmatch(text)
    return number == 1 if number is not None else code is not None and int(code[2]) == 1


def follows_key(text: str, before: str) -> bool:
    """Tell whether a key is the number after another one, or the same code with the next number at its end.

    >>> [follows_key(*pair) for pair in (("12", "11"), ("十二", "十一"), ("2025-20", "2025-19"), ("A10", "A09"))]
    [True, True, True, True]
    >>> follows_key("12", "10"), follows_key("B-010", "A-009"), follows_key("12", "")
    (False, False, False)
    """
    number, last = chinese_integer(text), chinese_integer(before)
    if number is not None and last is not None:
        return number == last + 1
    code, other = _LAST_NUMBER.fullmatch(text), _LAST_NUMBER.fullmatch(before)
    if code is None or other is None or (code[1], code[3]) != (other[1], other[3]):
        return False
    return int(code[2]) == int(other[2]) + 1
