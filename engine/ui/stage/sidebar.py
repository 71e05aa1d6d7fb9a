"""The settings. Each widget shows what is in force at the step on show and hands a change to the session."""

from collections.abc import Callable
from functools import partial
from html import escape

import numpy as np
import streamlit as st

from engine.figures.labels import joined, named, paragraph, short, token_label
from engine.figures.translator import Translator
from engine.model import LanguageModel
from engine.recipe import MAX_LIMIT, MAX_PROMPT, MAX_SEED
from engine.run import Run
from engine.sampling import FILTERS, SETTINGS
from engine.ui import changes, session
from engine.ui.i18n import WORDS
from engine.ui.markdown import plain
from engine.ui.models import Shelf
from engine.ui.own_models import is_own
from engine.ui.stage import predict
from engine.ui.stage.find import find
from engine.ui.stage.live import SLIDERS, meant, options, shown
from engine.ui.widgets import language, model_title, unless_empty, widget
from engine.unk_policy import POLICIES
from engine.vocabulary import Vocabulary

MOST_LETTERS = 400  # shown of an alphabet; a Chinese one has thousands


def sidebar(shelf: Shelf) -> None:
    """Draw the sidebar of the stage."""
    tr, run = session.tr(), session.run()
    with st.sidebar:
        language(tr)
        _model(shelf, run, tr)
        _sampling(run, tr)
        _stopping(run, tr)
        _start(run, tr)
        _problems(shelf, tr)


def in_sidebar() -> tuple[object, ...]:
    """What of the run it shows; a step that leads to another setting changes this."""
    run = session.run()
    return run.rules, run.recipe.limit, run.recipe.seed, run.recipe.prompt, run.model


def _model(shelf: Shelf, run: Run, tr: Translator) -> None:
    """The model in use as a button; it opens the list of all of them, by level, each with a line on what to try."""
    name = session.current().model_name
    st.caption(tr("setting.model"))
    menu = st.popover(plain(model_title(name, tr)), key="models", width="stretch", on_change="rerun")
    if menu.open:
        with menu:
            _all_models(shelf, name, tr)
    count = len(run.model.vocabulary)
    facts = tr("model.facts", cell=run.model.cell.upper(), hidden=run.model.hidden_size, count=count)
    st.caption(paragraph([facts, *_of_its_own(run.model, tr), _what_to_try(name, tr)], tr))


def _all_models(shelf: Shelf, name: str, tr: Translator) -> None:
    for level, names in shelf.names.items():
        if names:
            widget(
                st.radio,
                f"model_{level}",
                name if name in names else None,
                unless_empty(_choose_model),
                f"**{tr(f'level.{level}')}**",
                names,
                format_func=lambda one: plain(model_title(one, tr)),
                captions=[_what_to_try(one, tr) for one in names],
            )


def _of_its_own(model: LanguageModel, tr: Translator) -> list[str]:
    """What sets apart a model that someone brought: its cell, and which tokens were taken for the end and <UNK>."""
    said = [] if model.variant is None else [tr(f"model.variant.{model.variant}")]
    vocabulary = model.vocabulary
    if vocabulary.eos_token is not None and vocabulary.eos_token != "<EOS>":
        said.append(tr("model.its_eos", token=plain(short(vocabulary.eos_token))))
    if vocabulary.unk_token is not None and vocabulary.unk_token != "<UNK>":
        said.append(tr("model.its_unk", token=plain(short(vocabulary.unk_token))))
    return said


def _choose_model(name: str) -> None:
    st.session_state.models = False  # the menu folds
    changes.change_model(name)


def _what_to_try(name: str, tr: Translator) -> str:
    if is_own(name):
        return tr("model.own.try")
    return tr(f"model.{name}.try") if f"model.{name}.try" in WORDS else ""


def _problems(shelf: Shelf, tr: Translator) -> None:
    for problem in shelf.problems:
        st.html(f'<div class="notice">{escape(problem.said(tr))}</div>')


def _sampling(run: Run, tr: Translator) -> None:
    settings, unk, _ = run.rules
    greedy, off = tr("setting.temperature.greedy"), tr("setting.off")
    _slider(run, "temperature", tr, lambda value: str(value) if value else greedy, tr("setting.temperature.help"))
    on = [f"{name} {value:g}" for name in FILTERS if (value := getattr(settings, name)) is not None]
    # what is on stands below: an expander is another one, and folded, when its label changes
    filters = st.expander(tr("setting.filters"), key="filters", on_change="rerun")
    with filters:
        for name in FILTERS if filters.open else ():
            if name in SLIDERS:
                _slider(run, name, tr, partial(_share, name, off))
            else:
                _count(run, name, tr)
    if on:
        st.caption(plain(joined(on, tr)))
    without_unk = run.model.vocabulary.unk_id is None
    widget(
        st.selectbox,
        "unk",
        unk,
        lambda value: changes.change_setting("unk", value),
        tr("setting.unk"),
        tuple(POLICIES),
        format_func=lambda policy: tr(f"unk.{policy}"),
        disabled=without_unk,
        help=tr("setting.no_unk") if without_unk else None,
    )


def _share(name: str, off: str, value: float) -> str:
    return off if meant(name, value) is None else f"{value:g}"


def _slider(run: Run, name: str, tr: Translator, written: Callable[[float], str], says: str | None = None) -> None:
    """Of a setting; while it is dragged the stage moves with it."""
    widget(
        st.select_slider,
        name,
        shown(run, name),
        lambda value: changes.change_setting(name, meant(name, value)),
        tr(f"setting.{name}"),
        options(run, name),
        format_func=written,
        help=says,
    )


def _count(run: Run, name: str, tr: Translator) -> None:
    """A field for a setting that is a whole number; emptied, or at 0, it is off."""
    widget(
        st.number_input,
        name,
        getattr(run.rules.settings, name),
        lambda value: changes.change_setting(name, value or None),
        tr(f"setting.{name}"),
        min_value=0,
        max_value=int(SETTINGS[name].offered),
        step=int(SETTINGS[name].step),
        value=None,  # a field with a default cannot be emptied
        placeholder=tr("setting.off"),
    )


def _stopping(run: Run, tr: Translator) -> None:
    without_eos = run.model.vocabulary.eos_id is None
    widget(
        st.checkbox,
        "eos",
        run.rules.stop_at_eos and not without_eos,
        lambda value: changes.change_setting("eos", value),
        tr("setting.no_eos" if without_eos else "setting.eos"),
        disabled=without_eos,
    )
    widget(
        st.number_input,
        "limit",
        run.recipe.limit,
        unless_empty(changes.change_limit),
        tr("setting.limit"),
        min_value=1,
        max_value=MAX_LIMIT,
        step=10,
    )


def _start(run: Run, tr: Translator) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        widget(
            st.number_input,
            "seed",
            run.recipe.seed,
            unless_empty(changes.change_seed),
            tr("setting.seed"),
            min_value=0,
            max_value=MAX_SEED,
            step=1,
        )
        st.button(tr("setting.die"), icon=":material/casino:", key="die", on_click=_throw, help=tr("setting.die"))
    find()
    widget(
        st.text_area,
        "prompt",
        changes.prompt_typed(),
        lambda value: changes.change_prompt(value or ""),
        tr("setting.prompt"),
        max_chars=MAX_PROMPT,
        height=70,
        placeholder=tr("setting.prompt.placeholder"),
        help=tr("setting.prompt.help"),
    )
    if run.given:
        label = tr("setting.prompt.feed", count=run.given)
        st.button(label, key="feed_prompt", on_click=_feed, icon=":material/input:", width="stretch")
    problem = changes.prompt_problem()
    if problem:
        reason = tr(f"setting.prompt.unknown_{problem.level}", token=named(problem.token))
        st.html(f'<div class="notice" role="alert">{escape(reason)}</div>')
    if run.model.vocabulary.level == "char":
        _alphabet(run.model.vocabulary, tr)


def _alphabet(vocabulary: Vocabulary, tr: Translator) -> None:
    """All that a character model knows, folded away; a space as ␣, a line end as ↵."""
    characters = [i for i in range(len(vocabulary)) if i not in (vocabulary.eos_id, vocabulary.unk_id)]
    with st.expander(tr("setting.alphabet", count=len(characters))):
        more = len(characters) - MOST_LETTERS
        letters = [token_label(vocabulary, token_id) for token_id in characters[:MOST_LETTERS]]
        letters += [tr("setting.alphabet.more", count=more)] * (more > 0)
        st.html(f'<div class="alphabet">{escape(" ".join(letters))}</div>')


def _feed() -> None:
    """All of the prompt at once: the run stands after its last token."""
    changes.hold()
    predict.moved(session.run().at(session.run().given))


def _throw() -> None:
    changes.change_seed(int(np.random.default_rng().integers(1000)))
