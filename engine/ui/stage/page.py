"""The main page: one run, one time step at a time. A step draws again what moves with it, and nothing else."""

from html import escape
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine.figures.translator import Translator
from engine.ui import clock, session
from engine.ui.models import shelf
from engine.ui.stage import live, predict, presenter, share, speaker, teacher_forcing, tour_card
from engine.ui.stage.actions import Opening, key_list
from engine.ui.stage.bars import bars, find, finds
from engine.ui.stage.component import load
from engine.ui.stage.controls import controls
from engine.ui.stage.outcome import outcome
from engine.ui.stage.panels import other_temperatures, panel, panel_switch
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
    above = st.container()
    with session.in_one_go():
        places = _places(session.tr())

    def stage() -> None:
        _stage(places)

    with above:
        clock.going_on(stage, _go_on, _pace, _around)
    presenter.buttons()


def _around() -> tuple[object, ...]:
    return *in_sidebar(), session.current().view, session.language(), finds()


def _pace() -> float | None:
    if session.current().goal is not None:
        return TRAVEL_SECONDS
    return PLAY_SECONDS if session.current().playing else None


def _go_on() -> None:
    if session.current().goal is not None:
        session.travel()
    else:
        predict.go_on()


class Places(NamedTuple):
    """Where elements of Streamlit's own are drawn that go with a step: below the draw, in the search, below all."""

    draw: DeltaGenerator
    search: DeltaGenerator | None
    panel: DeltaGenerator


def _places(tr: Translator) -> Places:
    """Where a step is shown below its run, and the switches around it: none of this is drawn again at a step."""
    hide = session.current().view.hide
    beside = "bars" not in hide and not {"draw", "narration"} <= {*hide}
    left, right = st.columns([1.1, 1], gap="medium") if beside else (st.container(), st.container())
    with right:
        draw = outcome()
    with left:
        search = bars(tr)
    if "panels" not in hide:
        panel_switch(tr)
    return Places(draw, search, st.container())


def _stage(places: Places) -> None:
    """What is drawn again at a step: the controls, and one message with all that its places show."""
    tr = session.tr()
    tour_card.card(tr)
    controls(session.run(), tr)
    run = live.as_dragged(teacher_forcing.on_stage())
    step(run, tr)
    with places.draw:
        other_temperatures(run, tr)
    if places.search and finds():
        with places.search:
            find(run, tr)
    with places.panel:
        panel(run, tr)
    _dialog(tr)
    session.show_notices()


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
