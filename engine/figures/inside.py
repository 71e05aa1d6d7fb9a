"""Inside a<t>: the hidden state, the gates and the cell state as a heat map, units by time steps."""

from collections.abc import Sequence
from html import escape
from math import ceil
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from engine.figures.labels import token_label
from engine.figures.theme import AMBER, BOTH_SIGNS, DOWN, MOVED, ONE_SIGN, UP, base_layout, page
from engine.figures.translator import Translator
from engine.generation import GenerationStep
from engine.model import LanguageModel
from engine.phases import Moment

COLUMNS = 60  # time steps drawn at most, the last of them the one on show
MOVERS = 12  # units listed that moved most
_MAP_HEIGHT = 320  # pixels of the map; more where there are more units, so that each has one of its own
_LABELS = 20  # columns named below the map at most
_LONGEST = 9  # letters of a token in such a name
_CORNER = {"xref": "paper", "yref": "paper", "x": 0, "y": 0, "xanchor": "right", "yanchor": "top", "showarrow": False}


class Inside(NamedTuple):
    """What the heat map shows. `what`: "a", "c" or a gate of the cell ("i", "f", "o"; "r", "z").

    `first`: the time step of the first column; `values`: (units, columns), as the engine computed them; `low`, `high`:
    the ends of the colours; `fed`: what went in at each column. `moved`: the mean of |value - value a step before| over
    the units, a column each; empty for gates.
    """

    what: str
    first: int
    values: np.ndarray
    low: float
    high: float
    fed: list[str]
    moved: np.ndarray


class Mover(NamedTuple):
    """A unit of a<t> (from 0) and its value at the step before and now."""

    unit: int
    before: float
    now: float


def choices(model: LanguageModel) -> tuple[str, ...]:
    """What can be looked at: "a" in every cell, "c" and the gates where it has them."""
    has_c = "c" in model.equations.state_names
    return ("a", *(("c",) if has_c else ()), *model.equations.gate_names)


def inside(
    model: LanguageModel, steps: Sequence[GenerationStep], moment: Moment, what: str, layer: int, tr: Translator
) -> Inside | None:
    """The last columns up to the step on show, of `layer` (from 0); None while there is no a<t> yet.

    a<t> and c<t> are kept in the steps; the gates are computed again, those of the columns drawn alone.
    """
    last = moment.t - (moment.phase == "feed")
    if last < 1:
        return None
    first = max(1, last - COLUMNS + 1)
    shown = steps[first - 1 : last]
    states = [steps[first - 2].state if first > 1 else model.initial_state(), *(step.state for step in shown)]
    if what in ("a", "c"):
        rows = np.array([(state.h if what == "a" or state.c is None else state.c)[layer] for state in states])
        values, moved = rows[1:].T, np.abs(np.diff(rows, axis=0)).mean(axis=1)
        high = max(1.0, float(np.ceil(np.abs(values).max())))  # c<t> has no bounds, nor has a<t> under relu
        low = -high
    else:
        gates = [model.gates(step.input_id, before)[layer][what] for step, before in zip(shown, states, strict=False)]
        values, moved, low, high = np.array(gates).T, np.empty(0), 0.0, 1.0
    fed = ["0" if step.input_id is None else token_label(model.vocabulary, step.input_id) for step in shown]
    return Inside(what, first, values, low, high, fed, moved)


def movers(model: LanguageModel, steps: Sequence[GenerationStep], at: int, layer: int) -> tuple[list[Mover], float]:
    """The units of a<at> that moved most against a<at - 1>, the farthest first, and the mean move of all units."""
    before = steps[at - 2].state if at > 1 else model.initial_state()
    old, new = before.h[layer], steps[at - 1].state.h[layer]
    moves = np.abs(new - old)
    order = np.argsort(-moves, kind="stable")[:MOVERS]
    return [Mover(int(unit), float(old[unit]), float(new[unit])) for unit in order], float(moves.mean())


def draw_inside(record: Inside, moment: Moment, tr: Translator, dark: bool = False) -> go.Figure:
    """The heat map, a row a unit; above it, for a and c, how far all units moved at each step."""
    units, count = record.values.shape
    at = list(range(record.first, record.first + count))
    ends = {"a": (-1, 0, 1), "c": (record.low, 0, record.high)}.get(record.what, (0, 0.5, 1))
    colours = (BOTH_SIGNS if record.low < 0 else ONE_SIGN)[dark]
    height = max(_MAP_HEIGHT, units)
    heat = {
        "type": "heatmap",
        "x": at,
        "y": list(range(units)),
        "z": record.values.astype(np.float32, copy=False),
        "zmin": record.low,
        "zmax": record.high,
        "colorscale": [[i / (len(colours) - 1), colour] for i, colour in enumerate(colours)],
        "colorbar": {
            "thickness": 14,
            "len": height,
            "y": 0,
            "yanchor": "bottom",
            "lenmode": "pixels",
            "tickvals": list(ends),
            "ticktext": [f"{value:g}".replace("-", "−") for value in ends],
            "outlinewidth": 0,
            "xpad": 6,
        },
        "hovertemplate": tr("panel.inside.hover", unit="%{y}", t="%{x}", value="%{z:.3f}") + "<extra></extra>",
    }
    traces, above = [heat], 0
    if len(record.moved):
        above = 64
        moved = "panel.inside.moved.c" if record.what == "c" else "panel.inside.moved"
        traces.append(
            {
                "type": "bar",
                "x": at,
                "y": record.moved,
                "yaxis": "y2",
                "marker": {"color": [AMBER if i == moment.t else MOVED for i in at]},
                "hovertext": [
                    tr(moved, t=i, before=i - 1, mean=move) for i, move in zip(at, record.moved, strict=True)
                ],
                "hoverinfo": "text",
            }
        )
    named = range(count - 1, -1, -ceil(count / _LABELS))  # from the step on show back, so that it is always among them
    names = [f"{at[i]}: {_short(record.fed[i])}" for i in named]
    share, below = height / (height + above), 22 + 8 * max(map(len, names))  # room for the longest name set upright
    plain = {"fixedrange": True, "showgrid": False, "zeroline": False}
    layout = base_layout(dark, 14 + above + height + below, (52, 0, 14, below), 14) | {
        "meta": {"step": moment.t},
        "showlegend": False,
        "dragmode": False,
        "annotations": [{**_CORNER, "text": "t: x⟨t⟩"}],
        "bargap": 0.35,
        "xaxis": {
            **plain,
            "range": [record.first - 0.5, record.first + max(count, 8) - 0.5],
            "tickvals": [at[i] for i in named],
            "ticktext": names,
            "autotickangles": [0, -90],
        },
        "yaxis": {
            **plain,
            "domain": [0, share],
            "range": [units - 0.5, -0.5],
            "nticks": 8,
            "tickformat": "d",
            "title": {"text": tr("panel.inside.units"), "standoff": 2},
        },
    }
    if above:
        most = float(record.moved.max())
        layout["yaxis2"] = {
            **plain,
            "domain": [share + 0.03, 1],
            "range": [0, most * 1.05 or 1],
            "tickvals": [most],
            "ticktext": [f"{most:.2f}"],
        }
    return go.Figure(traces, layout)


def draw_movers(moved: list[Mover], moment: Moment, tr: Translator, dark: bool = False) -> go.Figure:
    """A row a unit, a bar from its value a step before to the one now, the numbers and the direction beside it."""
    rows = list(range(len(moved)))
    colours = [UP if one.now >= one.before else DOWN for one in moved]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": rows,
        "base": [one.before for one in moved],
        "x": [one.now - one.before for one in moved],
        "marker": {"color": colours},
        "hoverinfo": "skip",
    }
    texts = [f"{_signed(one.before)} {'▲' if one.now >= one.before else '▼'} {_signed(one.now)}" for one in moved]
    note = {"xref": "paper", "x": 1, "xshift": 8, "xanchor": "left", "showarrow": False}
    notes = [{**note, "y": row, "text": text} for row, text in zip(rows, texts, strict=True)]
    ink, _, _, grid = page(dark)
    layout = base_layout(dark, 24 * len(moved) + 40, (76, 132, 4, 32), 15) | {
        "meta": {"step": moment.t},
        "showlegend": False,
        "bargap": 0.3,
        "annotations": notes,
        "shapes": [{"type": "line", "x0": 0, "x1": 0, "yref": "paper", "y0": 0, "y1": 1, "line": {"color": ink}}],
        "xaxis": {
            "range": [-1, 1],
            "tickvals": [-1, 0, 1],
            "ticktext": ["−1", "0", "1"],
            "gridcolor": grid,
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": {
            "tickvals": rows,
            "ticktext": [f"{tr('panel.inside.unit', unit=one.unit)} " for one in moved],
            "range": [len(moved) - 0.5, -0.5],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
    }
    return go.Figure([bars], layout)


def _short(token: str) -> str:
    """Cut to what fits, and escaped: Plotly reads a few tags in labels."""
    return escape(token if len(token) <= _LONGEST else f"{token[: _LONGEST - 1]}…", quote=False)


def _signed(value: float) -> str:
    return f"{round(value, 2) + 0.0:+.2f}".replace("-", "−")  # + 0.0: no −0.00
