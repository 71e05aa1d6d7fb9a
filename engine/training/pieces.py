"""How a text is cut: into lines, into sentences, or, a text without ends, into passages.

Lines and sentences become sequences that end in <EOS>. Passages are only for holding some of them out: what is left is
one stream.
"""

import re
from collections.abc import Iterable
from statistics import median

from engine.training.text_file import TextError

SEQUENCES = ("lines", "sentences", "stream")

_PASSAGE = 4000  # characters of a passage; of a short text less, so that there are some to choose from
_FEWEST_PASSAGES = 40
_LOOKED_AT = 200_000  # characters at the beginning, for a guess
_ABBREVIATIONS = "".join(
    rf"(?<!\b{short}\.)"
    for short in (
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "St",
        "No",
        "Jr",
        "Sr",
        "vs",
        "cf",
        "etc",
        "Prof",
        "Gen",
        "Sen",
        "Rep",
        "Lt",
        "Col",
    )
)
# After . ? ! … and what closes there, before what can begin a sentence; after Chinese and Japanese ends at once.
_SENTENCE_END = re.compile(
    rf"(?:(?<![A-Z]\.){_ABBREVIATIONS}(?<=[.?!…])|(?<=[.?!…][\"'”’»)\]]))\s+(?=[\"'“‘«(\[¿¡]*[^\W_a-zà-öø-ÿ])"
    r"|(?<=[。！？])(?![。！？”’」』）])|(?<=[。！？][”’」』）])"
)
_ENDS = tuple(".?!…。！？:;\"'”’»)]」』")
_CHINESE = "\u3000-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef"


def guess(text: str) -> str:
    """How the text seems to be meant: "lines" for names, verses and one sentence a line, "sentences" for prose,
    "stream" for what has neither."""
    text = text[:_LOOKED_AT]
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 5:
        return "sentences" if len(sentences(text)) >= 20 else "stream"
    lengths = sorted(map(len, lines))
    ended = sum(line.rstrip().endswith(_ENDS) for line in lines) / len(lines)
    within = sum(len(sentences(line)) - 1 for line in lines) / len(lines)  # sentence ends inside of lines
    if within < 0.1 and (median(lengths) <= 60 or ended > 0.7):
        marks = sum(text.count(mark) for mark in ",.;:?!")
        # Verses of one long text: most lines end in the middle of a sentence, which goes on in the next line.
        return "stream" if len(lines) > 1000 and ended < 0.7 and marks > len(lines) / 2 else "lines"
    return "sentences" if len(sentences(text)) >= 20 else "stream"


def cut(text: str, sequences: str) -> list[str]:
    """The pieces of `text` in its order, empty lines too. Raises TextError for an unknown way."""
    if sequences == "lines":
        return [line.strip() for line in text.strip("\n").split("\n")]
    if sequences == "sentences":
        return sentences(text)
    if sequences == "stream":
        return passages(text)
    raise TextError(f"sequences must be one of {', '.join(SEQUENCES)}, but is {sequences!r}")


def sentences(text: str) -> list[str]:
    """The sentences of running text. A blank line ends one, a single line end is a blank (none between Chinese
    characters).

    >>> sentences("Mr. Smith said\\nso. He left.\\n\\nThe end")
    ['Mr. Smith said so.', 'He left.', 'The end']
    """
    found = []
    for paragraph in re.split(r"\n\s*\n", text):
        paragraph = re.sub(rf"(?<=[{_CHINESE}])\s*\n\s*(?=[{_CHINESE}])", "", paragraph)
        paragraph = re.sub(r"\s+", " ", paragraph).strip()
        found += [piece.strip() for piece in _SENTENCE_END.split(paragraph)]
    return [piece for piece in found if piece]


def passages(text: str) -> list[str]:
    """The text in passages of some thousand characters, one after another; joined again they are the text.

    They end at a blank line where there is one in reach, else at a line end, else between two words, else anywhere.
    """
    text = re.sub(r" *\n", "\n", re.sub(r" +", " ", text))
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    size = max(1, min(_PASSAGE, len(text) // _FEWEST_PASSAGES))
    return [text[first:end] for first, end in _spans(text, size)]


def _spans(text: str, size: int) -> Iterable[tuple[int, int]]:
    first = 0
    while first < len(text):
        end = first + size
        if end < len(text):
            for mark in ("\n\n", "\n", " "):
                place = text.find(mark, end, end + size // 2)
                if place >= 0:
                    end = place + len(mark)
                    break
        yield first, min(end, len(text))
        first = end
