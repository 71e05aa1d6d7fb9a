"""The main page: one run, one time step at a time. Only the fragment below runs again at a step."""

from html import escape

import numpy as np
import streamlit as st

from engine.figures.draw_strip import draw_strip
from engine.figures.labels import in_hundreds, percent
from engine.figures.records import DrawPart, RunningText, RunPart
from engine.figures.token_strip import token_strip
from engine.phases import PHASES, is_out
from engine.ui import session
from engine.ui.models import shelf
from engine.ui.notices import show_notices
from engine.ui.stage import teacher_forcing
from engine.ui.stage.bars import bars
from engine.ui.stage.component import load, mount, new_presses
from engine.ui.stage.find import foretold
from engine.ui.stage.narration import narration, numpy_lines
from engine.ui.stage.novel import novel
from engine.ui.stage.panels import panels
from engine.ui.stage.sidebar import sidebar
from engine.vocabulary import LEVELS

_ICONS = {
    "back": ":material/arrow_back:",
    "step": ":material/arrow_forward:",
    "phase": ":material/arrow_downward:",
    "play": ":material/play_arrow:",
    "pause": ":material/pause:",
    "end": ":material/skip_next:",
    "reset": ":material/restart_alt:",
    "undo": ":material/undo:",
}
_KEYS = (
    ("→, Page ↓", "step"),
    ("←, Page ↑", "back"),
    ("↓", "phase"),
    ("␣", "play"),
    ("Home", "start"),
    ("End", "end"),
    ("Ctrl Z", "undo"),
    ("?", "help"),
)


def page() -> None:
    """The page "Sample"."""
    st.session_state.pop("whole_page", None)  # this is the whole page
    sidebar(shelf())
    load()
    st.fragment(_stage, run_every=session.PLAY_SECONDS if st.session_state.playing else None)()


def _stage() -> None:
    """All that changes with a step."""
    session.tick()
    if st.session_state.pop("whole_page", False):
        st.rerun()  # the sidebar shows other settings now
    tr = session.tr()
    _controls(session.run(), tr)
    run = teacher_forcing.on_stage()
    distributions = run.distributions
    _pictures_of_the_run(run, tr)
    left, right = st.columns([1.1, 1], gap="medium")
    with right:
        _outcome(run, distributions, tr)
    panels(run, tr)
    if st.session_state.pop("help", False):
        st.dialog(tr("keys.title"))(_keys)(tr)
    if st.session_state.pop("text", False):
        teacher_forcing.edit(tr)
    show_notices()
    with left:
        bars(run, distributions, tr)  # last: the chart takes the browser as long as all else, which it can show before


def _keys(tr) -> None:
    """What the keys do, as a small table."""
    rows = "".join(
        f"<tr><td><kbd>{escape(key)}</kbd></td><td>{escape(tr(f'keys.{action}'))}</td></tr>" for key, action in _KEYS
    )
    st.html(f'<table class="keys">{rows}</table>')


def _controls(run, tr) -> None:
    level = run.model.vocabulary.level
    if st.session_state.get("level") != level:  # written at every step, it would make the browser draw the switch again
        st.session_state.level = level
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="controls"):
        st.segmented_control(
            tr("control.level"),
            LEVELS,
            key="level",
            on_change=lambda: session.change_level(st.session_state.level or level),
            format_func=lambda one: tr(f"level.{one}"),
            label_visibility="collapsed",
        )
        ended = run.finish_reason is not None
        disabled = {
            "back": run.moment == (0, "", 0),
            "reset": not run.steps,
            "step": ended,
            "phase": ended,
            "end": ended,
            "play": ended,
            "undo": not st.session_state.before,
        }
        for action in ("back", "step", "phase", "play", "end", "reset", "undo"):
            name = "pause" if action == "play" and st.session_state.playing else action
            st.button(
                tr(f"control.{name}"),
                key=f"control_{action}",
                icon=_ICONS[name],
                type="primary" if action == "step" else "secondary",
                on_click=session.act,
                args=(action,),
                help=tr(f"control.{name}.help"),
                disabled=disabled[action],
            )
        st.html(_status(run, tr))


def _status(run, tr) -> str:
    """The pills of the phases, or the flag of the end; the one element of the server's own HTML that tools read."""
    moment, finish = run.moment, run.finish_reason or ""
    if finish:
        look = "no_eos" if finish == "length" and run.model.vocabulary.eos_id is None else finish
        words = tr("ending.flag.eos_forced") if _ended_by_hand(run) else tr(f"ending.flag.{look}")
        inside = f'<span class="flag {look}">{escape(words)}</span>'
    else:
        here = run if moment.t else run.at(1)
        inside = "".join(_pill(i, phase, moment, here, tr) for i, phase in enumerate(PHASES))
    return (
        f'<div class="status" data-step="{moment.t}" data-phase="{moment.phase}" data-finish="{finish}">{inside}</div>'
    )


def _pill(i: int, phase: str, moment, run, tr) -> str:
    """A phase as a button, which front/keys.js listens to; it cannot be pressed where the step does not have it."""
    now = 'aria-current="step"' if moment.phase == phase else ""
    state = "" if run.in_phase(phase) else "disabled"
    look = "pill now" if now else "pill"
    return (
        f'<button type="button" class="{look}" data-press="pill" data-argument="{i}" {now} {state}>'
        f"{escape(tr(f'phase.{phase}'))}</button>"
    )


def _ended_by_hand(run) -> bool:
    return run.finish_reason == "eos" and run.shown.origin == "forced"


def _pictures_of_the_run(run, tr) -> None:
    vocabulary = run.model.vocabulary
    record: RunPart = {
        "part": "run",
        "step": run.moment.t,
        "moving": bool(run.moment.phase),
        "undrawable": tr("app.undrawable"),
        "strip": token_strip(run.steps, run.facts, run.moment, vocabulary, tr),
        "network": teacher_forcing.picture(run, tr),
        "switch": teacher_forcing.switch(tr),
        "notes": _notes(run, tr),
        "text": _text(run, tr),
        "query": session.query(),
        "ack": st.session_state.get("ack"),
    }
    mount(record, "stage_run", _pressed)


def _pressed() -> None:
    presses, st.session_state.ack = new_presses(st.session_state.stage_run.presses, st.session_state.get("ack"))
    for action, argument in presses:
        session.act(action, argument)


def _text(run, tr) -> RunningText:
    """The running text, to be copied as it is."""
    return {
        "label": tr("stage.text"),
        "text": run.text,
        "empty": tr("stage.text.empty"),
        "copy": tr("stage.text.copy"),
        "copied": tr("stage.text.copied"),
        "help": tr("stage.text.copy.help"),
    }


def _notes(run, tr) -> list[str]:
    """The counter; log P and perplexity of the tokens that are out; what is known of the latest prediction."""
    shown = run.moment.t
    notes = [tr("stage.counter", t=shown, last=run.given + run.recipe.limit)]
    out = shown if shown and is_out(run.shown, run.moment) else shown - 1
    if out > 0:
        log_prob = float(np.log([facts.prob for facts in run.facts[:out]]).sum())
        perplexity = np.exp(-log_prob / out)
        notes.append(
            tr("stage.log_prob", log_prob=f"{log_prob:.1f}".replace("-", "−"), perplexity=in_hundreds(perplexity))
        )
    predicted = shown - (run.moment.phase == "feed")
    if predicted > 0:
        facts = run.facts[predicted - 1]
        eos = "" if facts.eos_prob is None else " · " + tr("stage.eos_prob", prob=percent(facts.eos_prob))
        notes.append(tr("stage.entropy", t=predicted, bits=f"{facts.entropy:.2f}") + eos)
    return notes


def _outcome(run, distributions, tr) -> None:
    moment, vocabulary = run.moment, run.model.vocabulary
    strip = None if distributions is None else draw_strip(distributions, run.shown, run.rules, moment, vocabulary, tr)
    title = tr("stage.draw" if run.shown is None or run.shown.draws else "stage.no_draw")
    record: DrawPart = {
        "part": "draw",
        "step": moment.t,
        "moving": bool(moment.phase),
        "undrawable": tr("app.undrawable"),
        "title": title,
        "strip": strip,
        "numpy": numpy_lines(run) if moment.phase in ("", "back") else [],
    }
    mount(record, "stage_draw")
    trained, ended = st.session_state.trained, run.finish_reason or ""
    words = teacher_forcing.narration(tr) if trained else narration(run, distributions, tr)
    ahead_of = "" if trained else foretold(tr)
    if ahead_of:
        words = f"<b>{escape(ahead_of)}</b> {words}"
    if ended and not trained:
        words += f'<div class="novel">{escape(novel(run, tr))}</div>'
    st.html(f'<div class="narration {"" if trained else ended}" data-step="{moment.t}" data-said>{words}</div>')
