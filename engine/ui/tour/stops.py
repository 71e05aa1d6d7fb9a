"""The stops of the tour as pretrained/tour.toml has them: one plain file, for an instructor to edit or replace."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from engine.ui.i18n import LANGUAGES
from engine.ui.kept import kept

FOLDER = Path(__file__).parents[3] / "pretrained"
FILE = FOLDER / "tour.toml"
_TEXTS = ("title", "words", "question", "answer")
_MOST = 99  # stops


class Said(NamedTuple):
    """What a stop says in one language; numbers of the run stand in it as {placeholders} (facts.py)."""

    title: str
    words: str
    question: str
    answer: str


class Stop(NamedTuple):
    """`open`: the link to its run, by key; `then`: the same once the answer is shown. `said`: by language."""

    name: str
    open: Mapping[str, str]
    then: Mapping[str, str]
    said: Mapping[str, Said]


class Tour(NamedTuple):
    """`problems`: a stop, or the whole file, that cannot be understood, and why."""

    stops: tuple[Stop, ...] = ()
    problems: tuple[str, ...] = ()


def tour() -> Tour:
    """The tour as the file has it now; none where there is no file."""
    try:
        found = FILE.stat()
    except FileNotFoundError:
        return Tour()
    return _read(FILE, found.st_mtime_ns, found.st_size)


@kept(most=2)
def _read(path: Path, modified: int, size: int) -> Tour:
    try:
        return understood(path.read_text(encoding="utf-8-sig"))  # as an editor on Windows may save it
    except (OSError, UnicodeDecodeError) as error:
        return Tour(problems=(f"{path.name}: {error}",))


def understood(text: str) -> Tour:
    """The stops of a file of this text; one that cannot be understood is left out, with the reason.

    >>> tour = understood('''[[stop]]
    ... name = "end"
    ... open = "model=m&t=5"
    ... then = "t=6"
    ... en = {title = "The end", words = "Now.", question = "When?", answer = "At {t}."}''')
    >>> tour.stops[0].then, tour.stops[0].said["zh"].title
    ({'model': 'm', 't': '6'}, 'The end')
    """
    try:
        entries = tomllib.loads(text).get("stop", [])
    except tomllib.TOMLDecodeError as error:
        return Tour(problems=(f"{FILE.name}: {error}",))
    stops, problems = list[Stop](), list[str]()
    for place, entry in enumerate(entries[:_MOST] if isinstance(entries, list) else [], 1):
        try:
            stops.append(_stop(entry))
        except ValueError as error:
            name = entry.get("name") if isinstance(entry, dict) else None
            problems.append(f"{name or place}: {error}")
    return Tour(tuple(stops), tuple(problems))


def _stop(entry: Any) -> Stop:
    if not isinstance(entry, dict):
        raise ValueError("must be a table, [[stop]]")
    opened, then = (_query(entry.get(key, ""), key) for key in ("open", "then"))
    if "model" not in opened:
        raise ValueError('"open" must name a model, as in model=speeches-word&t=1')
    moment = ("t", "phase") if then else ()  # a new moment has no phase but its own
    said = {language: _said(entry[language], language) for language in LANGUAGES if language in entry}
    if not said:
        raise ValueError(f"must have its words in one of {', '.join(LANGUAGES)}")
    usual = next(iter(said.values()))
    return Stop(
        str(entry.get("name", usual.title)),
        opened,
        {key: value for key, value in opened.items() if key not in moment} | then,
        {language: said.get(language, usual) for language in LANGUAGES},
    )


def _query(text: Any, key: str) -> dict[str, str]:
    if not isinstance(text, str):
        raise ValueError(f'"{key}" must be a text, what stands behind ? in an address')
    return dict(parse_qsl(text.partition("?")[2] or text, keep_blank_values=True))


def _said(texts: Any, language: str) -> Said:
    if not isinstance(texts, dict) or not all(isinstance(texts.get(key), str) for key in _TEXTS):
        raise ValueError(f"{language} must have the texts {', '.join(_TEXTS)}")
    return Said(*(" ".join(texts[key].split()) for key in _TEXTS))
