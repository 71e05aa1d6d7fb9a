"""How far back two models look: loss against the context in sight, and what changes when the past is cut off."""

import math
from typing import Any

import numpy as np
import plotly.graph_objects as go

from engine.comparison import Cut, Reach
from engine.figures.labels import visible
from engine.figures.theme import COLOURS, VEIL, VERMILION, base_layout, page, tint
from engine.figures.translator import Translator

_LOOKS = {  # colour, dash and sign of each model's curve: never the colour alone
    "word": (COLOURS["token"], "solid", "square"),
    "char": (COLOURS["rejected"], "dot", "circle"),
}
_LABEL_AT = {"word": -46, "char": 34}  # pixels below the curve: on two sides of it, so that neither covers the other
_LETTERS = 60  # characters that can stand below a chart one by one


def context_chart(
    curves: dict[str, list[tuple[float, float]]], reaches: dict[str, Reach | None], tr: Translator, dark: bool = False
) -> go.Figure:
    """Loss in bits per character against the characters in sight (each twice the one before), a line for each level.

    An arrow marks where more context stops helping.
    """
    ink, traces, notes = page(dark).ink, [], []
    for level, points in curves.items():
        reach = reaches[level]
        if not points or reach is None:
            continue
        colour, dash, sign = _LOOKS[level]
        seen, losses = zip(*points, strict=True)
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": tr(f"level.{level}"),
                "x": seen,
                "y": losses,
                "line": {"color": colour, "dash": dash, "width": 3},
                "marker": {"symbol": sign, "size": 9},
                "hoverinfo": "text",
                "hovertext": [tr("compare.past.hover", characters=round(x), bits=y) for x, y in points],
            }
        )
        place = math.log10(reach.characters)  # what an annotation on a logarithmic axis wants
        notes.append(
            {
                "x": place,
                "y": float(np.interp(place, np.log10(seen), losses)),
                "text": tr(f"compare.past.stops.{level}", characters=reach.characters),
                "ax": 0,
                "ay": _LABEL_AT[level],
                "arrowcolor": colour,
                "arrowwidth": 2,
                "font": {"size": 14, "color": ink},
            }
        )
    ticks = [2**k for k in range(10)]
    layout = _layout(dark, 300) | {
        "annotations": notes,
        "xaxis": _axis(tr("compare.past.x"), ink)
        | {"type": "log", "tickvals": ticks, "ticktext": list(map(str, ticks))},
        "yaxis": _axis(tr("compare.past.y"), ink) | {"rangemode": "tozero"},
    }
    return go.Figure(traces, layout)


def change_chart(
    cuts: dict[str, Cut], changes: dict[str, list[tuple[int, float]]], tr: Translator, dark: bool = False
) -> go.Figure:
    """How much yhat changes at each token, above its characters in the text: words upward, characters downward."""
    ink, text = page(dark).ink, cuts["word"].text
    traces = []
    for level, way in (("word", 1), ("char", -1)):
        pieces = [cuts[level].pieces[i] for i, _ in changes[level]]
        read = [cuts[level].read[i] for i, _ in changes[level]]
        traces.append(
            {
                "type": "bar",
                "name": tr(f"level.{level}"),
                "x": [(piece.start + piece.end) / 2 for piece in pieces],
                "width": [piece.end - piece.start - 0.15 for piece in pieces],
                "y": [way * change for _, change in changes[level]],
                "customdata": [f"{change:.0%}" for _, change in changes[level]],
                "text": [_escaped(visible(one)) for one in read],
                "textposition": "none",
                "marker": {
                    "color": _LOOKS[level][0],
                    "pattern": {"shape": "" if level == "word" else "/", "bgcolor": tint(VERMILION, 0.4)},
                },
                "hovertemplate": "%{text} %{customdata}<extra></extra>",
            }
        )
    letters = range(len(text)) if len(text) <= _LETTERS else []
    layout = _layout(dark, 230) | {
        "barmode": "overlay",
        "xaxis": {
            "range": [0, max(len(text), 1)],
            "tickvals": [i + 0.5 for i in letters],
            "ticktext": [_escaped(text[i] if text[i] == " " else visible(text[i])) for i in letters],
            "tickangle": 0,
            "tickfont": {"size": 14},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": _axis(tr("compare.past.change"), ink)
        | {"range": [-1.05, 1.05], "tickvals": [-1, -0.5, 0, 0.5, 1], "ticktext": ["100%", "50%", "0", "50%", "100%"]},
    }
    return go.Figure(traces, layout)


def _layout(dark: bool, height: int) -> dict[str, Any]:
    return base_layout(dark, height, (56, 8, 26, 44), 14) | {
        "legend": {"orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom"},
        "showlegend": True,
    }


def _axis(title: str, ink: str) -> dict[str, Any]:
    return {
        "title": {"text": title, "font": {"size": 14}},
        "gridcolor": tint(VEIL, 0.25),
        "linecolor": ink,
        "zeroline": False,
        "fixedrange": True,
    }


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
