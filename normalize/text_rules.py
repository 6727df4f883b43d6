r"""Repair the text of one cell.  Each rule is a pure function of the marked text.

In a marked text ``\n`` ends a line that was ended on purpose, and ``\v`` one that is full
(see `schema.grid.marked_text`); in a transcription both have become a space.
"""

from __future__ import annotations

import re

from normalize.characters import BREAKS, CHINESE, HAN, HAN_CHARACTER, LATIN, SPACES, WIDE_SIGNS, as_ideographs
from normalize.line_ends import is_date, is_slogan
from schema.grid import FULL_END, UNSURE_END

#: Typographic hyphens.
HYPHENS = "\u2010\u2011"
_PLAIN_HYPHEN = dict.fromkeys(map(ord, HYPHENS), "-")
#: Signs of mathematics, of other scripts and of ornament, and the Chinese signs that have their shapes in fonts.
_SIGNS = str.maketrans("〜⋯∕‒\u2015\u2329\u232a➀➁➂➃➄➅➆➇➈➉", "～…／–—〈〉①②③④⑤⑥⑦⑧⑨⑩")
#: The forms that marks have in text that runs from the top to the bottom; GB/T 15834 names those of quotation marks.
_SIGNS |= str.maketrans(
    "︐︑︒︓︔︕︖︗︘︙︱︲︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈",
    "，、。：；！？〖〗…—–（）｛｝〔〕【】《》〈〉‘’“”［］",
)
_MIDDLE_DOT = re.compile(f"(?<=[一-鿿{LATIN}])[\u30fb\u2027](?=[一-鿿{LATIN}])")
#: What says that a text is Japanese, whose dot it is.
_SYLLABLE = re.compile("[ぁ-ゖァ-ヺ]")
#: What `replace_sign` may change.
SIGNS = "".join(map(chr, _SIGNS)) + "\u30fb\u2027"
_CHINESE_SPACE = re.compile(f"(?<=[{CHINESE}])[{SPACES}]+(?=[{CHINESE}])")
#: Between a day and a time of it the writer puts a space.
_MIXED_SPACE = re.compile(
    rf"(?<=[{HAN}])[{SPACES}]+(?!\d{{1,2}}[:：]\d\d)(?=[{LATIN}])|(?<=[{LATIN}%％])[{SPACES}]+(?=[{HAN}])"
)
_SIGN_SPACE = re.compile(f"(?<=[{WIDE_SIGNS}])[{SPACES}]+(?=\\S)|(?<=\\S)[{SPACES}]+(?=[{WIDE_SIGNS}])")
_SPACE = re.compile(f"[{SPACES}]+")
#: A date in digits with spaces beside its marks.
_SPACED_DATE = re.compile(r"\d{4} ?([-/.]) ?\d{1,2} ?\1 ?\d{1,2}")
_QUOTED = re.compile("“[^“”]*”|‘[^‘’]*’")
_BRACKETS = re.compile(r"\(([^()（）]*)\)")
_COMMA = re.compile(f"(?<=[{CHINESE}]),[ ]?|,(?=[{HAN}“‘（《])")
_COLON = re.compile(f"(?<=[{HAN}）》”]):[ ]?|(?<=[{HAN}）》”]);[ ]?")


def replace_radical(text: str) -> str:
    """Put the ideograph for a radical or a compatibility form that looks the same.

    Fonts without a good map to Unicode give such forms, and no search finds them.

    >>> replace_radical("⼈⺠城市，⻓期坚持")
    '人民城市，长期坚持'

    Leaves alone what a full NFKC would change: full-width marks, ① and Ⅲ are as printed.

    >>> replace_radical("（一）：①％Ⅲ")
    '（一）：①％Ⅲ'
    """
    return as_ideographs(text)


def replace_hyphen(text: str) -> str:
    """Put the plain hyphen for a typographic one, as which a font that has one shape for both gives it.

    A number with the other one is no number for any program.

    >>> replace_hyphen("\u20111.2%"), replace_hyphen("COVID\u201019")
    ('-1.2%', 'COVID-19')

    Leaves alone dashes and the minus sign, which look otherwise.

    >>> replace_hyphen("2024\u20132025，\u22121.2%")
    '2024\u20132025，\u22121.2%'
    """
    return text.translate(_PLAIN_HYPHEN)


def replace_sign(text: str) -> str:
    """Put the Chinese sign for one of other use that has the same shape in Chinese fonts.

    A program that reads a font's map of characters backwards gives any one of those that share a shape.

    >>> replace_sign("190nm\u301c1100nm"), replace_sign("\u2780建设\u22ef\u22ef"), replace_sign("保尔\u30fb柯察金")
    ('190nm～1100nm', '①建设……', '保尔·柯察金')

    So it does with the forms of marks in upright text.

    >>> replace_sign("一︑持续推动︵含改造︶"), replace_sign("3095\u20152012")
    ('一、持续推动（含改造）', '3095—2012')

    Leaves alone the dot of a Japanese text, and signs of other shapes.

    >>> replace_sign("ソフト\u30fbウェアの同種\u30fb類似業務"), replace_sign("3\u22c54－⑪")
    ('ソフト\u30fbウェアの同種\u30fb類似業務', '3⋅4－⑪')
    """
    text = text.translate(_SIGNS)
    return text if _SYLLABLE.search(text) else _MIDDLE_DOT.sub("·", text)


def common_forms(text: str) -> str:
    """Put the common ideographs and signs for all that look the same, as in labels and titles.

    >>> common_forms("⼈⺠建设\u301c完善")
    '人民建设～完善'
    """
    return replace_sign(replace_radical(text))


def close_chinese_space(text: str) -> str:
    """Close a space between Chinese characters: a line end that a transcription kept as a space.

    >>> close_chinese_space("租购并举的住房制 度，持续推进“管理者之家” 应用")
    '租购并举的住房制度，持续推进“管理者之家”应用'

    Leaves alone the space of a quoted slogan, whose parts are whole words.

    >>> close_chinese_space("推进“家在上海 花开闵行”工作品牌")
    '推进“家在上海 花开闵行”工作品牌'
    """
    if not _CHINESE_SPACE.search(text):
        return text
    kept = [found.span() for found in _QUOTED.finditer(text) if is_slogan(found[0][1:-1])]

    def closed(found: re.Match[str]) -> str:
        inside = any(start < found.start() < end for start, end in kept)
        return found[0] if inside else ""

    return _CHINESE_SPACE.sub(closed, text)


def close_mixed_space(text: str) -> str:
    """Close a space between Chinese and Latin letters or digits, or beside a full-width sign.

    Typesetting put it there; a full-width sign brings room of its own.

    >>> close_mixed_space("承办 TR35 中国区发布仪式，24 小时开放")
    '承办TR35中国区发布仪式，24小时开放'
    >>> close_mixed_space("10＜ μ≤20")
    '10＜μ≤20'

    Leaves alone a space between Latin words, one beside a mark, and one before a time of day.

    >>> close_mixed_space("Open Day （A 区）")
    'Open Day （A区）'
    >>> close_mixed_space("6月7日 9:00—11:30")
    '6月7日 9:00—11:30'
    """
    return _SIGN_SPACE.sub("", _MIXED_SPACE.sub("", text))


def close_date_space(text: str) -> str:
    """Close the spaces in a cell that is one date, as typesetting or a justified line leaves them.

    >>> close_date_space("2025 年 6 月"), close_date_space("2025年12 月底前"), close_date_space("2027-12 -13")
    ('2025年6月', '2025年12月底前', '2027-12-13')

    Leaves alone what is more than a date, and two of them.

    >>> close_date_space("6月7日 9:00"), close_date_space("2025年6月 2025年9月")
    ('6月7日 9:00', '2025年6月 2025年9月')
    """
    closed = _SPACE.sub("", text)
    return closed if is_date(closed) or _SPACED_DATE.fullmatch(text) else text


def widen_punctuation(text: str) -> str:
    r"""Make an ASCII comma, colon, semicolon or bracket beside Chinese full width.

    >>> widen_punctuation("强化政策联动,加强技术(人才)支持")
    '强化政策联动，加强技术（人才）支持'

    Leaves alone marks between digits or Latin letters.

    >>> widen_punctuation("1,000 at 8:30 (GMT)")
    '1,000 at 8:30 (GMT)'
    >>> widen_punctuation("(1)制定方案\n(2)组织实施")
    '(1)制定方案\n(2)组织实施'
    """
    if not any(mark in text for mark in ",:;()"):
        return text
    text = _widen_brackets(text)
    text = _COMMA.sub("，", text)
    return _COLON.sub(lambda found: "：" if found[0][0] == ":" else "；", text)


def _widen_brackets(text: str) -> str:
    """Widen a pair of brackets that encloses Chinese, or stands behind it, but for those at hyphens: a chemical's.

    What begins a line of its own stands behind nothing.
    """

    def widened(found: re.Match[str]) -> str:
        before = found.string[: found.start()].rstrip(FULL_END + UNSURE_END)[-1:]
        if before == "-" or found.string[found.end() :].lstrip(BREAKS)[:1] == "-":
            return found[0]
        if HAN_CHARACTER.search(found[1]) or (before and HAN_CHARACTER.match(before)):
            return f"（{found[1]}）"
        return found[0]

    return _BRACKETS.sub(widened, text)
