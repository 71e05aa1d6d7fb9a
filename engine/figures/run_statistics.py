"""Many whole runs as pictures: how long they are and how they ended, and how many draws a step took."""

from html import escape
from math import log10
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from engine.figures.theme import AMBER, CLEAN_LINE, COLOURS, HATCHED, base_layout, page, tint
from engine.figures.translator import Translator
from engine.many_runs import Survey
from engine.statistics import binomial_band

HEIGHT = 230  # pixels
MOST_BARS = 40
MOST_DRAWS_SHOWN = 10
_WIDTHS = [mantissa * 10**power for power in range(5) for mantissa in (1, 2, 5)]
_NONE = 0.12  # where a count of 0 stands on the logarithmic axis


class Lengths(NamedTuple):
    """How many runs have `first` ... `first` + `width` - 1 steps after the prompt, and so on, a number for each bar.

    `ended` by <EOS>, `stopped` by the step limit. `clean`: the runs that met no <UNK>, scaled to as many as there are
    runs; None if that is all of them or none.
    """

    first: int
    width: int
    ended: list[int]
    stopped: list[int]
    clean: list[float] | None


class DrawsRow(NamedTuple):
    """Steps that took `draws` draws: how many did, how many the law lets expect, and where 95 % of experiments lie."""

    draws: int
    count: int  # type: ignore[assignment]  # instead of tuple.count
    expected: float
    least: int
    most: int


def lengths(survey: Survey) -> Lengths:
    """The histogram of at least one run."""
    steps, runs = survey.steps, survey.runs
    first, last = int(steps.min()), int(steps.max())
    width = next(width for width in _WIDTHS if (last - first) // width < MOST_BARS)
    first = (first - 1) // width * width + 1  # so that bars end at round numbers, where a step limit lies
    bars = (last - first) // width + 1
    place = (steps - first) // width
    by_eos, clean = np.array([run.ending == "eos" for run in runs]), np.array([run.clean for run in runs])

    def counted(which: np.ndarray) -> np.ndarray:
        return np.bincount(place[which], minlength=bars)

    share = None
    if 0 < clean.sum() < len(runs):
        share = (counted(clean) * (len(runs) / clean.sum())).tolist()
    return Lengths(first, width, counted(by_eos).tolist(), counted(~by_eos).tolist(), share)


def draws_rows(survey: Survey) -> list[DrawsRow]:
    """1, 2, ... draws, as far as any came or is to be expected; an empty list where <UNK> is never rejected."""
    steps = int(survey.draws.sum())
    if not steps:
        return []
    possible = int(survey.draws_at.max())
    seen = np.flatnonzero((survey.draws > 0) | (survey.expected >= 0.5))
    shown = min(possible, max(3, int(seen.max()) + 1), MOST_DRAWS_SHOWN)
    return [
        DrawsRow(k + 1, int(survey.draws[k]), float(expected), *binomial_band(steps, min(1.0, float(expected) / steps)))
        for k, expected in enumerate(survey.expected[:shown])
    ]


def draw_lengths(histogram: Lengths, tr: Translator, dark: bool = False) -> go.Figure:
    """Stacked bars: <EOS> green, the step limit purple and hatched; the runs without <UNK> as a dashed outline."""
    first, width, ended, stopped, clean = histogram
    at = [first + width * i for i in range(len(ended))]
    names = at if width == 1 else [f"{one}–{one + width - 1}" for one in at]
    traces = []
    for key, counts, colour, pattern in (("eos", ended, COLOURS["eos"], ""), ("limit", stopped, COLOURS["limit"], "/")):
        if any(counts):
            hover = [
                escape(
                    tr("draws.lengths.hover", steps=name, count=count, ending=tr(f"draws.short.{key}")),
                    quote=False,
                )
                for name, count in zip(names, counts, strict=True)
            ]
            traces.append(
                {
                    "type": "bar",
                    "name": escape(tr(f"draws.short.{key}"), quote=False),
                    "x": [one + (width - 1) / 2 for one in at],
                    "y": counts,
                    "width": width * 0.86,
                    "marker": {"color": colour, "pattern": {"shape": pattern, **HATCHED}},
                    "hoverinfo": "text",
                    "hovertext": hover,
                }
            )
    if clean is not None:
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": escape(tr("draws.short.clean"), quote=False),
                "x": [at[0] - 0.5, *(one - 0.5 + width for one in at)],
                "y": [*clean, clean[-1]],
                "line": {"shape": "hv", "color": CLEAN_LINE[dark], "width": 3, "dash": "5px,2px"},
                "hoverinfo": "skip",
            }
        )
    layout = _layout(dark, tr("draws.axis.steps"), tr("draws.axis.runs"))
    layout["barmode"] = "stack"
    room = max(0, 10 - len(at)) * width / 2  # so that a lone bar is not as wide as the picture
    layout["xaxis"] |= {"range": [at[0] - 0.6 - room, at[-1] + width - 0.4 + room], "tickformat": "d"}
    if len(at) <= 12:
        layout["xaxis"] |= {"tickvals": [one + (width - 1) / 2 for one in at], "ticktext": names}
    layout["yaxis"] |= {"rangemode": "tozero", "tickformat": ",d"}
    layout["legend"] = {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "font": {"size": 14}}
    return go.Figure(traces, layout)


def draw_draws(rows: list[DrawsRow], tr: Translator, dark: bool = False) -> go.Figure:
    """Counts as dots, the law as a mark with its band; on a logarithmic axis a geometric law is a straight line."""
    ink = page(dark).ink
    at = [row.draws for row in rows]
    hover = [escape(tr("draws.draws.hover", **row._asdict()), quote=False) for row in rows]
    band = {"fillcolor": tint(AMBER, 0.35), "line": {"color": AMBER, "width": 1}, "layer": "below"}
    shapes = [
        {
            "type": "rect",
            "x0": row.draws - 0.3,
            "x1": row.draws + 0.3,
            "y0": _log(row.least),
            "y1": _log(row.most),
            **band,
        }
        for row in rows
    ]
    expected = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": tr("draws.draws.expected"),
        "x": at,
        "y": [_log(row.expected) if row.expected >= _NONE else None for row in rows],
        "line": {"color": ink, "width": 1.5, "dash": "dot"},
        "marker": {"symbol": "line-ew", "size": 26, "line": {"width": 3, "color": ink}},
        "hoverinfo": "skip",
    }
    outside = [not row.least <= row.count <= row.most for row in rows]
    counted = {
        "type": "scatter",
        "mode": "markers",
        "name": tr("draws.draws.counted"),
        "x": at,
        "y": [_log(row.count) for row in rows],
        "marker": {"size": 13, "color": [COLOURS["rejected"] if out else COLOURS["token"] for out in outside]},
        "hoverinfo": "text",
        "hovertext": hover,
        "cliponaxis": False,
    }
    numbers = [
        {
            "x": row.draws + 0.33,
            "y": _log(row.count),
            "text": f"<b>{row.count:,} ≠</b>" if out else f"{row.count:,}",
            "xanchor": "left",
            "showarrow": False,
            "font": {"size": 15},
        }
        for row, out in zip(rows, outside, strict=True)
    ]
    layout = _layout(dark, tr("draws.axis.draws"), tr("draws.axis.counted"))
    top = max(_log(max(row.count, row.most, 10)) for row in rows)
    layout |= {"shapes": shapes, "annotations": numbers}
    layout["xaxis"] |= {"range": [0.5, len(rows) + 0.9], "tickvals": at}
    ticks = [10**power for power in range(int(top) + 1)]
    layout["yaxis"] |= {
        "range": [log10(_NONE) - 0.3, top + 0.35],
        "tickvals": [log10(_NONE), *map(log10, ticks)],
        "ticktext": ["0", *(f"{tick:,}" for tick in ticks)],
    }
    layout["legend"] = {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "font": {"size": 14}}
    return go.Figure([expected, counted], layout)


def _log(count: float) -> float:
    return log10(max(count, _NONE))


def _layout(dark: bool, x: str, y: str) -> dict[str, Any]:
    axis = {"fixedrange": True, "zeroline": False, "tickfont": {"size": 15}}
    return base_layout(dark, HEIGHT, (66, 8, 26, 44), 15) | {
        "dragmode": False,
        "xaxis": {**axis, "title": {"text": escape(x, quote=False), "standoff": 4}, "showgrid": False},
        "yaxis": {**axis, "title": {"text": escape(y, quote=False), "standoff": 4}, "gridcolor": page(dark).grid},
    }
