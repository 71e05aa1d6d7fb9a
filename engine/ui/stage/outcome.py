"""What comes of a step: its draw, or what other temperatures would have drawn, and what a lecturer would say of it."""

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine.figures.draw_strip import draw_strip
from engine.figures.translator import Translator
from engine.generation import Distributions
from engine.run import Run
from engine.ui import session
from engine.ui.novel import novel
from engine.ui.parts import AroundDraw, DrawPictures, NarrationPart
from engine.ui.stage import predicted, teacher_forcing, tour_card
from engine.ui.stage.component import Shown, place
from engine.ui.stage.find import foretold
from engine.ui.stage.narration import narration, numpy_lines
from engine.ui.stage.panels import shows_other_temperatures
from engine.ui.stage.seen import pictures
from engine.ui.tour import guide


def outcome() -> DeltaGenerator:
    """The places of both, but for what the link leaves out, and between them that of what other temperatures draw."""
    hide = session.current().view.hide
    if "draw" not in hide:
        place("draw")
    others = st.container()
    if "narration" not in hide:
        place("narration")
    return others


def draw_of(run: Run, distributions: Distributions | None, tr: Translator) -> Shown:
    """The draw. `distributions`: None before the first step."""
    moment, step, others = run.moment, run.shown, shows_other_temperatures(run)
    is_told = moment.phase in ("", "back") and not others and "numpy" not in session.current().view.hide
    title = tr("stage.draw" if step is None or step.draws else "stage.no_draw")
    if others:
        title = tr("stage.other_temperatures")
    around: AroundDraw = {"title": title, "short": others, "predict": predicted.beside_the_draw(run, tr)}

    def make() -> DrawPictures:
        strip = None
        if step is not None and distributions is not None and not others:
            strip = draw_strip(distributions, step, run.rules, moment, run.model.vocabulary, tr)
        return {"strip": strip, "numpy": numpy_lines(run) if is_told else []}

    return Shown(around, pictures(run, ("draw", tr, others, is_told), make))


def narration_of(run: Run, distributions: Distributions | None, tr: Translator) -> Shown:
    """What is said of it."""
    words = escape(tr("tour.asked")) if guide.asks() else _told(run, distributions, tr)
    said: NarrationPart = {"html": words, "look": "" if session.current().trained else run.finish_reason or ""}
    return Shown(said)


def _told(run: Run, distributions: Distributions | None, tr: Translator) -> str:
    """What a lecturer would say of the step on show, and what is known of the run, as HTML."""
    trained = session.current().trained
    words = teacher_forcing.narration(tr) if trained else narration(run, distributions, tr)
    ahead_of = "" if trained else foretold(tr)
    if ahead_of:
        words = f"<b>{escape(ahead_of)}</b> {words}"
    if run.finish_reason and not trained:
        words += f'<div class="novel">{escape(novel(run, tr))}</div>'
    if not trained:
        words += predicted.result(run, tr)
    if not run.steps:
        words += tour_card.offer(tr)
    return words
