"""The panels below the stage's pictures: another look at the step on show, one at a time, none at first."""

from pathlib import Path

import streamlit as st

from engine.figures.eos_line import draw_eos_line, eos_line
from engine.figures.inside import choices, draw_inside, draw_movers, inside, movers
from engine.figures.labels import in_quotes, joined, needle, paragraph
from engine.figures.one_hot import one_hot
from engine.figures.temperatures import draw_retakes, retakes
from engine.figures.translator import Translator
from engine.model import LanguageModel
from engine.phases import is_out
from engine.run import Run
from engine.ui import front_end, session
from engine.ui.chart import chart, narrow
from engine.ui.stage.past import past
from engine.ui.stage.said import say
from engine.ui.stage.take_away import take_away

PANELS = ("temperatures", "eos", "inside", "past", "take_away")
_STYLE = front_end.style(Path(__file__).with_name("panels.css"))
_MOST_TIMES = 5  # steps named in a sentence


def panel_switch(tr: Translator) -> None:
    """The row of panels."""
    st.segmented_control(
        tr("panel.label"),
        PANELS,
        key="panel",
        format_func=lambda one: tr(f"panel.name.{one}"),
        label_visibility="collapsed",
    )


def _chosen() -> str | None:
    """The panel that is open. A browser can be made to send nothing of the switch, which a step does not draw again."""
    return None if "panels" in session.current().view.hide else st.session_state.get("panel")


def panel(run: Run, tr: Translator) -> None:
    """The one that is chosen; nothing is computed for the others."""
    chosen = _chosen()
    if chosen:
        st.html(_STYLE)
        pictures = {"temperatures": _temperatures, "eos": _eos, "inside": _inside, "past": past, "take_away": take_away}
        pictures[chosen](run, tr)


def _temperatures(run: Run, tr: Translator) -> None:
    moment, step = run.moment, run.shown
    if step is None or not is_out(step, moment):
        return say(tr("panel.temperatures.waiting", t=max(moment.t, 1)), moment.t)
    rows = retakes(run.model, step, run.recipe, tr)
    draw = max((row.draws[0] for row in rows), key=lambda one: len(needle(one)))  # told apart at every temperature
    words = tr("panel.temperatures.same", t=step.t, draw=draw)
    if step.origin != "drawn":
        own = in_quotes(run.model.vocabulary, step.token_id)
        words = paragraph([tr(f"panel.temperatures.{step.origin}", t=step.t, token=own), words], tr)
    say(words, moment.t)
    if narrow():
        st.html(draw_retakes(rows, step, tr))


def shows_other_temperatures(run: Run) -> bool:
    """Whether the picture of the panel of temperatures stands in place of the draw, where it is seen without scrolling:
    while that panel is open, but for a phone, where all stands below one another.
    """
    return _stands_beside() and run.shown is not None and is_out(run.shown, run.moment)


def other_temperatures(run: Run, tr: Translator) -> None:
    """That picture; nothing where it is not there."""
    if not _stands_beside():
        return
    if run.shown is None or not is_out(run.shown, run.moment):
        st.empty()  # a step can draw only where the whole page has drawn something before
        return
    rows = retakes(run.model, run.shown, run.recipe, tr)
    st.html(f'{_STYLE}<div class="beside">{draw_retakes(rows, run.shown, tr)}</div>')


def _stands_beside() -> bool:
    return _chosen() == "temperatures" and not narrow()


def _eos(run: Run, tr: Translator) -> None:
    moment = run.moment
    line = eos_line(run.steps, run.facts, moment, run.model.vocabulary)
    if line is None:
        return say(tr("panel.eos.none"), moment.t)
    if not line.probs:
        return say(tr("panel.eos.waiting"), moment.t)
    said = tr("panel.eos.title")
    if line.shown is not None:
        said += tr("panel.eos.here", t=line.shown, prob=line.probs[line.past - 1])
    for origin in dict.fromkeys(origin for _, origin in line.ends):
        times = [str(end) for end, how in line.ends if how == origin]
        more = tr("list.more") if len(times) > _MOST_TIMES else ""
        said += tr("panel.eos.at", end=tr(f"panel.eos.end.{origin}"), times=joined(times[:_MOST_TIMES], tr) + more)
    say(said, moment.t)
    chart(
        draw_eos_line(line, moment, tr, dark=_dark()),
        key="panel_eos",
        alt=said,
    )


def _inside(run: Run, tr: Translator) -> None:
    model, moment = run.model, run.moment
    last = moment.t - (moment.phase == "feed")
    if run.shown is not None:
        st.html(one_hot(model, run.shown, tr))
    if last < 1:
        return say(tr("panel.inside.waiting"), moment.t)
    what, layer = _what(model, tr)
    record = inside(model, run.steps, moment, what, layer, tr)
    if record is None:
        raise RuntimeError("from the first step on there is an a<t>")
    title = tr(f"panel.inside.title.{what}", first=record.first, t=last)
    left, right = st.columns([1.6, 1], gap="medium") if what == "a" else (st.container(), None)
    with left:
        say(title, moment.t)
        chart(
            draw_inside(record, moment, tr, dark=_dark()),
            key="panel_inside",
            alt=tr(
                "panel.inside.alt",
                title=title,
                units=len(record.values),
                low=record.low,
                high=record.high,
            ),
        )
    if right is not None:
        with right:
            moved, mean = movers(model, run.steps, last, layer)
            said = tr("panel.inside.moved", t=last, before=last - 1, mean=mean)
            say(tr("panel.inside.movers", t=last, before=last - 1), moment.t)
            units = joined((tr("panel.inside.mover", **one._asdict()) for one in moved[:3]), tr)
            chart(
                draw_movers(moved, moment, tr, dark=_dark()),
                key="panel_movers",
                alt=tr("panel.inside.movers.alt", said=said, units=units),
            )
            say(said, moment.t)


def _what(model: LanguageModel, tr: Translator) -> tuple[str, int]:
    """What the heat map shows and of which layer; asked only where there is a choice, and kept by the kind of cell."""
    options, what, layer = choices(model), "a", model.num_layers - 1
    with st.container(horizontal=True, gap="small"):
        if len(options) > 1:
            what = st.segmented_control(
                tr("panel.inside.what"),
                options,
                key=f"panel_inside_{model.cell}",
                default="a",
                required=True,
                format_func=lambda one: tr(f"panel.inside.what.{one}"),
                label_visibility="collapsed",
            )
        if model.num_layers > 1:
            layer = st.segmented_control(
                tr("panel.inside.layer"),
                range(model.num_layers),
                key=f"panel_layer_{model.num_layers}",
                default=layer,
                required=True,
                format_func=lambda one: tr("panel.inside.layer.name", layer=one + 1),
                label_visibility="collapsed",
            )
    return what, layer


def _dark() -> bool:
    return st.context.theme.type == "dark"
