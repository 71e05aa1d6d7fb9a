"""All that a step sends: what is shown of it, at the places that page.py has for it."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from engine.figures.records import TokenStrip
from engine.figures.token_strip import token_strip
from engine.figures.translator import Translator
from engine.phases import is_out
from engine.run import Run
from engine.scoring import log_prob, perplexity
from engine.ui import clock, link, session
from engine.ui.parts import Ack, AroundRun, AroundStep, RunningText, RunPictures
from engine.ui.stage import deck, past, predict, predicted, teacher_forcing
from engine.ui.stage.actions import act
from engine.ui.stage.bars import bars_of, title_of
from engine.ui.stage.component import Shown, mount, new_presses
from engine.ui.stage.outcome import draw_of, narration_of
from engine.ui.stage.seen import pictures


@dataclass
class Handled:
    """The last press that the browser's message brought, as `new_presses` gives it."""

    ack: Ack | None = None


def step(run: Run, tr: Translator) -> None:
    """Send the step on show; the run is drawn here, what else is shown of it at its places."""
    now, distributions = session.current(), run.distributions
    hide = now.view.hide
    around: AroundStep = {
        "part": "step",
        "step": run.moment.t,
        "moving": bool(run.moment.phase),
        "undrawable": tr("app.undrawable"),
        "present": now.view.present,
        "blanked": tr("present.blanked"),
        "query": link.encoded(session.parts()),
        "deck": deck.handed() if st.context.is_embedded else {},
        "ack": session.record(Handled).ack,
    }
    waits = predict.waits(run)
    with_bars = "bars" not in hide and not waits
    shown = {
        "run": _run(run, tr),
        "heading": Shown({"words": title_of(run, distributions, tr)}) if with_bars or waits else None,
        "bars": bars_of(run, distributions, tr) if with_bars else None,
        "predict": Shown(predicted.part(run, tr)) if waits else None,
        "draw": None if "draw" in hide else draw_of(run, distributions, tr),
        "narration": None if "narration" in hide else narration_of(run, distributions, tr),
    }
    mount(around, shown, "stage_run", _pressed)


def _pressed() -> None:
    sent = st.session_state.get("stage_run")  # a browser can be made to send the trigger alone
    with session.in_one_go():
        handled = session.record(Handled)
        presses, handled.ack = new_presses(sent and sent.get("presses"), handled.ack)
        for action, argument in presses:
            act(action, argument)


def _run(run: Run, tr: Translator) -> Shown:
    """The tokens, the network, the notes and the text."""
    hide = session.current().view.hide
    around: AroundRun = {
        "switch": None if "trained" in hide else teacher_forcing.switch(tr),
        "notes": None if "notes" in hide else _notes_now(run, tr),
    }
    shades = past.shades(run)

    def make() -> RunPictures:
        return {
            "strip": None if "strip" in hide else _strip(run, shades, tr),
            "network": None if "network" in hide else teacher_forcing.picture(run, tr),
            "text": None if "text" in hide else _text(run, tr),
        }

    return Shown(around, pictures(run, ("run", tr, hide, *shades.items()), make))


def _strip(run: Run, shades: Mapping[int, float], tr: Translator) -> TokenStrip:
    strip = token_strip(run.steps, run.facts, run.moment, run.model.vocabulary, tr, run.recipe.changes)
    return past.shaded(strip, shades, run, tr) if shades else strip


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
    told = ([] if goal is None else [tr("stage.goal", t=goal.t)]) + notes(run, tr)
    if slowed:  # in a line that is there: one more would push the pictures down at every late tick
        told[0] += f" · {tr('app.slowed', seconds=slowed)}"
    return told


def notes(run: Run, tr: Translator) -> list[str]:
    """The counter; log P and perplexity of the tokens that are out; what is known of the latest prediction."""
    shown = run.moment.t
    told = [tr("stage.counter", t=shown, last=run.last)]
    out = shown if run.shown is not None and is_out(run.shown, run.moment) else shown - 1
    if out > 0:
        known = run.facts[:out]
        told.append(tr("stage.log_prob", log_prob=log_prob(known), perplexity=perplexity(known)))
    predicted = shown - (run.moment.phase == "feed")
    if predicted > 0:
        facts = run.facts[predicted - 1]
        eos = "" if facts.eos_prob is None else " · " + tr("stage.eos_prob", prob=facts.eos_prob)
        told.append(tr("stage.entropy", t=predicted, bits=facts.entropy) + eos)
    return told
