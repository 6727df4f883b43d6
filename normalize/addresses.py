"""Know addresses of mailboxes and of the net, which hold no spaces, however lines cut them."""

from __future__ import annotations

import re

from normalize.characters import WRAPS

#: What is printed without a space, at the end of a text and at its beginning.
_LAST_WORD, _FIRST_WORD = re.compile(r"[!-~]*$"), re.compile(r"[!-~]*")
#: What says that a word is an address, or the number of a publication.
_TOLD = re.compile(r"\w://|\w@\w|\bwww\.|\b10\.\d{4,9}/")
#: The name of an address's host without its last part, at the end of a line: no address ends so.
_HOST = re.compile(r"(?:\w@|\w://)[A-Za-z\d-]+$")
#: One address of a mailbox or of the net; what tells its kind; lines that are none of one, before it or behind it.
_ADDRESS = re.compile(r"[\w.+-]+@(?:[A-Za-z\d-]+\.)+[A-Za-z]{2,}|(?:https?://|www\.)(?:(?!://)[!-~])+", re.ASCII)
_SIGN = re.compile(r"@|://|www\.")
_BESIDE = re.compile(r"(?<![^\n\v\x1f])[\d()+-]{5,}(?=[\n\v\x1f])|[\n\v\x1f](?:https?:|www\.)")
#: A full line's end, with the space that it may stand for.
_SPACED_END = re.compile(" ?[\v\x1f]")


def is_address(text: str) -> bool:
    """Tell whether a text is one address of the net, which holds no space.

    >>> is_address("zhangsan@example.gov.cn"), is_address("见www.example.gov.cn"), is_address("Smart City")
    (True, False, False)
    >>> is_address("10.1109/TPAMI.2023.3268118")
    True
    """
    return _TOLD.search(text) is not None and _FIRST_WORD.fullmatch(text) is not None


def is_within_address(before: str, after: str) -> bool:
    """Tell whether the end of a line stands within an address, as the words beside it are.

    >>> is_within_address("邮箱：zhang", "san@example.cn"), is_within_address("Smart", "City")
    (True, False)
    """
    return _TOLD.search(_LAST_WORD.search(before)[0] + _FIRST_WORD.match(after)[0]) is not None  # type: ignore[index]


def is_within_host(before: str, after: str) -> bool:
    """Tell whether the end of a line stands within the name of an address's host, whatever room the line left.

    >>> is_within_host("ilin@exam", "ple.net"), is_within_host("ilin@example.net", "Tel")
    (True, False)
    """
    return _HOST.search(before) is not None and after[:1].isalnum()


def whole_address(text: str) -> str:
    r"""Give the one address that a marked text is without the ends of its lines; nothing where it may be more.

    A line that had room for more ended at a space, but behind the sign that tells the kind.

    >>> whole_address("xiong\vqiang@exam \vple.com"), whole_address("https://a.cn/li\vst")
    ('xiongqiang@example.com', 'https://a.cn/list')
    >>> [whole_address(t) for t in ("Li \vli@a.cn", "65226611\vli@a.cn", "li@a.cn\v65226611", "li@a.cn\vwww.a.cn")]
    ['', '', '', '']
    """
    sign = _SIGN.search(text)
    if sign is None or _BESIDE.search(text):
        return ""
    whole = WRAPS.sub("", text[: sign.end()]) + _SPACED_END.sub("", text[sign.end() :])
    return whole if _ADDRESS.fullmatch(whole) else ""
