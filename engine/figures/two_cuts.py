"""A text cut twice: a column for each character, and over the columns the words that they make."""

import math
from typing import NamedTuple, TypedDict

from engine.comparison import Cut, Track
from engine.figures.labels import chance, equal, percent, token_kind, token_label, visible
from engine.figures.translator import Translator

LATEST = {"word": 24, "char": 70}  # tokens of a run that are shown as chips
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Token(NamedTuple):
    """`kind`: "token", "unk", "foreign" or "eos"."""

    label: str
    kind: str


class Block(TypedDict):
    """A word over its characters. `word`: its label, so "<UNK>" for an unknown one; "" for none, and no `kind`."""

    word: str
    kind: str
    chars: list[Token]


class TwoCuts(TypedDict):
    """`label`: the picture in words."""

    blocks: list[Block]
    label: str


class Factor(NamedTuple):
    """As P(name) and its value are written."""

    name: str
    prob: str
    kind: str


class Factors(TypedDict):
    """P of a text as a product, and what <EOS> would add: `end`, (name, "= P"), `whole`, the product with it; None for
    a vocabulary without <EOS>.
    """

    factors: list[Factor]
    product: str | None
    end: tuple[str, str] | None
    whole: str | None


class TrackChips(TypedDict):
    """`earlier`: how many tokens there are before these, as it is written."""

    chips: list[Token]
    earlier: str


def two_cuts(word: Cut, char: Cut, tr: Translator) -> TwoCuts:
    """Blocks in reading order; what no word covers (spaces) is one without. The last is the end, if a model says it."""
    blocks: list[Block] = []
    at = 0
    marks = [(*piece, read) for piece, read in zip(word.pieces, word.read, strict=True)]
    for start, end, kind, read in [*marks, (len(word.text), len(word.text), "", "")]:
        if start > at:
            blocks.append({"word": "", "kind": "", "chars": _chars(char, at, start)})
        if end > start:
            unk = word.model.vocabulary.unk_token
            written = unk if kind == "unk" and unk else visible(read)
            blocks.append({"word": written, "kind": kind, "chars": _chars(char, start, end)})
        at = end
    names = [cut.model.vocabulary.eos_token or "" for cut in (word, char)]
    if word.text and any(names):
        chars = [Token(names[1], "eos")] if names[1] else []
        blocks.append({"word": names[0], "kind": "eos" if names[0] else "", "chars": chars})
    return {
        "blocks": blocks,
        "label": tr("compare.cuts.alt", words=len(word.pieces), characters=len(char.pieces), text=word.text),
    }


def factors(cut: Cut) -> Factors:
    """P of the text of `cut`; without scores, nothing."""
    vocabulary, count = cut.model.vocabulary, len(cut.pieces)
    if not cut.scores:
        return {"factors": [], "product": None, "end": None, "whole": None}
    labels = [token_label(vocabulary, each.token_id) for each in cut.scores]
    glue = "" if vocabulary.level == "char" else " "
    named = [f"P({label}{' | ' + glue.join(labels[:i]) if i else ''})" for i, label in enumerate(labels)]
    bits = [each.surprisal for each in cut.scores]
    rows = [
        Factor(name, chance(each.prob), token_kind(vocabulary, each.token_id))
        for name, each in zip(named, cut.scores, strict=True)
    ]
    ended = len(rows) > count
    return {
        "factors": rows[:count],
        "product": scientific(sum(bits[:count])),
        "end": (named[-1], equal(cut.scores[-1].prob)) if ended else None,
        "whole": scientific(sum(bits)) if ended else None,
    }


def track_chips(track: Track, tr: Translator) -> TrackChips:
    """The latest tokens of a run."""
    vocabulary = track.model.vocabulary
    shown = track.steps[-LATEST[vocabulary.level] :]
    chips = [Token(token_label(vocabulary, step.token_id), token_kind(vocabulary, step.token_id)) for step in shown]
    earlier = len(track.steps) - len(shown)
    return {"chips": chips, "earlier": tr("strip.earlier", count=earlier) if earlier else ""}


def scientific(bits: float) -> str:
    """2 ** -bits for people; from the bits, since a probability may be too small for a number.

    >>> scientific(1.0), scientific(20.0), scientific(2000.0)
    ('50.0%', '9.5 × 10⁻⁷', '8.7 × 10⁻⁶⁰³')
    """
    if bits < 10:
        return percent(2.0**-bits)
    digits = -bits * math.log10(2)
    power = math.floor(digits)
    front = f"{10 ** (digits - power):.1f}"
    if front == "10.0":  # rounded up
        front, power = "1.0", power + 1
    return f"{front} × 10{str(power).translate(_SUPERSCRIPTS)}"


def _chars(char: Cut, start: int, end: int) -> list[Token]:
    """A character model's pieces are the characters, one by one; of … as it may read it, three."""
    pieces = zip(char.pieces, char.read, strict=True)
    return [Token(visible(read), piece.kind) for piece, read in pieces if start <= piece.start < end]
