"""The losses of a training by update: training and held out, and the lines that they are to fall below."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from engine.figures.theme import AMBER, BLUE, GREEN, GREY, Chart, base_layout, page
from engine.figures.translator import Translator

HEIGHT = 300  # pixels
_ROOM = 0.06  # of the axis, above and below
_MOST = 1.15  # times the loss of the untrained network: a training that leaps higher leaves the picture

Curve = Sequence[tuple[int, float]]


class TrainingCurve(NamedTuple):
    """Losses in nats per token. `uniform`: log V; `ngram`: None while it is not known; `best`: the update with the
    lowest held-out loss, `shown`: the one whose samples are on show; None for none."""

    training: Curve
    held_out: Curve
    uniform: float
    ngram: float | None
    best: int | None
    shown: int | None


def draw_training_curve(curve: TrainingCurve, tr: Translator, dark: bool = False) -> Chart:
    """The chart. Training is a thin line, held out a thick one with points, the lines to beat are dashed and dotted."""
    ink, faint = page(dark).ink, page(dark).faint
    held_out = {
        **_line(curve.held_out, tr("train.curve.held_out"), AMBER, 3),
        "mode": "lines+markers",
        "marker": {"size": [13 if x == curve.best else 7 for x, _ in curve.held_out], "color": AMBER},
    }
    traces = [_line(curve.training, tr("train.curve.training"), BLUE, 1.5), held_out]
    last = max([x for x, _ in (*curve.training, *curve.held_out)], default=1)
    levels = [(curve.uniform, tr("train.curve.uniform", loss=curve.uniform), GREY, "dash")]
    if curve.ngram is not None:
        levels.append((curve.ngram, tr("train.curve.ngram", loss=curve.ngram), GREEN, "dot"))
    shapes = [_level(y, colour, dash) for y, _, colour, dash in levels]
    if curve.shown is not None:
        shapes.append({"type": "line", "x0": curve.shown, "x1": curve.shown, "yref": "paper", "y0": 0, "y1": 1,
                       "line": {"color": faint, "width": 1, "dash": "dot"}})  # fmt: skip
    notes = [_note(y, text, ink, below=y == curve.uniform) for y, text, _, _ in levels]
    ys = [y for _, y in (*curve.training, *curve.held_out)] + [y for y, *_ in levels]
    low, high = min(ys), min(max(ys), _MOST * curve.uniform)
    room = _ROOM * max(0.1, high - low)
    layout = base_layout(dark, HEIGHT, (58, 12, 8, 42), 15) | {
        "legend": {
            "orientation": "h",
            "x": 1,
            "xanchor": "right",
            "y": 0.88,
            "yanchor": "top",
            "bgcolor": "rgba(0,0,0,0)",
        },
        "shapes": shapes,
        "annotations": notes,
        "xaxis": {
            "title": {"text": tr("train.curve.updates"), "standoff": 4},
            "range": [0, 1.02 * last],
            "tickformat": ",d",
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": {
            "title": {"text": tr("train.curve.loss"), "standoff": 6},
            "range": [low - room, high + 2 * room],
            "gridcolor": page(dark).grid,
            "zeroline": False,
            "fixedrange": True,
        },
    }
    return {"data": traces, "layout": layout}


def _line(curve: Curve, name: str, colour: str, width: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [x for x, _ in curve],
        "y": [y for _, y in curve],
        "line": {"color": colour, "width": width},
        "hovertemplate": "%{x:,d}: %{y:.3f}<extra>%{fullData.name}</extra>",
    }


def _level(y: float, colour: str, dash: str) -> dict[str, Any]:
    line = {"color": colour, "width": 2, "dash": dash}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": line}


def _note(y: float, text: str, colour: str, below: bool) -> dict[str, Any]:
    return {
        "xref": "paper",
        "x": 0.01,
        "xanchor": "left",
        "y": y,
        "yanchor": "top" if below else "bottom",
        "text": text,
        "showarrow": False,
        "font": {"size": 14, "color": colour},
    }
