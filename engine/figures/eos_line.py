"""P(<EOS>) by time step: how near the end was at each step, and where it was drawn."""

from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

import plotly.graph_objects as go

from engine.figures.labels import percent
from engine.figures.theme import AMBER, EOS_LINE, base_layout, page
from engine.figures.translator import Translator
from engine.generation import GenerationStep, StepFacts
from engine.phases import Moment, is_out
from engine.vocabulary import Vocabulary

WINDOW = 300  # steps on the line at once: about three pixels each on a projector
HEIGHT = 190  # pixels
_TOPS = (0.01, 0.1)  # where the axis may end, else at 1, so that it does not move at every step
_FEWEST = 10  # steps that the axis has room for at least


class EosLine(NamedTuple):
    """`first`: the time step of the first point; `probs`: the model's own P(<EOS>) from there on, a point a step.

    `shown`: the step on show, None while its prediction is not there; `past`: how many of the points are no future that
    Back left behind. `ends`: (t, origin) wherever <EOS> came out.
    """

    first: int
    probs: list[float]
    shown: int | None
    past: int
    ends: list[tuple[int, str]]


def eos_line(
    steps: Sequence[GenerationStep], facts: Sequence[StepFacts], moment: Moment, vocabulary: Vocabulary
) -> EosLine | None:
    """The line around the step on show; None for a vocabulary without <EOS>. `steps`, `facts`: all that are known."""
    if vocabulary.eos_id is None:
        return None
    whole = moment.phase in ("", "back")
    past = moment.t - (moment.phase == "feed")
    known = len(steps) if whole else past
    last = min(known, max(WINDOW, moment.t + WINDOW // 3))
    first = max(1, last - WINDOW + 1)
    ends = [
        (step.t, step.origin)
        for step in steps[first - 1 : last]
        if step.token_id == vocabulary.eos_id and is_out(step, moment)
    ]
    probs = [one.eos_prob for one in facts[first - 1 : last] if one.eos_prob is not None]  # all of them
    return EosLine(first, probs, moment.t if moment.t and past == moment.t else None, past - first + 1, ends)


def draw_eos_line(line: EosLine, moment: Moment, tr: Translator, dark: bool = False) -> go.Figure:
    """The chart: a full line up to the step on show, a dotted one after it; a flag with its word where <EOS> came."""
    colour = EOS_LINE[dark]
    at = list(range(line.first, line.first + len(line.probs)))
    top = next((edge for edge in _TOPS if max(line.probs, default=0.0) <= edge), 1.0)
    hover = [_escaped(tr("panel.eos.hover", t=i, prob=p)) for i, p in zip(at, line.probs, strict=True)]
    trace = {
        "type": "scatter",
        "mode": "lines+markers" if len(at) <= 100 else "lines",
        "hoverinfo": "text",
        "marker": {"size": 8, "color": colour},
    }
    past = {**trace, "x": at[: line.past], "y": line.probs[: line.past], "hovertext": hover[: line.past]}
    past["line"] = {"width": 2.5, "color": colour}
    begin = max(0, line.past - 1)  # joined to the last point of the past
    future = {**trace, "x": at[begin:], "y": line.probs[begin:], "hovertext": hover[begin:], "opacity": 0.55}
    future["line"] = {"width": 2, "dash": "dot", "color": colour}
    notes, shapes = [], []
    if line.shown is not None:
        shapes.append({**_upright(line.shown, AMBER, 12), "opacity": 0.5, "layer": "below"})
    for end, origin in line.ends:
        shapes.append(_upright(end, colour, 2))
        words = f"⚑ {tr(f'panel.eos.end.{origin}')}" if len(line.ends) == 1 else "⚑"  # words of many would overlap
        notes.append(_flag(end, words, left=end - line.first > 0.6 * max(len(at), _FEWEST)))
    layout = base_layout(dark, HEIGHT, (58, 14, 26, 38), 15) | {
        "meta": {"step": moment.t},
        "showlegend": False,
        "shapes": shapes,
        "annotations": notes,
        "xaxis": {
            "range": [line.first - 0.5, line.first + max(len(at), _FEWEST) - 0.5],
            "title": {"text": "t", "standoff": 4},
            "tickformat": "d",
            "nticks": 20,
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
        },
        "yaxis": {
            "range": [-0.04 * top, 1.04 * top],
            "tickvals": [0, top / 2, top],
            "ticktext": [percent(value) for value in (0.0, top / 2, top)],
            "gridcolor": page(dark).grid,
            "zeroline": False,
            "fixedrange": True,
        },
    }
    return go.Figure([past, future] if line.past < len(at) else [past], layout)


def _upright(x: int, colour: str, width: float) -> dict[str, Any]:
    line = {"color": colour, "width": width}
    return {"type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def _flag(x: int, text: str, left: bool) -> dict[str, Any]:
    """Above the upright of its step, its words to the right; near the right edge to the left."""
    return {
        "x": x,
        "y": 1,
        "yref": "paper",
        "xanchor": "right" if left else "left",
        "yanchor": "bottom",
        "xshift": 8 if left else -8,
        "text": _escaped(text),
        "showarrow": False,
        "font": {"size": 17},
    }


def _escaped(text: str) -> str:
    """<EOS> is no tag to Plotly."""
    return escape(text, quote=False)
