"""How tokens and probabilities are written in every picture."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from math import e, log10, ulp

from engine.figures.records import Kind
from engine.figures.translator import Translator
from engine.sampling import Draw
from engine.vocabulary import Vocabulary

_VISIBLE = {" ": "␣", "\n": "↵", "\t": "⇥", "\r": "␍"}
_EMPTY = "\u115f\u1160\u2800\u3164\uffa0"  # by their kind letters or signs, but nothing is printed
_SELECTORS = "\u034f" + "".join(map(chr, range(0xFE00, 0xFE10)))  # marks that change the look of signs, not of letters
_JOINERS = "\u200c\u200d"  # within a word, or an emoji, they are seen by what they do to their neighbours
# Letters of other scripts that look like a Latin one.
_LOOKALIKES = set("аеорсухіјѕԁһԛԝАВЕЅІЈКМНОРСТУХԌԜ" + "ορνυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "օսՕՍ")
_LONGEST = 40  # characters shown of a token or a piece
_LISTED = 8  # pieces that a sentence names
_ISOLATE, _POP = "\u2068", "\u2069"  # around what is written from right to left, so that nothing else is


def token_label(vocabulary: Vocabulary, token_id: int) -> str:
    """The token as it is shown: `visible`."""
    return visible(vocabulary.tokens[token_id])


def short(text: str) -> str:
    """`text`, of a very long one the beginning and …

    >>> short("Mau"), len(short(3000 * "a")), short(3000 * "a")[-3:]
    ('Mau', 40, 'aa…')
    """
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def in_quotes(vocabulary: Vocabulary, token_id: int) -> str:
    """The token as it stands in a sentence or caption: in quotation marks, but for <EOS> and <UNK>."""
    label = token_label(vocabulary, token_id)
    return label if token_kind(vocabulary, token_id) != "token" else f"“{label}”"


@lru_cache(maxsize=2**15)  # a step shows hundreds of tokens, mostly the same ones
def visible(text: str) -> str:
    r"""A token or a piece of a text as it is shown: a space as ␣, a line end as ↵, what cannot be seen by itself as its
    code, all else as it is; of a very long one the beginning.

    >>> visible("Mau"), visible(" "), visible("\u200d"), visible("\u0301"), visible("a\u200bb")
    ('Mau', '␣', 'U+200D', 'U+0301', 'a[U+200B]b')
    """
    if text.isascii() and text.isprintable() and " " not in text:  # nearly all
        return short(text)
    if _cannot_be_seen(text):
        return _VISIBLE.get(text) or _code(text)
    return short("".join(_visible_within(text, i) for i in range(len(text[: _LONGEST + 1]))))


def named(text: str) -> str:
    r"""A piece of a text in a sentence: in quotation marks, or by its Unicode name if it cannot be seen by itself. A
    letter that looks like a Latin one, alone or among Latin ones, is named beside it.

    >>> named("Mau"), named("\u200d"), named("\0"), named("p\u0430per")
    ('“Mau”', 'ZERO WIDTH JOINER (U+200D)', 'U+0000', '“p\u0430per” [CYRILLIC SMALL LETTER A (U+0430)]')
    """
    if _cannot_be_seen(text):
        return _named_character(text)
    foreign = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
    quoted = f"“{_ISOLATE}{visible(text)}{_POP}”" if foreign else f"“{visible(text)}”"
    latin = len(text) == 1 or any(unicodedata.name(letter, "").startswith("LATIN ") for letter in text)
    lookalikes = [letter for letter in dict.fromkeys(text) if latin and letter in _LOOKALIKES]
    return f"{quoted} [{', '.join(map(_named_character, lookalikes))}]" if lookalikes else quoted


def joined(parts: Iterable[str], tr: Translator) -> str:
    """Parts of a sentence one after the other: behind commas, in Chinese behind 、."""
    return tr("list.comma").join(parts)


def paragraph(sentences: Iterable[str], tr: Translator) -> str:
    """Sentences one after the other; in Chinese there is no blank between them."""
    return tr("list.sentences").join(sentences)


def listed(pieces: Iterable[str], tr: Translator) -> str:
    """The different pieces of a text in a sentence, in order; of many the first ones and …"""
    different = list(dict.fromkeys(pieces))
    return joined(map(named, different[:_LISTED]), tr) + (tr("list.more") if len(different) > _LISTED else "")


def token_kind(vocabulary: Vocabulary, token_id: int) -> Kind:
    """What sets the colour and the sign of a token in every picture: "eos", "unk" or "token"."""
    if token_id == vocabulary.unk_id:
        return "unk"
    return "eos" if token_id == vocabulary.eos_id else "token"


@lru_cache(maxsize=2**12)
def percent(probability: float) -> str:
    """A probability for people: 27.1%, 0.032%; "< 0.001%" below that, "0%" and "100%" only where it is exactly so.

    >>> percent(0.271), percent(0.00032), percent(0.004), percent(1.0), percent(0.99999)
    ('27.1%', '0.032%', '0.40%', '100%', '> 99.9%')
    """
    share = 100 * probability
    if probability in (0, 1):
        return f"{share:.0f}%"
    if share >= 99.95:
        return "> 99.9%"
    if share >= 1:
        return f"{share:.1f}%"
    return f"{share:#.2g}%" if share >= 0.001 else "< 0.001%"


def chance(probability: float) -> str:
    """P of a token by the model, which softmax never makes 0: what is too small for a number says so.

    >>> chance(0.271), chance(0.0)
    ('27.1%', '< 0.001%')
    """
    return percent(probability or ulp(0.0))


def equal(probability: float) -> str:
    """What stands after "P" in a sentence: the relation and the percentage of `chance`.

    >>> equal(0.042), equal(0.000001), equal(0.99999)
    ('= 4.2%', '< 0.001%', '> 99.9%')
    """
    text = chance(probability)
    return text if text[0] in "<>" else f"= {text}"


def in_hundreds(value: float) -> str:
    """A perplexity: three digits, or all digits before the point from a hundred on.

    >>> in_hundreds(4.5678), in_hundreds(2416.3), in_hundreds(float("inf"))
    ('4.57', '2,416', 'inf')
    """
    return f"{value:,.0f}" if 100 <= value < 1e9 else f"{value:.3g}"


def times(nats: float) -> str:
    """How many times as probable `nats` more make a text: 1.35, 5,200 or 10^12.

    >>> times(0.3), times(8.56), times(27.7)
    ('1.35', '5,219', '10^12.0')
    """
    if nats < 2:
        return f"{e**nats:.2f}"
    power = nats * log10(e)
    return f"{10**power:,.0f}" if power < 6 else f"10^{power:.1f}"


def p_value(p: float) -> str:
    """The p-value of a test, with its relation.

    >>> p_value(0.0312), p_value(0.00002)
    ('p = 0.031', 'p < 0.001')
    """
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def duration(seconds: float, tr: Translator) -> str:
    """A time that is left: seconds, or minutes from a minute and a half on."""
    return (
        tr("duration.minutes", count=round(seconds / 60))
        if seconds > 90
        else tr("duration.seconds", count=round(seconds))
    )


def exact(probability: float) -> str:
    """A probability with three digits, or as many as tell it apart from 100%, for others to check by hand.

    >>> exact(0.0468), exact(0.99999), exact(1.0)
    ('4.68%', '99.999%', '100%')
    """
    return _told_apart(100 * probability, 100, "%")


def divisor(unk_prob: float) -> str:
    """1 - P(<UNK>), what a rejection divides every other probability by, with as many digits as tell it apart from 1.

    >>> divisor(0.1406), divisor(0.00002)
    ('0.859', '0.99998')
    """
    return _told_apart(1 - unk_prob, 1, "")


def _told_apart(value: float, whole: float, unit: str) -> str:
    for digits in range(3, 17):
        text = f"{value:.{digits}g}"
        if float(text) != whole or value == whole:
            break
    return text + unit


def in_digits(draw: Draw) -> tuple[str, str, str]:
    """low, u and high of a draw to 4 digits, or to as many as it takes to tell them apart."""
    for digits in range(4, 18):
        low, u, high = (f"{value:.{digits}f}" for value in (draw.low, draw.u, draw.high))
        if low != high and u != high and (u != low or draw.u == draw.low):
            break
    return low, u, high


def needle(draw: Draw) -> str:
    """u of a draw, with as many digits as tell it apart from the edges of its segment.

    >>> needle(Draw(0.99997, 0, 0.5, 1.0))
    '0.99997'
    """
    return in_digits(draw)[1]


def _cannot_be_seen(text: str) -> bool:
    """Whether it is one character that controls, spaces or joins others, or is written on another one."""
    return len(text) == 1 and (unicodedata.category(text)[0] in "CZM" or text in _EMPTY)


def _visible_within(text: str, place: int) -> str:
    """A character among others: a mark is seen on the one before it, a space between two that can be seen, a joiner of
    Persian or Hindi by what it does to both.
    """
    character = text[place]
    before, after = text[:place][-1:], text[place + 1 : place + 2]
    if character in _SELECTORS and before.isalpha() and before < "\u1000":
        return f"[{_code(character)}]"
    if before and unicodedata.category(character)[0] == "M":
        return character
    if before and after and character == " " and " " not in (before, after):
        return character
    if character in _JOINERS and not before.isascii() and not after.isascii():
        return character
    return _VISIBLE.get(character) or (f"[{_code(character)}]" if _cannot_be_seen(character) else character)


def _named_character(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"{name} ({_code(character)})" if name else _code(character)


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"
