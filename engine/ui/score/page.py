"""The page "Score": a text in; out come probability, rank and surprisal of each token. Two texts can be compared."""

from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from engine.figures import surprisals
from engine.figures.records import Cards
from engine.figures.translator import Translator
from engine.recipe import MAX_PROMPT
from engine.scoring import text_before
from engine.typed_text import encode_typed
from engine.ui import address, changes, front_end, link, parameters, session
from engine.ui.models import shelf
from engine.ui.parts import ScorePart
from engine.ui.presets import preset
from engine.ui.score.sentences import Scored, refusal, scored, sentences, totals
from engine.ui.sentences import as_html
from engine.ui.widgets import language, model_title, unless_empty, widget

LONGEST = 10_000  # characters of a text
# Two texts that differ in one thing a model of that level can know.
_PAIRS = {"word": ("He was a good man.", "He were a good man."), "char": ("my friend", "my freind")}
_MAU = "My cat is an Egyptian Mau."

_FRONT = Path(__file__).with_name("front")
CODE = front_end.code(_FRONT, "address", "dom", "roving", "cards", OUR_KEYS=link.OUR_KEYS)
_mount_cards = st.components.v2.component(
    "score_cards",
    js=CODE,
    css=(_FRONT / "cards.css").read_text(encoding="utf-8"),
)


class Side(NamedTuple):
    """A text and its model as the viewer chose them, and the page of its cards on show.

    None: the stage's model, the sentence that suits the model.
    """

    model_name: str | None = None
    text: str | None = None
    page: int = 1


@dataclass
class Scoring:
    """The texts on show, one or two; none until the page has been seen."""

    sides: list[Side] = field(default_factory=list)


def page() -> None:
    """The page "Score"."""
    tr, scoring = session.tr(), session.record(Scoring)
    scoring.sides = scoring.sides or _from_link()
    with st.sidebar:
        language(tr)
        for what in ("surprisal", "perplexity", "characters", "own"):
            st.html(f'<p class="explanation">{escape(tr(f"score.explain.{what}"))}</p>')
    with st.spinner(tr("score.working")):
        sides = [scored(side.model_name, side.text, tr) for side in scoring.sides]
    _examples(sides[0], tr)
    columns = st.columns(len(sides), gap="medium")
    for i, side in enumerate(sides):
        with columns[i]:
            _inputs(i, side, tr)
    st.html(f'<div class="narration" data-said>{as_html(sentences(sides, tr), tr)}</div>')
    top = surprisals.top_bits([side.reading for side in sides if side.reading])
    columns = st.columns(len(sides), gap="medium")
    for i, side in enumerate(sides):
        with columns[i]:
            _result(i, side, top, _query(sides), tr)
    session.show_notices()


# --- the link


def _from_link() -> list[Side]:
    """The texts of a link: `text`, and to be compared with it `text2` under `model2`; `model` is that of the stage."""
    asked = address.read("score")
    first, second = Side(None, asked.get("text")), Side(asked.get("model2"), asked.get("text2"))
    return [first] if second == Side() else [first, second]


def _query(sides: list[Scored]) -> str:
    """The query string (without "?") that `_from_link` takes back to the same texts; a long text is left out."""
    first, *others = sides
    values = {"text": first.text}
    for second in others:
        values |= {"model2": second.model_name, "text2": second.text}
    run = {"lang": session.language(), "model": first.model_name}
    return link.encoded(run | parameters.written("score", values, {}))


# --- what is chosen


def _set(i: int, page: int = 1, **chosen: str) -> None:
    sides = session.record(Scoring).sides
    sides[i] = sides[i]._replace(page=page, **chosen)


def _take(*sides: Side) -> None:
    session.record(Scoring).sides = list(sides)


def _examples(first: Scored, tr: Translator) -> None:
    """Texts to begin with, and the switch for a second one."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for name, sides in _presets(first).items():
            st.button(tr(f"score.example.{name}"), key=f"score_example_{name}", on_click=_take, args=sides)
        chosen = session.record(Scoring).sides
        two = len(chosen) == 2
        same = Side(first.model_name, first.text)
        widget(
            st.toggle,
            "score_compare",
            two,
            lambda wanted: _take(*chosen[:1], *([same] if wanted else [])),
            tr("score.compare"),
        )


def _presets(first: Scored) -> dict[str, tuple[Side, ...]]:
    """By name, those that the models at hand can read; a pair only where every word of it is known."""
    name, vocabulary = first.model_name, first.model.vocabulary
    own, pair = preset(name, vocabulary, first.model.card), _PAIRS[vocabulary.level]
    pieces = vocabulary.split(own)
    backwards = ("" if vocabulary.level == "char" else " ").join(reversed(pieces))
    found = {"own": (Side(name, own),), "order": (Side(name, own), Side(name, backwards))}
    if all(piece in vocabulary for text in pair for piece in vocabulary.split(text)):
        found[f"pair.{vocabulary.level}"] = tuple(Side(name, text) for text in pair)
    names = shelf().names
    char = "speeches-char" if "speeches-char" in names["char"] else next(iter(names["char"]), None)
    if names["word"] and char:
        found["mau"] = (Side(names["word"][0], _MAU), Side(char, _MAU))
    return found


def _inputs(i: int, side: Scored, tr: Translator) -> None:
    names = [name for names in shelf().names.values() for name in names]
    widget(
        st.selectbox,
        f"score_model_{i}",
        side.model_name,
        unless_empty(lambda name: _set(i, model_name=name)),
        tr("setting.model"),
        list(dict.fromkeys([*names, side.model_name])),
        format_func=lambda name: model_title(name, tr),
        label_visibility="collapsed",
    )
    widget(
        st.text_area,
        f"score_text_{i}",
        side.text,
        lambda text: _set(i, text=(text or "")[:LONGEST]),  # the field takes no more; a browser can be made to send it
        tr("score.text"),
        max_chars=LONGEST,
        height=68,
        label_visibility="collapsed",
        placeholder=tr("score.empty"),
    )


# --- what comes out


def _result(i: int, side: Scored, top: float, query: str, tr: Translator) -> None:
    """Totals and cards of one text. Its cards are mounted even where there are none: they also write the address."""
    reading, vocabulary = side.reading, side.model.vocabulary
    cards: Cards = {"label": "", "names": [], "first_choice": "", "cards": []}
    if reading is None:
        st.html(f'<div class="notice" role="alert">{escape(refusal(side, tr))}</div>')
    elif reading.scores:
        st.html(totals(reading, vocabulary, tr))
        pages = surprisals.pages(reading, vocabulary)
        page = min(session.record(Scoring).sides[i].page, pages)
        if pages > 1:
            widget(st.pagination, f"score_page_{i}", page, lambda chosen: _set(i, page=chosen), pages)
        cards = surprisals.cards(reading, vocabulary, page, top, tr)
    record: ScorePart = {**cards, "query": query, "undrawable": tr("app.undrawable")}
    pressed = _mount_cards(key=f"score_cards_{i}", data=record, on_token_change=lambda: None).token
    places = range(len(record["cards"]) and record["cards"][-1]["place"] + 1)
    if type(pressed) is int and pressed in places:  # a browser can be made to send anything
        _open_on_stage(side, pressed, tr)


def _open_on_stage(side: Scored, place: int, tr: Translator) -> None:
    """The stage with the text before this token as its prompt, where the model has just predicted the token."""
    reading, vocabulary = side.reading, side.model.vocabulary
    if reading is None:
        return
    prompt, first = text_before(reading, place, MAX_PROMPT)
    if not changes.open_prompt(side.model_name, prompt):
        return
    if first:
        session.notice(tr("score.prompt.cut", count=place - first, all=place))
    elif encode_typed(prompt, vocabulary) != [score.token_id for score in reading.scores[:place]]:
        session.notice(tr("score.prompt.otherwise"))
    changes.open_stage()
