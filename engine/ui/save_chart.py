"""Charts that can be saved: shown in the theme of the page, and taken away in the light one, as PNG and SVG."""

from collections.abc import Callable
from pathlib import Path

import plotly.graph_objects as go
import plotly.io
import streamlit as st

from engine.figures.theme import FONT, Chart
from engine.figures.translator import Translator
from engine.ui import front_end, session
from engine.ui.chart import chart
from engine.ui.parts import SaveChartPart

WIDTH = 760  # pixels of a chart in a file

_FRONT = Path(__file__).with_name("front")
FILES_STYLE = (_FRONT / "files.css").read_text(encoding="utf-8")
CODE = front_end.code(_FRONT, "dom", "text_width", "save", "pictures", "save_chart", FONT=FONT)
_mount = st.components.v2.component("save_chart", js=CODE, css=FILES_STYLE)


def savable_chart(draw: Callable[[bool], go.Figure], key: str, alt: str, caption: str) -> None:
    """`draw(dark)` as a chart of the page, and two buttons below it that save `draw(False)` with `caption`."""
    tr = session.tr()
    chart(draw(st.context.theme.type == "dark"), key=key, alt=alt)
    part: SaveChartPart = {
        "undrawable": tr("app.undrawable"),
        "name": key,
        "figure": figure_json(draw(False)),
        "width": WIDTH,
        "caption": caption,
        "buttons": save_buttons(tr),
    }
    _mount(key=f"{key}_save", data=front_end.as_json(part).encode())


def figure_json(figure: go.Figure | Chart) -> str:
    """A figure as Plotly reads it in the browser."""
    return str(plotly.io.to_json(figure, validate=False))


def save_buttons(tr: Translator) -> list[tuple[str, str, str]]:
    """(kind, label, help) of each form that a picture can be saved in."""
    return [(kind, kind.upper(), tr(f"picture.save.{kind}")) for kind in ("png", "svg")]
