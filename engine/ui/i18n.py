"""The languages, and the translator: the tables of words joined, and how numbers stand in a sentence.

A placeholder may have one of Python's format specs ({count:,}), one of those below by name, or the words for one and
for any other number:

>>> translator("en")("bars.others", count=1), translator("en")("bars.others", count=5998)
('1 other', '5,998 others')
>>> translator("zh")("panel.eos.hover", t=3, prob=0.042)
't = 3：P(<EOS>) = 4.2%'
"""

import string
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from engine.figures import labels
from engine.figures.translator import Translator
from engine.ui.words import (
    common,
    compare,
    find,
    lecture,
    many_draws,
    narration,
    panels,
    pictures,
    predict,
    reasons,
    score,
    stage,
    train,
)

LANGUAGES = ("en", "zh")
Table = Mapping[str, tuple[str, str]]

# {name:spec} is written by the function of that name. Those in the second table take the translator as well.
SPECS: dict[str, Callable[[Any], str]] = {
    "percent": labels.percent,
    "chance": labels.chance,
    "equal": labels.equal,
    "exact": labels.exact,
    "divisor": labels.divisor,
    "perplexity": labels.in_hundreds,
    "times": labels.times,
    "p_value": labels.p_value,
    "needle": labels.needle,
}
SPECS_IN_WORDS: dict[str, Callable[[Any, Translator], str]] = {"duration": labels.duration}


def join_tables(tables: Iterable[Table]) -> dict[str, tuple[str, str]]:
    """All tables as one. Raises ValueError for a key that two of them have."""
    joined: dict[str, tuple[str, str]] = {}
    for table in tables:
        twice = joined.keys() & table.keys()
        if twice:
            raise ValueError(f"a key may be in one table only, but these are in two: {', '.join(sorted(twice))}")
        joined |= table
    return joined


_STAGE = (stage, lecture, narration, find, panels, predict, pictures)
TABLES = (common, reasons, *_STAGE, score, compare, many_draws, train)
WORDS = join_tables(one.WORDS for one in TABLES)


@cache
def translator(language: str) -> Translator:
    """`tr(key, **values) -> text` in "en" or "zh". KeyError: an unknown key, or a placeholder without its value."""
    column = LANGUAGES.index(language)
    # most of them, and a step has sixty
    plain = {key: texts[column] for key, texts in WORDS.items() if not {*"{}"} & {*texts[column]}}

    def tr(key: str, /, **values: object) -> str:
        text = plain.get(key)
        return filled_in(WORDS[key][column], values, tr) if text is None else text

    return tr


def filled_in(text: str, values: Mapping[str, object], tr: Translator) -> str:
    """A text with its placeholders filled in, as those of the table are. KeyError: one without its value."""
    return "".join(
        [
            literal if name is None else literal + write(values[name], values, tr)
            for literal, name, write in _parts(text)
        ]
    )


# The value of a placeholder, those of the whole text, and the translator -> how the value is written.
Writer = Callable[[Any, Mapping[str, object], Translator], str]


@cache
def _parts(text: str) -> list[tuple[str, str | None, Writer]]:
    """A text of a table, taken apart once: what stands before a placeholder, its name (None: the end), its writer."""
    return [(literal, name, _writer(spec or "")) for literal, name, spec, _ in string.Formatter().parse(text)]


def _writer(spec: str) -> Writer:
    """A spec is one of ours by name, or "one|more", which takes what suits the value, or one of Python's."""
    if spec in SPECS:
        ours = SPECS[spec]
        return lambda value, values, tr: ours(value)
    if spec in SPECS_IN_WORDS:
        in_words = SPECS_IN_WORDS[spec]
        return lambda value, values, tr: in_words(value, tr)
    one, plural, more = spec.partition("|")
    if plural:
        return lambda value, values, tr: filled_in(one if value == 1 else more, values, tr)
    return lambda value, values, tr: (
        format(value, spec) if isinstance(value, str) else format(value, spec).replace("-", "−")
    )
