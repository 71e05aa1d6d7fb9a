"""The main page: one run, one time step at a time. Only the fragment below runs again at a step."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from engine.figures.draw_strip import draw_strip
from engine.figures.token_strip import token_strip
from engine.figures.translator import Translator
from engine.generation import Distributions
from engine.phases import PHASES, is_out
from engine.run import Run
from engine.scoring import log_prob, perplexity
from engine.ui import changes, clock, link, session
from engine.ui.models import shelf
from engine.ui.parts import Ack, DrawPart, RunningText, RunPart
from engine.ui.stage import live, past, predict, predicted, teacher_forcing
from engine.ui.stage.actions import ACTIONS, BUTTONS, Opening, act, key_list
from engine.ui.stage.bars import bars, heading
from engine.ui.stage.component import load, mount, new_presses
from engine.ui.stage.find import foretold
from engine.ui.stage.narration import narration, numpy_lines
from engine.ui.stage.novel import novel
from engine.ui.stage.panels import other_temperatures, panels
from engine.ui.stage.sidebar import in_sidebar, sidebar
from engine.vocabulary import LEVELS

PLAY_SECONDS = 0.25  # from one step to the next while it plays
TRAVEL_SECONDS = 0.4  # from one slice to the next while the run goes to a step far off


@dataclass
class Handled:
    """The last press that the browser's message brought, as `new_presses` gives it."""

    ack: Ack | None = None


def page() -> None:
    """The page "Sample"."""
    sidebar(shelf())
    load()
    clock.going_on(_stage, _go_on, _pace, in_sidebar)


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
    _controls(session.run(), tr)
    run = live.as_dragged(teacher_forcing.on_stage())
    distributions = run.distributions
    _pictures_of_the_run(run, tr)
    left, right = st.columns([1.1, 1], gap="medium")
    with right:
        _outcome(run, distributions, tr)
    panels(run, tr)
    _dialog(tr)
    session.show_notices()
    with left:
        if predict.waits(run):
            heading(run, distributions, tr)
            mount(predicted.part(run, tr), "stage_predict")
        else:
            bars(
                run, distributions, tr
            )  # last: the chart takes the browser as long as all else, which it can show before


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


def _controls(run: Run, tr: Translator) -> None:
    level = run.model.vocabulary.level
    if st.session_state.get("level") != level:  # written at every step, it would make the browser draw the switch again
        st.session_state.level = level
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="controls"):
        st.segmented_control(
            tr("control.level"),
            LEVELS,
            key="level",
            on_change=lambda: changes.change_level(st.session_state.level or level),
            format_func=lambda one: tr(f"level.{one}"),
            label_visibility="collapsed",
        )
        now = session.current()
        for action in BUTTONS:
            name, icon = ("pause", "pause") if action == "play" and now.playing else (action, ACTIONS[action].icon)
            st.button(
                tr(f"control.{name}"),
                key=f"control_{action}",
                icon=f":material/{icon}:",
                type="primary" if action == "step" else "secondary",
                on_click=act,
                args=(action,),
                help=tr(f"control.{name}.help"),
                disabled=ACTIONS[action].is_off(now),
            )
        st.html(_status(run, tr))


def _status(run: Run, tr: Translator) -> str:
    """The pills of the phases, or the flag of the end; the one element of the server's own HTML that tools read."""
    moment, finish = run.moment, run.finish_reason or ""
    if finish:
        look = "no_eos" if finish == "length" and run.model.vocabulary.eos_id is None else finish
        words = tr("ending.flag.eos_forced") if _ended_by_hand(run) else tr(f"ending.flag.{look}")
        inside = f'<span class="flag {look}">{escape(words)}</span>'
    else:
        names = {one.phase for one in (run if moment.t else run.at(1)).phases if one.phase != "draw" or one.draws}
        inside = "".join(_pill(i, phase, moment.phase == phase, phase in names, tr) for i, phase in enumerate(PHASES))
    return (
        f'<div class="status" data-step="{moment.t}" data-phase="{moment.phase}" data-finish="{finish}">{inside}</div>'
    )


def _pill(i: int, phase: str, is_now: bool, is_there: bool, tr: Translator) -> str:
    """A phase as a button, which front/keys.js listens to; it cannot be pressed where the step does not have it."""
    now = 'aria-current="step"' if is_now else ""
    state = "" if is_there else "disabled"
    look = "pill now" if is_now else "pill"
    return (
        f'<button type="button" class="{look}" data-press="pill" data-argument="{i}" {now} {state}>'
        f"{escape(tr(f'phase.{phase}'))}</button>"
    )


def _ended_by_hand(run: Run) -> bool:
    return run.finish_reason == "eos" and run.shown is not None and run.shown.origin == "forced"


def _pictures_of_the_run(run: Run, tr: Translator) -> None:
    strip = token_strip(run.steps, run.facts, run.moment, run.model.vocabulary, tr, run.recipe.changes)
    goal = session.current().goal
    on_the_way = [] if goal is None else [tr("stage.goal", t=goal.t)]
    record: RunPart = {
        "part": "run",
        "step": run.moment.t,
        "moving": bool(run.moment.phase),
        "undrawable": tr("app.undrawable"),
        "strip": past.shaded(strip, run, tr),
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
    step, strip, others = run.shown, None, other_temperatures(run, tr)
    if step is not None and distributions is not None and not others:
        strip = draw_strip(distributions, step, run.rules, moment, vocabulary, tr)
    title = tr("stage.draw" if step is None or step.draws else "stage.no_draw")
    if others:
        title = tr("stage.other_temperatures")
    record: DrawPart = {
        "part": "draw",
        "step": moment.t,
        "moving": bool(moment.phase),
        "undrawable": tr("app.undrawable"),
        "title": title,
        "strip": strip,
        "numpy": numpy_lines(run) if not others and moment.phase in ("", "back") else [],
        "predict": predicted.beside_the_draw(run, tr),
    }
    mount(record, "stage_draw")
    if others:
        st.html(others)
    trained, ended = session.current().trained, run.finish_reason or ""
    words = teacher_forcing.narration(tr) if trained else narration(run, distributions, tr)
    ahead_of = "" if trained else foretold(tr)
    if ahead_of:
        words = f"<b>{escape(ahead_of)}</b> {words}"
    if ended and not trained:
        words += f'<div class="novel">{escape(novel(run, tr))}</div>'
    if not trained:
        words += predicted.result(run, tr)
    st.html(f'<div class="narration {"" if trained else ended}" data-step="{moment.t}" data-said>{words}</div>')
