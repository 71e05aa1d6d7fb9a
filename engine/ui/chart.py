"""Charts as this app shows them: drawn for a laptop, and larger where the page's type is (page.css)."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from engine.figures.theme import Chart
from engine.ui import session

LEAST, MOST = 0.5, 4.0  # type on a small slide, and on a large screen
_PIXELS = ("height", "size", "l", "r", "t", "b", "xshift", "yshift")  # what a layout measures in pixels


@dataclass
class Screen:
    """How large the type of the browser's page is, 1 on a laptop, and whether it is as narrow as a phone."""

    scale: float = 1.0
    narrow: bool = False


def learn(told: object) -> None:
    """Keep what the browser has told of its screen (front/screen.js); once a page, before its charts."""
    if isinstance(told, dict):
        size = told.get("scale")
        here = session.record(Screen)
        here.scale = size if isinstance(size, (int, float)) and LEAST <= size <= MOST else 1.0
        here.narrow = told.get("narrow") is True


def scale() -> float:
    """1 on a laptop, more on a larger screen."""
    return session.record(Screen).scale


def narrow() -> bool:
    """Whether the screen is as narrow as a phone, upright or on its side."""
    return session.record(Screen).narrow


def chart(figure: go.Figure, key: str, alt: str) -> None:
    """A chart of the page. `alt`: what it shows, for those who do not see it."""
    shown = grown(figure, scale())
    st.plotly_chart(shown, key=key, theme=None, config={"displayModeBar": False}, alt=alt)


def grown(figure: go.Figure, times: float) -> go.Figure:
    """`figure` with all its texts, rows and margins that many times as large."""
    return figure if times == 1 else go.Figure(larger(figure.to_plotly_json(), times))


def larger(chart: Chart, times: float) -> Chart:
    """The same of a chart as plain data."""
    if times == 1:
        return chart
    layout = chart["layout"] | {"font": {"size": 12, **chart["layout"].get("font", {})}}
    return {"data": [_grown(trace, times) for trace in chart["data"]], "layout": _grown(layout, times)}


def _grown(part: Any, times: float) -> Any:
    if isinstance(part, dict):
        return {
            name: value * times if name in _PIXELS and isinstance(value, (int, float)) else _grown(value, times)
            for name, value in part.items()
        }
    if isinstance(part, (list, tuple)) and any(isinstance(one, dict) for one in part):
        return [_grown(one, times) for one in part]
    return part
