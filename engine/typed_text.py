"""What people type -> what a vocabulary knows: a sign that it lacks is read in another form, if it has that one.

Phones and word processors type ’ “ ” – — … and blanks that do not break; accents come as marks of their own, letters
in full width. Where a vocabulary has what was typed, that stays. This stands before `Vocabulary.encode` wherever a
person's text is taken; training texts are encoded as they are.
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from engine.vocabulary import Vocabulary
from engine.words import MARKS

_SIGNS = {
    **dict.fromkeys("’‘‚‛′‹›ʼʻ´`❛❜", "'"),
    **dict.fromkeys("“”„‟″«»「」『』《》❝❞〝〞〟", '"'),
    **dict.fromkeys("‐‑‒–−", "-"),
    "—": "--", "―": "--", "⸺": "--", "⸻": "--", "…": "...", "⁄": "/", "∕": "/", "。": ".", "、": ",",
    **dict.fromkeys(map(chr, (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)), " "),
    **dict.fromkeys(("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"), "\n"),
    "\n": " ", "\t": " ",
    # nothing to be read: a soft hyphen, zero width blanks, the direction of writing, a byte order mark, the look of the
    # sign before, the place of a picture
    **dict.fromkeys("\xad\u061c\u180e\u200b\u200e\u200f\u2060\ufe0e\ufe0f\ufeff\ufffc", ""),
    **dict.fromkeys(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))), ""),
    "'": "’", ",": "，", ".": "。", "?": "？", "!": "！", ":": "：", ";": "；",  # for who has only these
}  # fmt: skip
# In which respect a character is the same as its NFKC form; not as ², ½ or ①, which mean something else.
_SAME = re.compile("<(compat|wide|narrow|font|noBreak|initial|medial|final|isolated|small|vertical)>")
_UNIT = re.compile(rf"\r\n|.[{MARKS}\u1160-\u11ff]*", re.DOTALL)  # a character with its marks, or parts if Korean


class TypedText(NamedTuple):
    """`text`: what is read. `changes`: (typed, read as) of all that visibly is read otherwise, each once, in order.

    `spans`: for each character of `text`, (start, end) of what was typed for it.
    """

    text: str
    changes: tuple[tuple[str, str], ...]
    spans: tuple[tuple[int, int], ...]

    def places(self, pieces: Iterable[str]) -> Iterator[tuple[int, int]]:
        """(start, end) of what was typed for each of the `pieces` of `text`; nothing but blanks is between them."""
        at = 0
        for piece in pieces:
            start = self.text.index(piece, at)
            at = start + len(piece)
            yield self.spans[start][0], self.spans[at - 1][1]


class _Part(NamedTuple):
    """typed[start:end] and what is read there."""

    start: int
    end: int
    read: str


def typed_text(typed: str, vocabulary: Vocabulary) -> TypedText:
    """`typed` as `vocabulary` can read it; what has no form that it knows stays as it is, accents on their letters.

    >>> typed_text("don’t — know…", Vocabulary(["don't", "know", "--", "..."], "word")).text
    "don't -- know..."
    """
    parts = _signs(typed, vocabulary)
    if vocabulary.level == "word":
        parts = _words(parts, vocabulary)
    changes = ((typed[start:end], read) for start, end, read in _merged(parts, typed))
    seen = dict.fromkeys(pair for pair in changes if _composed(pair[0]) != _composed(pair[1]))
    if vocabulary.level == "word":
        seen = {pair: None for pair in seen if not pair[0].isspace()}  # a blank of any kind is between words
    spans = tuple((start, end) for start, end, read in parts for _ in read)
    return TypedText("".join(part.read for part in parts), tuple(seen), spans)


def encode_typed(typed: str, vocabulary: Vocabulary) -> list[int]:
    """The token ids of what is read. Raises UnknownTokenError as `Vocabulary.encode` does."""
    return list(_encoded(typed, vocabulary))


@lru_cache(maxsize=512)  # a run asks several times a step what its prompt is, and a hall has few prompts
def _encoded(typed: str, vocabulary: Vocabulary) -> tuple[int, ...]:
    return tuple(vocabulary.encode(typed_text(typed, vocabulary).text))


def _signs(typed: str, vocabulary: Vocabulary) -> list[_Part]:
    """Character by character: in a form whose characters all occur in the vocabulary's tokens."""
    alphabet = vocabulary.alphabet | set(" \t") if vocabulary.level == "word" else vocabulary.alphabet
    if alphabet.issuperset(typed):
        return [_Part(i, i + 1, character) for i, character in enumerate(typed)]
    first, last = len(typed) - len(typed.lstrip()), len(typed.rstrip())
    parts = []
    for match in _UNIT.finditer(typed):
        start, end = match.span()
        unit = match[0]
        if unit.isspace() and " " not in alphabet and not first <= start < last:
            read = ""  # a blank that a phone has left behind the text
        elif alphabet.issuperset(unit):
            read = unit
        else:
            is_dash = unit == "–" and not typed[max(0, start - 1) : start].strip() and not typed[end : end + 1].strip()
            forms = _forms("—" if is_dash else unit, alphabet)
            read = next((form for form in forms if alphabet.issuperset(form)), _composed(unit))
        parts.append(_Part(start, end, read))
    return parts


def _words(parts: list[_Part], vocabulary: Vocabulary) -> list[_Part]:
    """Word by word: one that the vocabulary lacks although it has all of its characters."""
    text = "".join(part.read for part in parts)
    typed_at = [part for part in parts for _ in part.read]  # by character of `text`
    found, at, done = list[_Part](), 0, 0
    for piece in vocabulary.split(text):
        at = text.index(piece, at)
        forms = () if piece in vocabulary else _forms(piece, vocabulary.alphabet)
        read = next((form for form in forms if form and not vocabulary.unknown(form)), None)
        if read is not None:
            found += typed_at[done:at]
            done = at + len(piece)
            found.append(_Part(typed_at[at].start, typed_at[done - 1].end, read))
        at += len(piece)
    return [*found, *typed_at[done:]] if found else parts


def _forms(unit: str, alphabet: Container[str]) -> Iterator[str]:
    """Other ways to write a character or word, the nearest first."""
    composed = _composed(unit)
    yield composed
    plain = _plain(composed, alphabet)
    yield plain
    yield _plain(plain, alphabet)  # a line end of another kind, then a blank
    same = (unicodedata.normalize("NFKC", one) if _SAME.match(unicodedata.decomposition(one)) else one for one in unit)
    compatible = _composed("".join(same))
    yield compatible
    yield _plain(compatible, alphabet)
    yield unicodedata.normalize("NFD", unit)


def _plain(text: str, alphabet: Container[str]) -> str:
    text = text.replace("\r\n", "\n")
    return "".join(_SIGNS.get(one, one) if one not in alphabet or not one.isascii() else one for one in text)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _merged(parts: list[_Part], typed: str) -> list[_Part]:
    """The parts that are read otherwise, letters side by side as one."""
    changed = list[_Part]()
    for part in parts:
        if part.read == typed[part.start : part.end]:
            continue
        before = changed[-1] if changed else None
        if before and before.end == part.start and typed[before.start : part.end].isalnum():
            changed[-1] = _Part(before.start, part.end, before.read + part.read)
        else:
            changed.append(part)
    return changed
