"""The main page: one run, one time step at a time. Only the fragment below runs again at a step."""

from dataclasses import dataclass
from html import escape
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine.figures.draw_strip import draw_strip
from engine.figures.token_strip import token_strip
from engine.figures.translator import Translator
from engine.generation import Distributions
from engine.phases import is_out
from engine.run import Run
from engine.scoring import log_prob, perplexity
from engine.ui import changes, clock, link, session
from engine.ui.models import shelf
from engine.ui.parts import Ack, DrawPart, RunningText, RunPart
from engine.ui.stage import teacher_forcing
from engine.ui.stage.actions import Opening, act, key_list
from engine.ui.stage.bars import BarsPlace, bars, place_of_bars, search_is_open
from engine.ui.stage.component import load, mount, new_presses
from engine.ui.stage.controls import buttons, controls
from engine.ui.stage.find import foretold
from engine.ui.stage.narration import narration, numpy_lines
from engine.ui.stage.novel import novel
from engine.ui.stage.panels import choose_panel, panel
from engine.ui.stage.sidebar import in_sidebar, sidebar

PLAY_SECONDS = 0.25  # from one step to the next while it plays
TRAVEL_SECONDS = 0.4  # from one slice to the next while the run goes to a step far off


@dataclass
class Handled:
    """The last press that the browser's message brought, as `new_presses` gives it."""

    ack: Ack | None = None


class Places(NamedTuple):
    """The parts of the page that a step fills anew, each where it is; what stands around them it leaves alone."""

    controls: DeltaGenerator
    bars: BarsPlace
    outcome: DeltaGenerator
    panel: DeltaGenerator


def page() -> None:
    """The page "Sample"."""
    sidebar(shelf())
    load()
    tr = session.tr()
    row = controls(session.run(), tr)
    stage = st.container()
    left, right = st.columns([1.1, 1], gap="medium")
    place, chosen = place_of_bars(left, tr), choose_panel(tr)
    places = Places(row, place, right, st.container())

    def draw() -> None:
        _stage(places, chosen)

    with stage:
        clock.going_on(draw, _go_on, _pace, _around)


def _pace() -> float | None:
    if session.current().goal is not None:
        return TRAVEL_SECONDS
    return PLAY_SECONDS if session.current().playing else None


def _around() -> tuple[object, ...]:
    """What the page shows of the session outside of what a step draws again."""
    return *in_sidebar(), search_is_open()


def _go_on() -> None:
    if session.current().goal is not None:
        session.travel()
    else:
        changes.show(session.run().stepped())


def _stage(places: Places, chosen: str | None) -> None:
    """All that changes with a step, and nothing else: each element costs the server an eighth of a millisecond."""
    tr = session.tr()
    with places.controls:
        buttons(session.run(), tr)
    run = teacher_forcing.on_stage()
    distributions = run.distributions
    _pictures_of_the_run(run, tr)
    with places.outcome:
        _outcome(run, distributions, tr)
    if chosen:
        with places.panel:
            panel(chosen, run, tr)
    _dialog(tr)
    session.show_notices()
    bars(places.bars, run, distributions, tr)  # last: the chart takes the browser as long as all else


def _dialog(tr: Translator) -> None:
    """The one that is open. It is drawn at every run until it is dismissed: a tick under way would close it again."""
    asked = session.record(Opening)

    def close() -> None:
        asked.dialog = ""

    if asked.dialog == "help":
        st.dialog(tr("keys.title"), on_dismiss=close)(_keys)(tr)
    elif asked.dialog == "text":
        teacher_forcing.edit(close, tr)


def _keys(tr: Translator) -> None:
    """What the keys do, as a small table."""
    rows = "".join(
        f"<tr><td><kbd>{escape(key)}</kbd></td><td>{escape(tr(f'keys.{action}'))}</td></tr>"
        for key, action in key_list()
    )
    st.html(f'<table class="keys">{rows}</table>')


def _pictures_of_the_run(run: Run, tr: Translator) -> None:
    vocabulary, goal = run.model.vocabulary, session.current().goal
    on_the_way = [] if goal is None else [tr("stage.goal", t=goal.t)]
    record: RunPart = {
        "part": "run",
        "step": run.moment.t,
        "moving": bool(run.moment.phase),
        "undrawable": tr("app.undrawable"),
        "strip": token_strip(run.steps, run.facts, run.moment, vocabulary, tr),
        "network": teacher_forcing.picture(run, tr),
        "switch": teacher_forcing.switch(tr),
        "notes": on_the_way + _notes(run, tr),
        "text": _text(run, tr),
        "query": link.encoded(session.parts()),
        "ack": session.record(Handled).ack,
    }
    mount(record, "stage_run", _pressed)


def _pressed() -> None:
    handled = session.record(Handled)
    sent = st.session_state.get("stage_run")  # a browser can be made to send the trigger alone
    presses, handled.ack = new_presses(sent and sent.get("presses"), handled.ack)
    for action, argument in presses:
        act(action, argument)


def _text(run: Run, tr: Translator) -> RunningText:
    """The running text, to be copied as it is."""
    return {
        "label": tr("stage.text"),
        "text": run.text,
        "empty": tr("stage.text.empty"),
        "copy": tr("stage.text.copy"),
        "copied": tr("stage.text.copied"),
        "help": tr("stage.text.copy.help"),
    }


def _notes(run: Run, tr: Translator) -> list[str]:
    """The counter; log P and perplexity of the tokens that are out; what is known of the latest prediction."""
    shown = run.moment.t
    notes = [tr("stage.counter", t=shown, last=run.last)]
    out = shown if run.shown is not None and is_out(run.shown, run.moment) else shown - 1
    if out > 0:
        known = run.facts[:out]
        notes.append(tr("stage.log_prob", log_prob=log_prob(known), perplexity=perplexity(known)))
    predicted = shown - (run.moment.phase == "feed")
    if predicted > 0:
        facts = run.facts[predicted - 1]
        eos = "" if facts.eos_prob is None else " · " + tr("stage.eos_prob", prob=facts.eos_prob)
        notes.append(tr("stage.entropy", t=predicted, bits=facts.entropy) + eos)
    return notes


def _outcome(run: Run, distributions: Distributions | None, tr: Translator) -> None:
    moment, vocabulary = run.moment, run.model.vocabulary
    step, strip = run.shown, None
    if step is not None and distributions is not None:
        strip = draw_strip(distributions, step, run.rules, moment, vocabulary, tr)
    title = tr("stage.draw" if step is None or step.draws else "stage.no_draw")
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
    trained, ended = session.current().trained, run.finish_reason or ""
    words = teacher_forcing.narration(tr) if trained else narration(run, distributions, tr)
    ahead_of = "" if trained else foretold(tr)
    if ahead_of:
        words = f"<b>{escape(ahead_of)}</b> {words}"
    if ended and not trained:
        words += f'<div class="novel">{escape(novel(run, tr))}</div>'
    st.html(f'<div class="narration {"" if trained else ended}" data-step="{moment.t}" data-said>{words}</div>')
