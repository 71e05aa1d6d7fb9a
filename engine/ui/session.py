"""A visitor's session: one typed record, the only thing of this app's own that Streamlit keeps between two runs."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from secrets import token_hex
from typing import NamedTuple, TypeVar, cast
from urllib.parse import urlsplit

import streamlit as st

from engine.figures.labels import joined, listed
from engine.figures.translator import Translator
from engine.model import LanguageModel
from engine.phases import Moment
from engine.prediction import Prediction
from engine.recipe import FIRST_LIMITS, Recipe
from engine.run import Goal, Run
from engine.typed_text import typed_text
from engine.ui import link, notices, own_models
from engine.ui.i18n import LANGUAGES, translator
from engine.ui.models import Shelf, load_model
from engine.ui.notices import Notice
from engine.ui.reconnection import Told
from engine.ui.sentences import read_otherwise
from engine.ui.view import View

_KEY = "session"
_MOST_PARTS = 5  # of a link, that a notice names

Kind = TypeVar("Kind")


class Before(NamedTuple):
    """What undo brings back. Only what decides the run is remembered, how many of its steps were known, and what was
    predicted of them.
    """

    model_name: str
    recipe: Recipe
    moment: Moment
    known: int
    predictions: tuple[Prediction, ...] = ()


@dataclass
class Session:
    """One run, one language. Widgets read from it and change it; they hold nothing of their own.

    `last_model`: by level, the one used last. `before`: the latest change last. `trained`: whether the stage shows
    the network as it is trained. `playing`: whether the run goes on by itself; `goal`: where to, without a stop at
    every step. `refused_prompt`: a text that stays in its field although it cannot be fed. `records`: see `record`.
    `told`: by a page that was another session's before. `view`: how the stage is shown.
    """

    run: Run
    model_name: str
    language: str
    last_model: dict[str, str] = field(default_factory=dict)
    before: list[Before] = field(default_factory=list)
    trained: bool = False
    playing: bool = False
    goal: Goal | None = None
    refused_prompt: str | None = None
    notices: list[Notice] = field(default_factory=list)
    stage_page: st.Page | None = None
    records: dict[type[object], object] = field(default_factory=dict)
    name: str = field(default_factory=lambda: token_hex(8))
    told: Told | None = None
    view: View = field(default_factory=View)

    def record(self, kind: type[Kind]) -> Kind:
        """What one part of the app remembers, as a record of its own kind; at first with its defaults."""
        if kind not in self.records:
            self.records[kind] = kind()
        return cast(Kind, self.records[kind])


_held: ContextVar[Session | None] = ContextVar("held", default=None)


def begin(shelf: Shelf) -> None:
    """Take the link that opened this session; once."""
    if _KEY not in st.session_state:
        url = st.context.url  # none where there is no browser
        page = urlsplit(url).path.rpartition("/")[2] if url else None
        _open(shelf, st.query_params.to_dict(), page)


def take_over(shelf: Shelf, told: Told | None) -> None:
    """Begin where a page stands that was another session's before, on a server that is gone; once."""
    now = current()
    if told is None or told.session == now.name or (now.told is not None and told.session == now.told.session):
        return
    _open(shelf, told.query, told.page)
    current().told = told


def _open(shelf: Shelf, query: Mapping[str, str], page: str | None) -> None:
    opened = link.read(query, shelf.names, load_model, FIRST_LIMITS, _browser_language())
    st.session_state[_KEY] = Session(opened.run, opened.model_name, opened.language, goal=opened.goal, view=opened.view)
    known = {f"model={one.name}": one.said(tr()) for one in shelf.problems if one.name}
    for sentence in dict.fromkeys([*opened.unusable, *(known[part] for part in opened.ignored if part in known)]):
        notice(sentence)
    ignored = [part for part in opened.ignored if part not in known]
    say_ignored([*ignored, *(link.unread(query, page) if page is not None else [])])
    say_reading(opened.run.model, opened.run.recipe.prompt)


def current() -> Session:
    """The session of whoever the script runs for."""
    return _held.get() or cast(Session, st.session_state[_KEY])


@contextmanager
def in_one_go() -> Iterator[None]:
    """What is changed within this is changed whole. Elsewhere Streamlit cuts a run of the script short wherever it
    looks for its session, when the browser wants another run meanwhile, and a press would be done by half.
    """
    before = _held.set(current())
    try:
        yield
    finally:
        _held.reset(before)


def record(kind: type[Kind]) -> Kind:
    """The session's record of that kind."""
    return current().record(kind)


def run() -> Run:
    """The run of this session."""
    return current().run


def language() -> str:
    """The language of this session; before it has begun, the one that it will begin with."""
    if _KEY in st.session_state:
        return current().language
    return link.language_of(st.query_params.to_dict(), []) or _browser_language()


def tr() -> Translator:
    """The translator of this session's language."""
    return translator(language())


def parts() -> dict[str, str]:
    """The link to what is on show, by key, or to the step that the run is on its way to."""
    now = current()
    return link.parts_of(now.language, now.model_name, now.run, now.goal) | now.view.to_query()


def travel() -> None:
    """A little further on the way to the goal, if there is one."""
    now = current()
    if now.goal is not None:
        ignored = list[str]()
        now.run, now.goal = now.goal.approached(now.run, ignored)
        say_ignored(ignored)


# --- what the viewer is told


def notice(sentence: str) -> None:
    """Show a sentence to the viewer for some seconds from the next drawing of the page on."""
    current().notices = notices.with_new(current().notices, sentence)


def show_notices() -> None:
    """The last element of a page, so that all others keep their place; page.css lays it over them."""
    current().notices = notices.on_show(current().notices)
    if current().notices:
        st.html(notices.as_html(current().notices))


def say_ignored(parts: list[str]) -> None:
    """Name the parts of a link that were left out, "name=value" each; those beyond a few are counted."""
    others = [part for part in parts if not own_models.is_own(part.partition("=")[2])]
    if len(others) < len(parts):
        notice(tr()("app.own.elsewhere"))
    parts = others
    if not parts:
        return
    named_parts = [part if len(part) <= 60 else f"{part[:60]}…" for part in parts[:_MOST_PARTS]]
    if len(parts) > _MOST_PARTS:
        named_parts.append(tr()("app.link_ignored.more", count=len(parts) - _MOST_PARTS))
    notice(tr()("app.link_ignored", parts=joined(named_parts, tr())))


def say_reading(model: LanguageModel, text: str) -> None:
    """Name what of a typed text the model reads as something else, and what as <UNK>, if there is any."""
    typed = typed_text(text, model.vocabulary)
    if typed.changes:
        notice(read_otherwise(typed.changes, tr()))
    unknown = model.vocabulary.unknown(typed.text)
    if unknown:
        notice(tr()("setting.prompt.unknown_words", words=listed(unknown, tr())))


def _browser_language() -> str:
    return "zh" if (st.context.locale or "").startswith("zh") else LANGUAGES[0]
