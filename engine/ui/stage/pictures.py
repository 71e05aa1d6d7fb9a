"""Every picture of the stage to be taken away, as PNG and SVG: the one that is chosen, made anew in the light theme.

Nothing is made of it while none is chosen. What is shown is what is saved: the picture on white, its caption below.
"""

import json
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Literal, NamedTuple

import streamlit as st

from engine.figures.draw_strip import draw_strip
from engine.figures.eos_line import draw_eos_line, eos_line
from engine.figures.inside import choices, draw_inside, draw_movers, inside, movers
from engine.figures.labels import in_quotes, needle
from engine.figures.probability_bars import bars_chart, probability_bars
from engine.figures.records import DrawStrip, DrawStrips
from engine.figures.temperatures import Retake, retakes
from engine.figures.theme import FONT
from engine.figures.token_strip import token_strip
from engine.figures.translator import Translator
from engine.phases import is_out
from engine.run import Run
from engine.ui import front_end, session
from engine.ui.parts import PicturePart
from engine.ui.save_chart import FILES_STYLE, WIDTH, figure_json, save_buttons
from engine.ui.stage import teacher_forcing
from engine.ui.stage.bars import title_of
from engine.ui.stage.pins import pins
from engine.ui.widgets import model_title
from engine.vocabulary import Vocabulary

_FRONT = Path(__file__).with_name("front")
CODE = front_end.code(_FRONT, "dom", "text_width", "save", "pictures", "take_away_picture", FONT=FONT)
_mount = st.components.v2.component("take_away_picture", js=CODE, css=FILES_STYLE)

PICTURES = ("tokens", "network", "draw", "bars", "temperatures", "eos", "movers")


class Picture(NamedTuple):
    """What is drawn, as JSON, how, and what is said below it."""

    kind: Literal["chart", "network", "strips", "tokens"]
    record: str
    caption: str


def choose(run: Run, tr: Translator) -> None:
    """The choice, and the picture that is chosen with the buttons that save it."""
    names = (*PICTURES, *(f"inside.{what}" for what in choices(run.model)))
    chosen = st.selectbox(
        tr("picture.choose"),
        names,
        index=None,
        key="take_away_picture",
        format_func=lambda name: _name(name, tr),
        placeholder=tr("picture.choose"),
        label_visibility="collapsed",
        width=360,
    )
    if chosen not in names:  # none; or one that another cell has
        return
    made = picture(chosen, run, tr)
    if made is None:
        st.html(f'<p class="said">{escape(tr("picture.none"))}</p>')
        return
    part: PicturePart = {
        "undrawable": tr("app.undrawable"),
        "name": chosen.replace(".", "-"),
        "kind": made.kind,
        "record": made.record,
        "width": WIDTH,
        "caption": f"{made.caption}\n{_source(run, tr)}",
        "buttons": save_buttons(tr),
    }
    _mount(key="take_away_saved", data=front_end.as_json(part).encode())


def picture(name: str, run: Run, tr: Translator) -> Picture | None:
    """The picture of that name at the step on show; None where there is none."""
    if name.startswith("inside."):
        return _inside(run, name.removeprefix("inside."), tr)
    makers: dict[str, Callable[[Run, Translator], Picture | None]] = {
        "tokens": _tokens,
        "network": _network,
        "draw": _draw,
        "bars": _bars,
        "temperatures": _temperatures,
        "eos": _eos,
        "movers": _movers,
    }
    return makers[name](run, tr)


def _name(name: str, tr: Translator) -> str:
    what = name.removeprefix("inside.")
    return tr(f"panel.inside.what.{what}") if what != name else tr(f"picture.{name}")


def _source(run: Run, tr: Translator) -> str:
    """Which run it is of: enough to make it again."""
    model = model_title(session.current().model_name, tr)
    settings = run.rules.settings
    return tr("picture.source", model=model, seed=run.recipe.seed, t=run.moment.t, temperature=settings.temperature)


def _tokens(run: Run, tr: Translator) -> Picture:
    strip = token_strip(run.steps, run.facts, run.moment, run.model.vocabulary, tr, run.recipe.changes)
    return Picture("tokens", json.dumps(strip), tr("picture.tokens.caption"))


def _network(run: Run, tr: Translator) -> Picture | None:
    record = teacher_forcing.picture(run, tr)
    if not record["columns"]:
        return None
    kind = "trained" if record["teacher_forced"] else "sampled"
    return Picture("network", json.dumps(record), tr(f"picture.network.{kind}"))


def _draw(run: Run, tr: Translator) -> Picture | None:
    if run.shown is None or run.distributions is None:
        return None
    record = draw_strip(run.distributions, run.shown, run.rules, run.moment, run.model.vocabulary, tr)
    if record is None or not record["strips"]:
        return None
    return Picture("strips", json.dumps(record), tr("picture.draw.caption", t=run.moment.t))


def _bars(run: Run, tr: Translator) -> Picture | None:
    distributions = run.distributions
    if run.shown is None or distributions is None or run.moment.phase == "feed":
        return None
    rows = probability_bars(distributions, run.shown, run.rules, run.moment, run.model.vocabulary, tr, pins())
    log = bool(st.session_state.get("bars_log"))
    caption = tr("picture.bars.caption", title=title_of(run, distributions, tr))
    return Picture("chart", figure_json(bars_chart(rows, run.moment, tr, log=log)), caption)


def _temperatures(run: Run, tr: Translator) -> Picture | None:
    step = run.shown
    if step is None or not is_out(step, run.moment):
        return None
    rows = retakes(run.model, step, run.recipe, tr)
    strips = [strip for row in rows for strip in _retaken(row, run.model.vocabulary, tr)]
    record: DrawStrips = {"label": "", "strips": strips, "more": "", "lens": None, "sentence": ""}
    draw = max((row.draws[0] for row in rows), key=lambda one: len(needle(one)))  # told apart at every temperature
    return Picture("strips", json.dumps(record), tr("picture.temperatures.caption", t=step.t, draw=draw))


def _retaken(row: Retake, vocabulary: Vocabulary, tr: Translator) -> list[DrawStrip]:
    """The strips of a temperature: what it gives stands above the last one, and that of a rejection stays above it."""
    token = in_quotes(vocabulary, row.token_id)
    said = tr("picture.temperatures.row", temperature=row.temperature, token=token, prob=row.prob)
    before = tr("picture.temperatures.rejected", temperature=row.temperature)
    last = len(row.strips) - 1
    return [{**strip, "caption": said if i == last else before} for i, strip in enumerate(row.strips)]


def _eos(run: Run, tr: Translator) -> Picture | None:
    line = eos_line(run.steps, run.facts, run.moment, run.model.vocabulary)
    if line is None or not line.probs:
        return None
    return Picture("chart", figure_json(draw_eos_line(line, run.moment, tr)), tr("panel.eos.title"))


def _inside(run: Run, what: str, tr: Translator) -> Picture | None:
    record = inside(run.model, run.steps, run.moment, what, run.model.num_layers - 1, tr)
    if record is None:
        return None
    last = run.moment.t - (run.moment.phase == "feed")
    caption = tr(f"panel.inside.title.{what}", first=record.first, t=last)
    return Picture("chart", figure_json(draw_inside(record, run.moment, tr)), caption)


def _movers(run: Run, tr: Translator) -> Picture | None:
    last = run.moment.t - (run.moment.phase == "feed")
    if last < 1:
        return None
    moved, _ = movers(run.model, run.steps, last, run.model.num_layers - 1)
    caption = tr("panel.inside.movers", t=last, before=last - 1)
    return Picture("chart", figure_json(draw_movers(moved, run.moment, tr)), caption)
