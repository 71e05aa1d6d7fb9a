"""Widgets that show what the session holds and hand a change to it; those that every page has."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from typing import Any

import streamlit as st

from engine.figures.translator import Translator
from engine.ui import own_models, session
from engine.ui.i18n import LANGUAGES, WORDS

_CHOICES = (st.radio, st.selectbox, st.select_slider, st.segmented_control)
_PRESSED = (st.radio, st.selectbox, st.segmented_control, st.checkbox, st.toggle)  # others are moved or typed in
_LANGUAGE_NAMES = {"en": "EN", "zh": "中文"}
_ON_ITS_WAY = 3.0  # seconds until a browser has surely taken in what was written to a widget
_LATE = 1.0  # seconds that a press may take to the server meanwhile


@dataclass
class Written:
    """When something was written to the widget of each key, by `time.monotonic`."""

    at: dict[str, float] = field(default_factory=dict)


def widget(
    kind: Callable[..., Any], name: str, shown: object, on_change: Callable[[Any], None], /, *args: Any, **kwargs: Any
) -> Any:
    """A widget that shows `shown`: its state is written before it is drawn, so the run stays the only truth.

    Only while it can be seen: a browser does not take in what is written to a widget in a folded menu, and sends what
    the widget showed last with the next press, as if somebody had chosen it. So a menu's widgets are drawn while it is
    open.

    `args`: its label, then what it offers, if it is one to choose from. A browser sends what was chosen by its label,
    and where the language has been switched since, the old one, which comes as a string that was never offered.
    """
    key = f"setting_{name}"
    # Not where it stands already: what is written replaces what a visitor has typed or moved there. But for some
    # time once more at every run: a run that cuts another one short, or comes before the browser has drawn the widget,
    # takes the place of the one that wrote it, and the browser would go on showing what was there before.
    at, now = session.record(Written).at, time.monotonic()
    is_new = key not in st.session_state or st.session_state[key] != shown
    if is_new:
        at[key] = now
    if is_new or now - at.get(key, -inf) < _ON_ITS_WAY:
        st.session_state[key] = shown

    def changed() -> None:
        # what has just been folded away, or left with its page, can still speak: it has no value any more, or the one
        # that it showed, and nobody chose that
        value = st.session_state.get(key, shown)
        if value == shown:
            return
        _settle(kind, key, at)
        if kind not in _CHOICES or value is None or value in args[1]:
            with session.in_one_go():
                on_change(value)

    # A browser that draws the widget anew, later than that, begins with its default.
    return kind(*args, key=key, on_change=changed, **(_default(kind, shown, args) | kwargs))


def _settle(kind: Callable[..., Any], key: str, at: dict[str, float]) -> None:
    """What a visitor has changed is written once more, or not, where something else was written not long ago."""
    written = at.pop(key, -inf)  # who moves it has it; written once more, it would take back what was moved meanwhile
    now = time.monotonic()
    if kind in _PRESSED and now - written < _ON_ITS_WAY + _LATE:
        # What was written may reach the browser after the press, and show there, and be sent with the next press as if
        # it had been chosen. So for a moment what was pressed is written, which comes later.
        at[key] = now - _ON_ITS_WAY + _LATE


def _default(kind: Callable[..., Any], shown: object, args: tuple[Any, ...]) -> dict[str, object]:
    """`shown` as the argument by which this kind of widget takes what it shows at first."""
    if kind in (st.radio, st.selectbox):
        return {"index": None if shown is None else list(args[1]).index(shown)}
    return {"default" if kind in (st.segmented_control, st.pagination) else "value": shown}


def unless_empty(on_change: Callable[[Any], None]) -> Callable[[Any], None]:
    """`on_change` for a field that cannot be empty: one that a visitor has emptied shows its old value again."""
    return lambda value: None if value is None else on_change(value)


def language(tr: Translator) -> None:
    """The language switch, which every page has."""
    widget(
        st.segmented_control,
        "language",
        session.language(),
        unless_empty(_set_language),  # a second press on the same one empties a segmented control
        tr("setting.language"),
        LANGUAGES,
        format_func=_LANGUAGE_NAMES.get,
        label_visibility="collapsed",
    )


def model_title(name: str, tr: Translator) -> str:
    """What a model is called, as plain text; one that is not ours, by its file name."""
    if own_models.is_own(name):
        return tr("model.own", name=name.removeprefix(own_models.PREFIX))
    return tr(f"model.{name}") if f"model.{name}" in WORDS else name


def _set_language(language: str) -> None:
    session.current().language = language
