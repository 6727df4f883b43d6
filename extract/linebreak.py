"""Tell where a line of Chinese or mixed text may break.

After Unicode Standard Annex 14 and the Chinese line-start and line-end prohibitions
(GB/T 15834-2011, 5.1.10 and CLREQ 3.1.5).  Producers differ: some break on either side of a
quotation mark, some on neither.  Where they differ the longer piece is taken here, since a
line called full by mistake is only one more doubt, and a line called ended on purpose by
mistake is a wrong value.
"""

from __future__ import annotations

import re

#: May not begin a line: closing marks, and what leans on the character before it, such as the bars of a cell's parts.
NOT_AT_START = frozenset("，。、；：！？）〕】》」』〉］｝…—～·‧%％‰℃°,.;:!?)]}/-–'\"’”ー々〞⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻║")
#: May not end a line: opening marks, signs that lean on the number after them, and what some producers part nowhere.
NOT_AT_END = frozenset("/║·•（〔【《「『〈［｛([{￥¥$＄№#“‘〝\"'")
#: Marks behind which some producers part no letters and digits, and before which they do not either.
JOINING, OPENING = frozenset("，、；：。）〕】》〉」』］"), frozenset("（〔【《〈「『［")
#: Chinese writing and Japanese syllables, for a class of a regular expression; radicals stand for characters in some
#: fonts.
IDEOGRAPHS = "⺀-⿟〇ぁ-ゖァ-ヺー㐀-䶿一-鿿豈-\ufaff\U00020000-\U0010ffff"
#: Marks that some producers set narrower than a square: half of it may be empty.
SQUEEZED = frozenset("“”‘’，。、；：！？（）《》〈〉「」『』【】〔〕·•…—")
#: Marks that lean on what stands before them, and begin no text.
LEANING = frozenset("，。；：！？）》〉」』】〕’”、")
#: Marks of quotation, from which neither side is parted (class QU).
QUOTATION = frozenset("“”‘’\"'")
_IDEOGRAPH = re.compile(f"[{IDEOGRAPHS}]")


def first_piece(text: str, *, joined: bool = False, tied: bool = False) -> int:
    """Count the characters of the first piece of a line that may not be broken.

    Args:
        text: Of the line.
        joined: Whether a mark holds together what stands on its sides, where letters or digits stand behind it:
            some producers part nothing there (``5G、IPv6``), nor before a bracket behind them (``3（CFU``).
        tied: Whether letters and digits and Chinese hold together as well, also with the point of a number between
            them: some producers do not part them where they have a font or a language of their own.

    >>> first_piece("委")
    1
    >>> first_piece("业“服务包”制")
    3
    >>> first_piece("局、区经委")
    2
    >>> first_piece("TR35中国区"), first_piece("长-1.5%。")
    (4, 7)
    >>> first_piece("")
    0
    >>> first_piece("准，PM2.5年"), first_piece("准，PM2.5年", joined=True)
    (2, 7)
    >>> first_piece("3（CFU/g）"), first_piece("3（CFU/g）", joined=True)
    (1, 8)
    >>> first_piece("告2023年第19号"), first_piece("告2023年第19号", joined=True, tied=True)
    (1, 6)
    >>> first_piece("1.受理"), first_piece("1.受理", joined=True, tied=True)
    (2, 3)
    """
    for end in range(1, len(text)):
        before, after = text[end - 1], text[end]
        if may_break(before, after) and not (
            (joined and _holds_together(before, after)) or (tied and _are_two_scripts(before, after))
        ):
            return end
    return len(text)


def _holds_together(before: str, after: str) -> bool:
    """Tell whether some producers part nothing beside a mark where letters or digits stand."""
    if after in OPENING:
        return before.isascii() and before.isalnum()
    return before in JOINING and not is_wide(after)


def _are_two_scripts(before: str, after: str) -> bool:
    """Tell whether a letter, a digit or a point stands beside a Chinese character."""
    return ((_is_word(before) or before == ".") and is_ideograph(after)) or (is_ideograph(before) and _is_word(after))


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def may_break(before: str, after: str) -> bool:
    """Tell whether a line may end between two characters.

    >>> may_break("制", "度"), may_break("制", "，"), may_break("（", "区"), may_break("a", "b")
    (True, False, False, False)
    """
    if before == " " or after == " ":
        return True
    if after in NOT_AT_START or before in NOT_AT_END:
        return False
    if before in QUOTATION or after in QUOTATION:
        return False
    return is_wide(before) or is_wide(after)


def is_wide(char: str) -> bool:
    """Tell whether a character is written in a square of its own, as Chinese is."""
    return char >= "⺀" and not "ﬀ" <= char <= "﻿" and not "ｦ" <= char <= "ￜ"


def is_ideograph(char: str) -> bool:
    """Tell whether a character is Chinese writing, and no mark.

    >>> is_ideograph("月"), is_ideograph("⽉"), is_ideograph("、")
    (True, True, False)
    """
    return "一" <= char <= "鿿" or (char >= "⺀" and _IDEOGRAPH.match(char) is not None)
