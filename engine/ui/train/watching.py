"""The training as it goes on: a part of the page that draws itself again every second, and nothing else with it."""

from html import escape
from math import exp

import streamlit as st

from engine.bench import State
from engine.figures.training_curve import TrainingCurve, draw_training_curve
from engine.figures.translator import Translator
from engine.ui import clock, session
from engine.ui.chart import chart
from engine.ui.save_chart import savable_chart
from engine.ui.train import desk as on
from engine.ui.train.desk import Desk
from engine.ui.train.result import result
from engine.ui.train.samples import samples
from engine.ui.widgets import widget

TICK = 1.0  # seconds
RATES = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0)
TEMPERATURES = (0.0, 0.25, 0.5, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5)


def watching() -> None:
    """The training, from its start to its end and after."""
    clock.going_on(_training, on.refresh, _pace, _phase)


def _pace() -> float | None:
    return TICK if on.is_going_on(session.record(Desk).state) else None


def _phase() -> str:
    """What decides which buttons there are."""
    state = session.record(Desk).state
    return state["phase"] if state is not None else ""


def _training() -> None:
    now, tr = session.record(Desk), session.tr()
    state = now.state
    if state is None:
        st.rerun()
    phase = state["phase"]
    if phase == "failed":
        kind, _, why = state["problem"].partition(".")
        said = tr(f"train.refused.{why}", **state["values"]) if kind == "refused" else tr(f"train.failed.{why}")
        st.html(f'<div class="notice" role="alert">{escape(said)}</div>')
        st.button(tr("train.back"), key="train_back", icon=":material/arrow_back:", on_click=on.set_aside)
    elif phase == "ended":
        result(now, state, tr)
    else:
        _controls(now, state, tr)
    if state.get("rows"):
        _pictures(now, state, tr)


def _controls(now: Desk, state: State, tr: Translator) -> None:
    """Pause, stop, and how far it is."""
    phase, paused = state["phase"], now.control["paused"]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="train_controls"):
        name = "continue" if paused else "pause"
        st.button(
            tr(f"train.{name}"),
            key="train_pause",
            icon=":material/play_arrow:" if paused else ":material/pause:",
            on_click=on.steer,
            kwargs={"paused": not paused},
            disabled=phase not in ("training", "paused") or now.control["stop"],
        )
        st.button(
            tr("train.stop"),
            key="train_stop",
            icon=":material/stop:",
            on_click=on.steer,
            kwargs={"stop": True},
            help=tr("train.stop.help"),
            disabled=phase not in ("waiting", "training", "paused") or now.control["stop"],
        )
        st.progress(_share(state), text=_progress(now, state, tr))
    if phase == "waiting":
        st.html(f'<div class="narration" role="status">{escape(tr("train.waiting", turn=state["ahead"] + 1))}</div>')


def _share(state: State) -> float:
    seconds, left = state.get("seconds", 0.0), state.get("left", 1.0)
    return min(1.0, seconds / max(1e-9, seconds + left))


def _progress(now: Desk, state: State, tr: Translator) -> str:
    phase = state["phase"]
    if phase == "training" and not now.control["stop"]:
        return tr("train.left", left=state["left"])
    return tr("train.phase.finishing" if now.control["stop"] else f"train.phase.{phase}")


def _pictures(now: Desk, state: State, tr: Translator) -> None:
    st.html(_facts(state, tr))
    left, right = st.columns([1.15, 1], gap="medium")
    with left:
        curve = TrainingCurve(
            state["losses"],
            state["held_out"],
            state["uniform"],
            state["ngram"],
            state.get("kept", state.get("best")) if state["held_out"] else None,
            now.row,
        )
        alt = _alt(state, tr)
        if state["phase"] in ("training", "paused"):
            chart(draw_training_curve(curve, tr, st.context.theme.type == "dark"), key="train_curve", alt=alt)
            _dials(now, tr)
        else:
            savable_chart(lambda dark: draw_training_curve(curve, tr, dark), "train_curve", alt, alt)
    with right:
        samples(now, state, tr)


def _dials(now: Desk, tr: Translator) -> None:
    """What can be moved while it trains."""
    with st.container(horizontal=True, gap="medium"):
        widget(
            st.select_slider,
            "train_rate",
            now.control["learning_rate"],
            lambda value: on.steer(learning_rate=value),
            tr("train.rate"),
            RATES,
            format_func=lambda value: f"× {value:g}",
            width=230,
        )
        widget(
            st.select_slider,
            "train_temperature",
            now.control["temperature"],
            lambda value: on.steer(temperature=value),
            tr("train.temperature"),
            TEMPERATURES,
            format_func=lambda value: f"{value:g}",
            width=230,
        )
        widget(
            st.toggle,
            "train_last",
            now.control["last"],
            lambda value: on.steer(last=value),
            tr("train.last"),
            help=tr("train.last.help"),
        )


def _facts(state: State, tr: Translator) -> str:
    """The numbers of the moment, as HTML."""
    losses, held_out = state["losses"], state["held_out"]
    rows = {
        "update": f"{state['update']:,}",
        "training": f"{losses[-1][1]:.3f}" if losses else "–",
        "held_out": f"{held_out[-1][1]:.3f}" if held_out else "–",
        "perplexity": f"{exp(min(50.0, held_out[-1][1])):,.2f}" if held_out else "–",
        "speed": f"{state['speed']:,.0f}" if "speed" in state else "–",
    }
    cells = "".join(
        f"<div><dt>{escape(tr(f'train.fact.{name}'))}</dt><dd>{escape(value)}</dd></div>"
        for name, value in rows.items()
    )
    return f'<dl class="totals" data-update="{state["update"]}" data-phase="{state["phase"]}">{cells}</dl>'


def _alt(state: State, tr: Translator) -> str:
    losses, held_out = state["losses"], state["held_out"]
    return tr(
        "train.curve.alt",
        update=state["update"],
        training=losses[-1][1] if losses else state["uniform"],
        held_out=held_out[-1][1] if held_out else state["uniform"],
        uniform=state["uniform"],
    )
