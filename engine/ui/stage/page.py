"""The main page: one run, one time step at a time. Only the fragment below runs again at a step."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import streamlit as st

from engine.figures.records import TokenStrip
from engine.figures.token_strip import token_strip
from engine.figures.translator import Translator
from engine.phases import is_out
from engine.run import Run
from engine.scoring import log_prob, perplexity
from engine.ui import clock, link, session
from engine.ui.models import shelf
from engine.ui.parts import Ack, AroundRun, RunningText, RunPictures
from engine.ui.stage import deck, live, past, predict, predicted, presenter, share, speaker, teacher_forcing, tour_card
from engine.ui.stage.actions import Opening, act, key_list
from engine.ui.stage.bars import bars, heading
from engine.ui.stage.component import load, mount, new_presses
from engine.ui.stage.controls import controls
from engine.ui.stage.outcome import outcome
from engine.ui.stage.panels import panels
from engine.ui.stage.seen import pictures
from engine.ui.stage.sidebar import in_sidebar, sidebar
from engine.ui.tour import guide

PLAY_SECONDS = 0.25  # from one step to the next while it plays
TRAVEL_SECONDS = 0.4  # from one slice to the next while the run goes to a step far off


@dataclass
class Handled:
    """The last press that the browser's message brought, as `new_presses` gives it."""

    ack: Ack | None = None


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
    clock.going_on(_stage, _go_on, _pace, _around)
    presenter.buttons()


def _around() -> tuple[object, ...]:
    return *in_sidebar(), session.current().view, session.language()


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
    """All that changes with a step."""
    tr = session.tr()
    tour_card.card(tr)
    controls(session.run(), tr)
    run = live.as_dragged(teacher_forcing.on_stage())
    distributions = run.distributions
    _run(run, tr)
    hide = session.current().view.hide
    beside = "bars" not in hide and not {"draw", "narration"} <= {*hide}
    left, right = st.columns([1.1, 1], gap="medium") if beside else (st.container(), st.container())
    with right:
        outcome(run, distributions, tr)
    if "panels" not in hide:
        panels(run, tr)
    _dialog(tr)
    session.show_notices()
    with left:
        if predict.waits(run):
            heading(run, distributions, tr)
            mount(predicted.part(run, tr), "stage_predict")
        elif "bars" not in hide:
            bars(run, distributions, tr)  # last: the chart takes the browser as long as all else, which it shows before


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


def _run(run: Run, tr: Translator) -> None:
    """The tokens, the network, the notes and the text."""
    now = session.current()
    hide = now.view.hide
    record: AroundRun = {
        "part": "run",
        "step": run.moment.t,
        "moving": bool(run.moment.phase),
        "undrawable": tr("app.undrawable"),
        "switch": None if "trained" in hide else teacher_forcing.switch(tr),
        "notes": None if "notes" in hide else _notes_now(run, tr),
        "present": now.view.present,
        "blanked": tr("present.blanked"),
        "query": link.encoded(session.parts()),
        "deck": deck.handed() if st.context.is_embedded else {},
        "ack": session.record(Handled).ack,
    }
    shades = past.shades(run)

    def make() -> RunPictures:
        return {
            "strip": None if "strip" in hide else _strip(run, shades, tr),
            "network": None if "network" in hide else teacher_forcing.picture(run, tr),
            "text": None if "text" in hide else _text(run, tr),
        }

    mount(record, "stage_run", pictures(run, ("run", tr, hide, *shades.items()), make), _pressed)


def _strip(run: Run, shades: Mapping[int, float], tr: Translator) -> TokenStrip:
    strip = token_strip(run.steps, run.facts, run.moment, run.model.vocabulary, tr, run.recipe.changes)
    return past.shaded(strip, shades, run, tr) if shades else strip


def _pressed() -> None:
    sent = st.session_state.get("stage_run")  # a browser can be made to send the trigger alone
    with session.in_one_go():
        handled = session.record(Handled)
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


def _notes_now(run: Run, tr: Translator) -> list[str]:
    """The notes of the run, and how it goes on."""
    goal, slowed = session.current().goal, clock.slowed()
    notes = ([] if goal is None else [tr("stage.goal", t=goal.t)]) + _notes(run, tr)
    if slowed:  # in a line that is there: one more would push the pictures down at every late tick
        notes[0] += f" · {tr('app.slowed', seconds=slowed)}"
    return notes


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
