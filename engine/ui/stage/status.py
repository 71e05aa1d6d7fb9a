"""Beside the controls: the phases of the step on show as buttons, or the flag of the end."""

from html import escape

from engine.figures.translator import Translator
from engine.phases import PHASES
from engine.run import Run
from engine.ui import session


def status(run: Run, tr: Translator) -> str:
    """The pills of the phases, or the flag of the end; the one element of the server's own HTML that tools read."""
    moment, finish = run.moment, run.finish_reason or ""
    if finish:
        look = "no_eos" if finish == "length" and run.model.vocabulary.eos_id is None else finish
        words = tr("ending.flag.eos_forced") if _ended_by_hand(run) else tr(f"ending.flag.{look}")
        inside = f'<span class="flag {look}">{escape(words)}</span>'
    elif "pills" in session.current().view.hide:
        inside = ""
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
