"""Tell a page whose font has no true map to characters: what is printed as Chinese reads as something else."""

from __future__ import annotations

import re
from collections import Counter

from extract.page import Page

#: Characters that are narrower than their line is high in every Latin font, also in one of fixed width; fonts for
#: Chinese have × and the letters of pinyin in a square.
_NARROW = re.compile(r"""[!"'(),.:;|\[\]ilÀ-ÖØ-ßâ-çî-ñô-öøûý-Ā]""")
#: From this share of a line's height on, a character is set in a square.
SQUARE = 0.85
#: Fewer such characters on a page may be spaced out for effect.
FEWEST_SQUARE = 10
#: A font without a box of its own makes a comma as high as its ink; no line is lower than this share of most.
LOWEST_LINE = 0.6
#: What the offices of China, Hong Kong, Taiwan, Japan and Korea write is nearly all in these.
_NATIONAL = ("gb2312", "big5", "shift_jis", "euc_kr")
#: Chinese characters, and the scripts between and behind them in Unicode: numbers of glyphs fall there.
_EAST_ASIAN = re.compile("[\u3400-\u9fff\ua000-\ua4cf\uac00-\ud7a3\U00020000-\U000323af]")
#: Names and places have a rare character now and then: fewer different ones, or a smaller share, are no sign.
FEWEST_RARE = 6
RARE_SHARE = 0.1
#: A font whose map leaves out more than this share of a page's characters has none.
MOST_UNMAPPED = 0.3


def has_false_encoding(page: Page) -> bool:
    """Tell whether a font of the page gives something else, or nothing, for what are Chinese characters."""
    if page.unmapped > MOST_UNMAPPED * page.ink:
        return True
    return _is_latin_in_squares(page) or _is_rare("".join([run.text for run in page.runs]))


def _is_latin_in_squares(page: Page) -> bool:
    """Tell whether Latin characters stand for Chinese.

    Its glyphs betray it: a comma or a bracket in a Latin font is never as wide as the line is high.
    """
    wide: list[float] = []
    for run in page.runs:
        for found in _NARROW.finditer(run.text):
            width = run.width_of(found.start())
            if width >= SQUARE * (run.bottom - run.top):
                wide.append(width)
    if len(wide) < FEWEST_SQUARE:
        return False
    heights = Counter[float]()
    for run in page.runs:
        heights[round(run.bottom - run.top, 1)] += len(run.text)
    lowest = LOWEST_LINE * heights.most_common(1)[0][0]
    return sum(width >= SQUARE * lowest for width in wide) >= FEWEST_SQUARE


def _is_rare(text: str) -> bool:
    """Tell whether too many of a page's characters are such as nobody writes.

    So reads a font whose glyphs' numbers were taken for characters.

    >>> _is_rare("本市各区人民政府，市政府各委、办、局：现将工作任务印发给你们")
    False
    >>> _is_rare("㪙鱋项目类馃㧮程鱩称㬄设㰲质㬄设頼㞽鰇规䘵統醟社鍦钑用錏码")
    True
    """
    # Nearly every page ends here, at the speed of the codec.
    unusual = len(text) - len(text.encode(_NATIONAL[0], "ignore").decode(_NATIONAL[0]))
    if unusual < FEWEST_RARE:
        return False
    seen = _EAST_ASIAN.findall(text)
    rare = {char for char in set(seen) if not any(_is_in(char, name) for name in _NATIONAL)}
    return len(rare) >= FEWEST_RARE and sum(char in rare for char in seen) > RARE_SHARE * len(seen)


def _is_in(char: str, encoding: str) -> bool:
    return bool(char.encode(encoding, "ignore"))
