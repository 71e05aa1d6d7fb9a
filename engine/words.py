"""A text cut into words, numbers and signs, and these written as a text again."""

import re
import unicodedata
from collections.abc import Container, Sequence
from itertools import pairwise

from engine import forms

_SEEN = (*range(0x300, 0x1F000), *range(0xE0100, 0xE01F0))  # code points among which all marks are
MARKS = "".join(map(chr, (code for code in _SEEN if unicodedata.category(chr(code))[0] == "M")))
# What is written on or after a letter belongs to its word: accents, vowel signs, the joiners of Persian and Hindi. The
# look-ahead is for speed: most texts have none of them.
_MORE = rf"\w*(?:(?![\0-\u02ff])(?:[{MARKS}]|[\u200c\u200d](?=\w))+\w*)*"
# One alternative per kind of token, the longer kinds first.
_WORD = re.compile(
    rf"""
    \n                                                     # a line end, kept where the vocabulary has one
  | (?:[A-Za-z]\.){{2,}}                                   # U.S.  a.m.
  | \d+(?:[.,]\d+)*{_MORE}                                 # 15  1,000  3.5  20th
  | ['’](?i:tis|twas|twere|twill|twould|em|gainst|scape)\b # 'tis: the apostrophe opens the word
  | \b(?i:th|o|i|ha|wi|ta'en)['’](?=\s)                    # th' world: the apostrophe closes it
  | [^\W\d_]{_MORE}(?:['’\-‐‑·״׳]\w{_MORE})*(?:(?<=s)['’](?=[\ \xa0][a-z]))?  # don't  well-known  workers' (rights)
  | --+ | \.{{3,}}
  | [🇦-🇿]{{2}}                                            # a flag, of two letters
  | \S(?:(?![\0-\u02ff])(?:[{MARKS}🏻-🏿\U000e0020-\U000e007f]|\u200d[^\s\w]))*  # any other sign, with its look
    """,
    re.VERBOSE,
)
# Scripts without blanks between words: Thai, Lao, Burmese, Khmer; Chinese and Japanese. As codes, for some ideographs
# (豈) are easily stored as others that look the same, and Korean, which has blanks, lies between the two.
_CHINESE = (
    r"\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_UNSPACED = f"\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff{_CHINESE}"
_RUN = re.compile(f"([{_UNSPACED}][{_UNSPACED}{MARKS}]*)")
_LETTER = re.compile(f".[{MARKS}]*", re.DOTALL)
_BESIDE_CHINESE = re.compile(f"[{_CHINESE}\u3000-\u303f\uff00-\uff65]")  # its signs too

_CLOSING = set(".,;:!?%)]}”’…،؛؟।॥°‰™®¢")  # no space before these
_OPENING = set("([{“‘#@¿¡")  # no space after these
_CURRENCIES = set("$£€¥₹")
_SIGNED = _CURRENCIES | set("-−+")  # the same before a number
_CLOSES = {'"': '"', "'": "'", "“": "”", "„": "“”", "‘": "’", "‚": "‘’", "«": "»", "»": "«", "‹": "›", "›": "‹"}
_DEPTH = 8  # quotations within quotations that are followed
_SUSPENDING = {"and", "or", "to"}  # small- and middle-sized
_BEFORE_DASH = set(".,;:?!")
_DECADE = re.compile("[0-9]0s")
_NO_QUOTE = set(".,;:!?")  # before these a quotation does not begin


def split_words(text: str, unk_token: str | None = None, unspaced: Container[str] = (), longest: int = 1) -> list[str]:
    """Words, numbers and signs in order; line ends too. `unk_token`, written out, stays one piece.

    A script without blanks is cut by its longest word among `unspaced`, of up to `longest` characters, and where none
    fits, by letter.

    >>> split_words("Cats average 15 hours of sleep a day.")
    ['Cats', 'average', '15', 'hours', 'of', 'sleep', 'a', 'day', '.']
    >>> split_words("我喜欢猫。", unspaced={"喜欢"}, longest=2)
    ['我', '喜欢', '猫', '。']
    """
    pieces = []
    for i, part in enumerate([text] if unk_token is None else text.split(unk_token)):
        pieces += [unk_token] * (i > 0) if unk_token is not None else []
        if part.isascii():
            pieces += _WORD.findall(part)
            continue
        for k, stretch in enumerate(_RUN.split(part)):
            pieces += _cut(stretch, unspaced, longest) if k % 2 else _WORD.findall(stretch)
    return pieces


def is_unspaced(word: str) -> bool:
    """Whether all of a word is of a script without blanks."""
    return not word.isascii() and _RUN.fullmatch(word) is not None


def _cut(run: str, words: Container[str], longest: int) -> list[str]:
    pieces, at = [], 0
    while at < len(run):
        fitting = (run[at : at + size] for size in range(min(longest, len(run) - at), 1, -1))
        letter = _LETTER.match(run, at)
        pieces.append(next((word for word in fitting if word in words), letter[0] if letter else ""))
        at += len(pieces[-1])
    return pieces


def join_words(pieces: Sequence[str]) -> str:
    """The reverse of `split_words` for ordinary writing: no space before a comma, none after an opening bracket.

    >>> join_words(["He", "said", ":", '"', "No", ",", "at", "10", ":", "30", ".", '"'])
    'He said: "No, at 10:30."'
    """
    return "".join(spaced(pieces))


def spaced(pieces: Sequence[str]) -> list[str]:
    """Each of the pieces as it stands in the text, with the blank before it where it has one.

    >>> spaced(["Cats", "sleep", "."])
    ['Cats', ' sleep', '.']
    """
    text, start = list[str](), 0
    for i, piece in enumerate([*pieces, "\n"]):
        if piece == "\n":
            text += [*_spaced_line(pieces[start:i]), piece]
            start = i + 1
    return text[:-1]


def _spaced_line(pieces: Sequence[str]) -> list[str]:
    text = []
    quotes: list[str] = []  # those that are open, the latest last
    decades = _decades(pieces)
    apostrophes = pieces.count("'") - len(decades)  # still to come
    ascii_only = "".join(pieces).isascii()
    within, apart = forms.glued(pieces), _dots(pieces)
    glued = True  # nothing, or something that takes no space after it, stands before the next piece
    for i, piece in enumerate(pieces):
        after = pieces[i + 1] if i + 1 < len(pieces) else ""
        if piece[0].isalnum() or i in within:
            apostrophes -= piece == "'"
            text.append(piece if glued or i in within else f" {piece}")
            glued = not ascii_only and _are_unspaced(piece, after)
            continue
        if i in decades:
            text.append(piece if glued else f" {piece}")
            glued = True
            continue
        before = pieces[i - 1] if i else ""
        apostrophes -= piece == "'"
        opener = next((quote for quote in quotes[-_DEPTH:] if piece in _CLOSES[quote]), "")
        joins = _joins(before, piece, after)
        apostrophe = piece == "'" and (joins or _is_apostrophe(before, after, bool(opener), apostrophes))
        opens = piece in _CLOSES and not opener and not apostrophe
        closes = bool(opener) and not apostrophe
        if opens:
            quotes.append(piece)
        if closes:
            quotes.remove(opener)
        suspended = piece == "-" and after in _SUSPENDING and before[-1:].isalnum()
        joins = joins and not suspended
        closing = piece in _CLOSING or suspended or piece.startswith("...") or closes or apostrophe or joins
        text.append(piece if glued or (closing and not opens and i not in apart) else f" {piece}")
        sum_of_two = piece == "+" and before[-1:].isdigit()
        opening = piece in _OPENING or (piece in _SIGNED and after[:1].isdigit() and not sum_of_two)
        glued = opens or joins or (opening and not closes) or (not ascii_only and _are_unspaced(piece, after))
    return text


def _decades(pieces: Sequence[str]) -> set[int]:
    """The places of "'" that stand for a century, as in the '60s: all before such a number, unless one of them is to
    open the quotation that another "'" closes."""
    places = {i for i, pair in enumerate(pairwise(pieces)) if pair[0] == "'" and _DECADE.fullmatch(pair[1])}
    return places if places and (pieces.count("'") - len(places)) % 2 == 0 else set()


def _dots(pieces: Sequence[str]) -> set[int]:
    """The places of full stops that are three or more in a row: written close, they would have been one piece."""
    if " . . . " not in f" {' '.join(pieces)} ":
        return set()
    dotted = [piece == "." for piece in pieces]
    rows = [k for k in range(len(pieces) - 2) if all(dotted[k : k + 3])]
    return {k + j for k in rows for j in range(3)}


def _is_apostrophe(before: str, after: str, is_open: bool, to_come: int) -> bool:
    """Whether "'" belongs to the word before it, as in the workers': it would open a quotation before a comma, or one
    that nobody closes, or close one that another "'" closes."""
    if not is_open and (after in _NO_QUOTE or (not after and before in _NO_QUOTE)):
        return True
    return before[-1:] in ("s", "S") and to_come % 2 == is_open


def _joins(before: str, sign: str, after: str) -> bool:
    """Whether a sign stands without blanks between two pieces: 10:30, 1990–1995, 1990's, 20-year, U.S.-made, $5-$10,
    and/or; and a dash after another sign, as the plays have it: Good morrow,--my lord."""
    if sign in (":", "–") and before[-1:].isdigit() and after[:1].isdigit():
        return True
    if sign == "'":
        number = before[-1:].isdigit()
        return (number and after[:1].isdigit()) or ((number or _is_initials(before)) and after == "s")
    if sign == "--":
        return before in _BEFORE_DASH
    if sign in ("-", "–") and before == "%":
        return after[:1].isdigit()
    if sign == "-" and before[:1].isdigit():
        return after[:1].isalnum() or after in _CURRENCIES
    if sign == "-":
        return _is_initials(before) and after[:1].isalnum()
    return sign == "/"


def _is_initials(piece: str) -> bool:
    return len(piece) > 1 and piece[-1] == "."  # U.S.


def _are_unspaced(piece: str, after: str) -> bool:
    if piece.isascii() and after.isascii():
        return False
    ends = piece[-1:], after[:1]
    return any(map(_BESIDE_CHINESE.match, ends)) or all(map(_RUN.match, ends))
