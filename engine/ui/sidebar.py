"""The settings. Each widget shows what is in force at the step on show and hands a change to the session."""

from html import escape

import numpy as np
import streamlit as st

from engine.figures.labels import joined, named, paragraph, token_label
from engine.recipe import MAX_LIMIT, MAX_PROMPT, MAX_SEED, UNK_POLICIES
from engine.ui import session
from engine.ui.find import find
from engine.ui.markdown import plain
from engine.ui.models import Shelf
from engine.ui.words import LANGUAGES, WORDS

_TEMPERATURES = [round(0.05 * step, 2) for step in range(41)]
MOST_LETTERS = 400  # shown of an alphabet; a Chinese one has thousands
_FILTERS = (("top_k", MAX_SEED, 1), ("top_p", 1.0, 0.05), ("min_p", 1.0, 0.01))  # name, most, step
_CHOICES = (st.radio, st.selectbox, st.select_slider, st.segmented_control)
_LANGUAGE_NAMES = {"en": "EN", "zh": "中文"}


def sidebar(shelf: Shelf) -> None:
    """Draw the sidebar of the stage."""
    t, run = session.t(), session.run()
    with st.sidebar:
        language(t)
        _model(shelf, run, t)
        _sampling(run, t)
        _stopping(run, t)
        _start(run, t)
        _problems(shelf, t)


def language(t) -> None:
    """The language switch, which every page has."""
    widget(
        st.segmented_control,
        "language",
        st.session_state.language,
        unless_empty(_set_language),  # a second press on the same one empties a segmented control
        t("setting.language"),
        LANGUAGES,
        format_func=_LANGUAGE_NAMES.get,
        label_visibility="collapsed",
    )


def widget(kind, name, shown, on_change, /, *args, **kwargs):
    """A widget that shows `shown`: its state is written before it is drawn, so the run stays the only truth.

    Only while it can be seen: a browser does not take in what is written to a widget in a folded menu, and sends what
    the widget showed last with the next press, as if somebody had chosen it. So a menu's widgets are drawn while it is
    open.

    `args`: its label, then what it offers, if it is one to choose from. A browser sends what was chosen by its label,
    and where the language has been switched since, the old one, which comes as a string that was never offered.
    """
    key = f"setting_{name}"
    # not where it stands already: what is written replaces what a visitor has typed or moved there and not sent yet
    if key not in st.session_state or st.session_state[key] != shown:
        st.session_state[key] = shown

    def changed():
        # what has just been folded away, or left with its page, can still speak: it has no value any more, or the one
        # that it showed, and nobody chose that
        value = st.session_state.get(key, shown)
        if value == shown:
            return
        if kind not in _CHOICES or value is None or value in args[1]:
            on_change(value)

    return kind(*args, key=key, on_change=changed, **kwargs)


def unless_empty(on_change):
    """`on_change` for a field that cannot be empty: one that a visitor has emptied shows its old value again."""
    return lambda value: None if value is None else on_change(value)


def model_title(name, t) -> str:
    """What a model is called, as plain text; one that is not ours, by its file name."""
    return t(f"model.{name}") if f"model.{name}" in WORDS else name


def _set_language(language: str) -> None:
    st.session_state.language = language


def _model(shelf, run, t) -> None:
    """The model in use as a button; it opens the list of all of them, by level, each with a line on what to try."""
    name = st.session_state.model_name
    st.caption(t("setting.model"))
    menu = st.popover(plain(model_title(name, t)), key="models", width="stretch", on_change="rerun")
    if menu.open:
        with menu:
            _all_models(shelf, name, t)
    vocabulary = run.model.vocabulary
    facts = t("model.facts", cell=run.model.cell.upper(), hidden=run.model.hidden_size, count=f"{len(vocabulary):,}")
    st.caption(paragraph([facts, _what_to_try(name, t)], t))


def _all_models(shelf, name, t) -> None:
    for level, names in shelf.names.items():
        if names:
            widget(
                st.radio,
                f"model_{level}",
                name if name in names else None,
                unless_empty(_choose_model),
                f"**{t(f'level.{level}')}**",
                names,
                format_func=lambda one: plain(model_title(one, t)),
                captions=[_what_to_try(one, t) for one in names],
            )


def _choose_model(name: str) -> None:
    st.session_state.models = False  # the menu folds
    session.change_model(name)


def _what_to_try(name, t) -> str:
    return t(f"model.{name}.try") if f"model.{name}.try" in WORDS else ""


def _problems(shelf, t) -> None:
    for problem in shelf.problems:
        st.html(f'<div class="notice">{escape(t("app.bad_model", problem=problem))}</div>')


def _sampling(run, t) -> None:
    settings, unk, _ = run.rules
    widget(
        st.select_slider,
        "temperature",
        settings.temperature,
        lambda value: session.change_setting("temperature", value),
        t("setting.temperature"),
        # the value in force is one of the options even if a link set it between two marks
        sorted({*_TEMPERATURES, settings.temperature}),
        format_func=lambda value: str(value) if value else t("setting.temperature.greedy"),
        help=t("setting.temperature.help"),
    )
    on = [f"{name} {value:g}" for name in ("top_k", "top_p", "min_p") if (value := getattr(settings, name)) is not None]
    # what is on stands below: an expander is another one, and folded, when its label changes
    filters = st.expander(t("setting.filters"), key="filters", on_change="rerun")
    with filters:
        for name, most, step in _FILTERS if filters.open else ():
            widget(
                st.number_input,
                name,
                getattr(settings, name),
                # an empty field is off, and so is a share of 0
                lambda value, name=name: session.change_setting(name, value or None),
                t(f"setting.{name}"),
                value=None,
                min_value=type(most)(0),
                max_value=most,
                step=step,
                placeholder=t("setting.off"),
                **({"format": "%g"} if isinstance(most, float) else {}),
            )
    if on:
        st.caption(plain(joined(on, t)))
    without_unk = run.model.vocabulary.unk_id is None
    widget(
        st.selectbox,
        "unk",
        unk,
        lambda value: session.change_setting("unk", value),
        t("setting.unk"),
        tuple(reversed(UNK_POLICIES)),
        format_func=lambda policy: t(f"unk.{policy}"),
        disabled=without_unk,
        help=t("setting.no_unk") if without_unk else None,
    )


def _stopping(run, t) -> None:
    without_eos = run.model.vocabulary.eos_id is None
    widget(
        st.checkbox,
        "eos",
        run.rules.stop_at_eos and not without_eos,
        lambda value: session.change_setting("eos", value),
        t("setting.no_eos" if without_eos else "setting.eos"),
        disabled=without_eos,
    )
    widget(
        st.number_input,
        "limit",
        run.recipe.limit,
        unless_empty(session.change_limit),
        t("setting.limit"),
        value=None,
        min_value=1,
        max_value=MAX_LIMIT,
        step=10,
    )


def _start(run, t) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        widget(
            st.number_input,
            "seed",
            run.recipe.seed,
            unless_empty(session.change_seed),
            t("setting.seed"),
            value=None,
            min_value=0,
            max_value=MAX_SEED,
            step=1,
        )
        st.button(t("setting.die"), icon=":material/casino:", key="die", on_click=_throw, help=t("setting.die"))
    find()
    widget(
        st.text_area,
        "prompt",
        session.prompt_typed(),
        lambda value: session.change_prompt(value or ""),
        t("setting.prompt"),
        max_chars=MAX_PROMPT,
        height=70,
        placeholder=t("setting.prompt.placeholder"),
        help=t("setting.prompt.help"),
    )
    problem = session.prompt_problem()
    if problem:
        reason = t(f"setting.prompt.unknown_{problem.level}", token=named(problem.token))
        st.html(f'<div class="notice" role="alert">{escape(reason)}</div>')
    if run.model.vocabulary.level == "char":
        _alphabet(run.model.vocabulary, t)


def _alphabet(vocabulary, t) -> None:
    """All that a character model knows, folded away; a space as ␣, a line end as ↵."""
    characters = [i for i in range(len(vocabulary)) if i not in (vocabulary.eos_id, vocabulary.unk_id)]
    with st.expander(t("setting.alphabet", count=f"{len(characters):,}")):
        more = len(characters) - MOST_LETTERS
        letters = [token_label(vocabulary, token_id) for token_id in characters[:MOST_LETTERS]]
        letters += [t("setting.alphabet.more", count=f"{more:,}")] * (more > 0)
        st.html(f'<div class="alphabet">{escape(" ".join(letters))}</div>')


def _throw() -> None:
    session.change_seed(int(np.random.default_rng().integers(1000)))
