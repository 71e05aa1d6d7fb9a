"""The page "Word vs character": one sentence, two models, and what each makes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from engine.comparison import LONGEST, Cut, cut
from engine.figures.labels import listed, paragraph
from engine.figures.translator import Translator
from engine.figures.two_cuts import TwoCuts, two_cuts
from engine.model import LanguageModel, ModelError
from engine.recipe import MAX_SEED
from engine.ui import address, front_end, parameters, session
from engine.ui.compare import runs, views
from engine.ui.compare.views import notice, table
from engine.ui.models import load_model, problem_of, shelf
from engine.ui.parameters import COMPARE_VIEWS as VIEWS
from engine.ui.parameters import MOST_TYPED, SEEN
from engine.ui.sentences import read_otherwise
from engine.ui.widgets import language, model_title, unless_empty, widget
from engine.vocabulary import LEVELS

SENTENCE, NAME = "Cats average 15 hours of sleep a day.", "Mau"
_STYLE = front_end.style(Path(__file__).with_suffix(".css"))
DEFAULTS = {"word": "speeches-word", "char": "speeches-char"}  # the same text, cut both ways


class Setup(NamedTuple):
    """What a visitor compares, and what is on show; the names of the fields are those in the page's address."""

    word: str
    char: str
    sentence: str = SENTENCE
    name: str = NAME
    seed: int = 0
    view: str = VIEWS[0]
    k: int = 4


@dataclass
class Comparing:
    """What is compared; None until the page has been seen."""

    setup: Setup | None = None


def page() -> None:
    """The page "Word vs character"."""
    tr, names = session.tr(), shelf().names
    st.html(_STYLE)
    if "setting_compare_word" not in st.session_state:  # the first visit, or back from another page: leaving has paused
        runs.hold()
    if not all(names.values()):
        st.info(tr("compare.no_pair"))
        return
    setup = _setup(names)
    _sidebar(setup, names, tr)
    try:
        models = {level: load_model(getattr(setup, level)) for level in LEVELS}
    except ModelError as error:
        st.html(notice(tr("app.bad_model", problem=problem_of(error, tr))))
        return
    cuts = _sentence(setup, models, tr)
    _held(
        st.segmented_control,
        "view",
        tr("compare.view"),
        VIEWS,
        format_func=lambda view: tr(f"compare.view.{view}"),
        label_visibility="collapsed",
    )
    if setup.view == "run":
        runs.runs(setup.seed, {level: getattr(setup, level) for level in LEVELS}, models, tr)
    elif setup.view == "name":
        views.name(_held(st.text_input, "name", tr("compare.name"), max_chars=MOST_TYPED), models, tr)
    elif setup.view == "past":
        views.past(models, cuts, lambda: _seen(tr), tr)
    else:
        views.cost(cuts, tr)
    views.verdicts(cuts, tr)
    if setup.view != "past":
        _write_address()
    session.show_notices()


# --- what is compared


def _setup(names: dict[str, list[str]]) -> Setup:
    """That of the session; at first what the address says, nonsense left out with a notice."""
    comparing = session.record(Comparing)
    setup = comparing.setup
    if setup is None:
        setup = _first_setup(names)._replace(seed=session.run().recipe.seed, **address.read("compare"))
    gone: dict[str, Any] = {level: names[level][0] for level in LEVELS if getattr(setup, level) not in names[level]}
    comparing.setup = setup._replace(**gone)
    return comparing.setup


def _first_setup(names: dict[str, list[str]]) -> Setup:
    word, char = (DEFAULTS[level] if DEFAULTS[level] in names[level] else names[level][0] for level in LEVELS)
    return Setup(word, char)


def _change(field: str, value: Any) -> None:
    session.record(Comparing).setup = _setup(shelf().names)._replace(**{field: value})
    runs.hold()


def _held(kind: Callable[..., Any], field: str, /, *args: Any, **kwargs: Any) -> Any:
    """A widget for a field of the setup."""
    shown = getattr(session.record(Comparing).setup, field)
    return widget(kind, f"compare_{field}", shown, unless_empty(lambda value: _change(field, value)), *args, **kwargs)


def _seen(tr: Translator) -> int:
    """The slider of the past. What it changes draws only itself again, so it writes the address too."""
    _write_address()
    seen: int = _held(st.select_slider, "k", tr("compare.past.k"), SEEN)
    return seen


def _write_address() -> None:
    """The page's address says what differs from a first visit."""
    names = shelf().names
    setup, first = _setup(names), _first_setup(names)
    differs = parameters.written("compare", setup._asdict(), first._asdict())
    if setup.seed != first.seed:  # a key of the run too
        differs["seed"] = str(setup.seed)
    address.write("compare", {"lang": session.language(), **differs})


def _sidebar(setup: Setup, names: dict[str, list[str]], tr: Translator) -> None:
    with st.sidebar:
        language(tr)
        for level in LEVELS:
            label = tr(f"compare.model.{level}")
            _held(st.selectbox, level, label, names[level], format_func=lambda name: model_title(name, tr))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _held(st.number_input, "seed", tr("compare.seed"), min_value=0, max_value=MAX_SEED, step=1)
            st.button(
                tr("setting.die"), icon=":material/casino:", key="compare_die", on_click=_throw, help=tr("setting.die")
            )


def _throw() -> None:
    _change("seed", int(np.random.default_rng().integers(1000)))


# --- the sentence, cut both ways


def _sentence(setup: Setup, models: dict[str, LanguageModel], tr: Translator) -> dict[str, Cut]:
    _held(st.text_input, "sentence", tr("compare.sentence"), max_chars=MOST_TYPED)
    text = setup.sentence.strip()
    if len(text) > LONGEST:
        st.html(notice(tr("compare.too_long", most=LONGEST, count=len(text))))
    cuts = {level: cut(model, text[:LONGEST]) for level, model in models.items()}
    if not text:
        st.html(notice(tr("compare.empty")))
        return cuts
    st.html(_cuts_html(two_cuts(cuts["word"], cuts["char"], tr)))
    columns = [tr(f"compare.column.{name}") for name in ("tokens", "unknown", "bits", "per_character")]
    st.html(table([["", *columns], *(_counts(level, one, tr) for level, one in cuts.items())]))
    notes = [tr("compare.end"), *[tr("compare.marked")] * any(one.written("unk") for one in cuts.values())]
    changes = dict.fromkeys(pair for one in cuts.values() for pair in one.changes)
    if changes:
        notes.append(read_otherwise(changes, tr))
    st.html(f'<div class="caption">{escape(paragraph(notes, tr))}</div>')
    return cuts


def _counts(level: str, one: Cut, tr: Translator) -> list[str]:
    foreign, unknown = one.written("foreign"), one.written("unk")
    if one.bits is None or one.bits_per_character is None:
        return [tr(f"level.{level}"), "–", tr(f"compare.foreign.{level}", pieces=listed(foreign, tr)), "–", "–"]
    ended = one.model.vocabulary.eos_id is not None
    tokens = tr("compare.tokens_and_end" if ended else "compare.tokens_no_end", count=len(one.pieces))
    said = listed(unknown, tr) or tr("compare.none" if one.model.vocabulary.unk_id is not None else "compare.no_unk")
    bits, per_character = f"{one.bits:.1f}", f"{one.bits_per_character:.2f}"
    if unknown:
        bits = tr("compare.spelled.bits", bits=one.bits + one.letters, bare=one.bits)
        fair = one.bits_per_character + one.letters / one.characters
        per_character = tr("compare.spelled.per_character", bits=fair, bare=one.bits_per_character)
    return [tr(f"level.{level}"), tokens, said, bits, per_character]


def _cuts_html(picture: TwoCuts) -> str:
    blocks = []
    for block in picture["blocks"]:
        characters = "".join(f'<i class="{kind}">{escape(label)}</i>' for label, kind in block["chars"])
        word = f'<b class="{block["kind"]}">{escape(block["word"])}</b>' if block["word"] else "<b></b>"
        blocks.append(f"<span>{word}<span>{characters}</span></span>")
    return f'<div class="cuts" role="img" aria-label="{escape(picture["label"])}">{"".join(blocks)}</div>'
