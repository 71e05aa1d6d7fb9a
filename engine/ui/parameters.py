"""What the addresses of the pages say besides the run (link.py): each parameter, how it is read and written."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from engine.comparison import LONGEST as LONGEST_COMPARED
from engine.recipe import MAX_SEED
from engine.ui.models import shelf
from engine.vocabulary import LEVELS

LONGEST_SCORED = 300  # characters of a text to be scored that an address holds; a longer one is left out
MOST_TYPED = 10_000  # characters of a text to be compared that a field or an address holds; beyond it nothing is kept
COMPARE_VIEWS = ("run", "name", "past", "cost")
SEEN = (1, 2, 4, 8, 16, 32, 64)  # tokens left in sight
SHOWS = ("step", "runs")
DRAWS = (10, 100, 1_000, 10_000, 100_000)
RUNS = (100, 1_000, 3_000, 10_000)
# Of the page Train: the texts to begin with, how a text is cut, the cells, the sizes of a network.
EXAMPLES = ("names", "sentences", "poems")
CUTS = ("lines", "sentences", "stream")
CELLS = ("rnn", "gru", "lstm")
SIZES = ("small", "medium", "large")
MOST_WORDS = 6_000  # of a vocabulary


class Parameter(NamedTuple):
    """`read`: the value that a text stands for, None where it makes no sense. `write`: the text of a value, None where
    an address does not hold it.
    """

    key: str
    read: Callable[[str], object]
    write: Callable[[Any], str | None] = str


def _one_of(key: str, values: Collection[object]) -> Parameter:
    by_text = {str(value): value for value in values}
    return Parameter(key, by_text.get)


def _model(key: str, *levels: str) -> Parameter:
    """The name of a model on the shelf, of one of the levels."""

    def read(text: str) -> str | None:
        names = shelf().names
        return text if any(text in names[level] for level in levels) else None

    return Parameter(key, read)


def _number(key: str, most: int) -> Parameter:
    """From 0 to `most`, in plain digits."""

    def read(text: str) -> int | None:
        is_number = text.isascii() and text.isdigit() and len(text) <= len(str(most))
        return int(text) if is_number and int(text) <= most else None

    return Parameter(key, read)


def _scored(key: str) -> Parameter:
    def whole(text: str) -> str | None:
        return text if len(text) <= LONGEST_SCORED else None

    return Parameter(key, whole, whole)


def _compared(key: str) -> Parameter:
    return Parameter(key, lambda text: text[:MOST_TYPED], lambda text: text[:LONGEST_COMPARED])


PAGES = {
    "score": (_scored("text"), _model("model2", "word", "char"), _scored("text2")),
    "compare": (
        _model("word", "word"),
        _model("char", "char"),
        _compared("sentence"),
        _compared("name"),
        _one_of("view", COMPARE_VIEWS),
        _one_of("k", SEEN),
    ),
    "draws": (_one_of("show", SHOWS), _one_of("n", DRAWS), _number("luck", MAX_SEED), _one_of("runs", RUNS)),
    "train": (
        _one_of("example", EXAMPLES),
        _one_of("by", LEVELS),
        _one_of("cut", CUTS),
        _number("words", MOST_WORDS),
        _one_of("net", CELLS),
        _one_of("size", SIZES),
    ),
}
KEYS = {page: tuple(one.key for one in parameters) for page, parameters in PAGES.items()}


def read(page: str, query: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The values that an address gives to the parameters of that page, by key; and what makes no sense, as "key=value".

    >>> read("draws", {"n": "100", "luck": "-1", "lang": "zh"})
    ({'n': 100}, ['luck=-1'])
    """
    asked = {one.key: one.read(query[one.key]) for one in PAGES[page] if one.key in query}
    ignored = [f"{key}={query[key]}" for key, value in asked.items() if value is None]
    return {key: value for key, value in asked.items() if value is not None}, ignored


def written(page: str, values: Mapping[str, object], first: Mapping[str, object]) -> dict[str, str]:
    """The query that `read` takes back to `values`, by key; those of a `first` visit need no words.

    >>> written("draws", {"show": "step", "n": 100}, {"show": "step", "n": 1000})
    {'n': '100'}
    """
    texts = {
        one.key: one.write(values[one.key])
        for one in PAGES[page]
        if one.key in values and values[one.key] != first.get(one.key)
    }
    return {key: text for key, text in texts.items() if text is not None}
