"""The main page: one run, one time step at a time. A step draws again what moves with it, and nothing else."""

from html import escape

import streamlit as st

from engine.figures.translator import Translator
from engine.run import Run
from engine.ui import clock, session
from engine.ui.models import shelf
from engine.ui.stage import live, predict, presenter, share, speaker, teacher_forcing, tour_card
from engine.ui.stage.actions import Opening, key_list
from engine.ui.stage.bars import bars, finds, heading
from engine.ui.stage.component import load, place
from engine.ui.stage.controls import controls
from engine.ui.stage.outcome import outcome
from engine.ui.stage.panels import panels, shows_panel
from engine.ui.stage.sidebar import in_sidebar, sidebar
from engine.ui.stage.step import step
from engine.ui.tour import guide

PLAY_SECONDS = 0.25  # from one step to the next while it plays
TRAVEL_SECONDS = 0.4  # from one slice to the next while the run goes to a step far off


def page() -> None:
    """The page "Sample"."""
    if session.current().view.speaker:
        speaker.page()
        return
    with session.in_one_go():
        guide.arrive()
    presenter.style()
    if not (presenter.is_alone() or guide.is_on() or "settings" in session.current().view.hide):
        sidebar(shelf())
    if guide.is_on():
        st.html(tour_card.STYLE)
    load()
    if _moves_all():
        clock.going_on(_stage, _go_on, _pace, _around)
    else:
        with st.container():  # like the fragment's own
            clock.going_on(_stage, _go_on, _pace, _around)
            with session.in_one_go():
                _places()
    presenter.buttons()


def _moves_all() -> bool:
    """Whether there is more on show of a step than what one message brings to its places."""
    return shows_panel() or finds() or predict.is_on()


def _around() -> tuple[object, ...]:
    return *in_sidebar(), session.current().view, session.language(), _moves_all()


def _pace() -> float | None:
    if session.current().goal is not None:
        return TRAVEL_SECONDS
    return PLAY_SECONDS if session.current().playing else None


def _go_on() -> None:
    if session.current().goal is not None:
        session.travel()
    else:
        predict.go_on()


def _stage() -> None:
    """What a step draws again."""
    if _moves_all():
        with st.container():
            _step()
        _places()
    else:
        _step()


def _on_stage() -> Run:
    return live.as_dragged(teacher_forcing.on_stage())


def _step() -> None:
    """The controls, and all that is shown of a step."""
    tr = session.tr()
    tour_card.card(tr)
    controls(session.run(), tr)
    step(_on_stage(), tr)
    _dialog(tr)
    session.show_notices()


def _places() -> None:
    """Where a step is shown, but for the run itself, and what can be looked up of it."""
    run, tr = _on_stage(), session.tr()
    hide = session.current().view.hide
    beside = "bars" not in hide and not {"draw", "narration"} <= {*hide}
    left, right = st.columns([1.1, 1], gap="medium") if beside else (st.container(), st.container())
    with right:
        outcome(run, tr)
    with left:
        if predict.waits(run):
            heading(run, tr)
            place("predict")
        elif "bars" not in hide:
            heading(run, tr)
            bars()  # the last one drawn: the chart takes the browser as long as all else
    if "panels" not in hide:
        panels(run, tr)


def _dialog(tr: Translator) -> None:
    """The one that is open. It is drawn at every run until it is dismissed: a tick under way would close it again."""
    asked = session.record(Opening)

    def close() -> None:
        asked.dialog = ""

    if asked.dialog == "help":
        st.dialog(tr("keys.title"), width="large", on_dismiss=close)(_keys)(tr)
    elif asked.dialog == "share":
        st.dialog(tr("share.title"), width="large", on_dismiss=close)(share.share)(tr)
    elif asked.dialog == "text":
        teacher_forcing.edit(close, tr)


def _keys(tr: Translator) -> None:
    """What the keys do, as a small table."""
    rows = "".join(
        f"<tr><td><kbd>{escape(key)}</kbd></td><td>{escape(tr(f'keys.{action}'))}</td></tr>"
        for key, action in key_list()
    )
    st.html(f'<table class="keys">{rows}</table>')
