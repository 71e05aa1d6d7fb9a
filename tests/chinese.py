"""Slips that a Chinese reader sees at once, wherever Chinese is shown: in the table of words and composed on a page."""

import re

_HAN = "[\u3400-\u9fff]"
_STOP = "[，。：；、！？]"
_SLIPS = {
    "half-width punctuation beside Chinese": rf"{_HAN}[,:;!?]|[,;!?] ?{_HAN}|{_HAN}\(|”[,:;]",
    "a blank beside full-width punctuation": rf"{_STOP} |（ | ）|(?<=\S) [，。：；、！？）]",
    "a blank beside a quotation mark": rf"(?:{_HAN}|{_STOP}) +“|” +(?:{_HAN}|{_STOP})",
    "a blank before the per cent sign": r"\d %",
    "another word for the same thing": "(?<!汇)词表|主页面|新不新|反馈|更想要",
}


def slips(text: str) -> list[str]:
    """What is wrong and where, a line each; none for a text without Chinese.

    >>> slips("抽到 “is”。"), slips("其余 5,988 个，“is”占 95%。")
    (['a blank beside a quotation mark: 抽到 “is”。'], [])
    """
    return [
        f"{what}: {text[max(0, found.start() - 12) : found.end() + 12]}"
        for what, pattern in _SLIPS.items()
        if re.search(_HAN, text)
        for found in re.finditer(pattern, text)
    ]
