"""The stage's own front end (front/) in Python: sends it a step, says where that is drawn, counts the presses."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from engine.figures.theme import FONT, css_variables
from engine.ui import front_end, link
from engine.ui.parts import (
    Ack,
    AroundBars,
    AroundDraw,
    AroundRun,
    AroundStep,
    HeadingPart,
    NarrationPart,
    Place,
    PlaceName,
    PredictPart,
)
from engine.ui.stage.actions import ACTIONS, keys

MOST_PRESSES = 1_000  # in one message; a hand makes fewer
CHANNEL = "sampling-novel-sequences"  # of the browser, between its tabs (speaker.py)
LARGEST = 2**53 - 1  # whole numbers beyond this are not exact in JavaScript


_FRONT = Path(__file__).with_name("front")
_PRESSED = [
    name for name, action in ACTIONS.items() if action.does
]  # a list: what a browser sends need not be hashable
_PICTURES = (
    "dom",
    "text_width",
    "fitted",
    "roving",
    "token_strip",
    "copying",
    "running_text",
    "network",
    "draw_strips",
)
_HANDS = ("presses", "live", "fields", "presenter", "deck", "speaker_channel", "keys")
_FILES = ("address", *_PICTURES, "words", "bars", "predict", *_HANDS, "link", "stage")  # joined into one module


def _plotly() -> str:
    """The file of Streamlit's front end that brings Plotly, beside its others; its name has a hash in it."""
    folder = Path(st.__file__).parent / "static" / "static" / "js"
    return next(folder.glob("PlotlyChart.*.js")).name


# Paper is white: it has the colours of the light theme, which all of the page has.
_CSS = f"@media not print {{ .stage.dark {{ {css_variables(dark=True)} }} }}\n"
_CSS += "\n".join((_FRONT / f"{name}.css").read_text(encoding="utf-8") for name in ("stage", "predict"))
# The front end as one JavaScript module, with the style sheet as a text in it.
CODE = front_end.versioned(
    front_end.code(
        _FRONT,
        *_FILES,
        STAGE_CSS=_CSS,
        FONT=FONT,
        KEYS=keys(),
        OUR_KEYS=link.OUR_KEYS,
        CHANNEL=CHANNEL,
        PLOTLY=_plotly(),
    )
)
PART = front_end.code(_FRONT, "part")
# Streamlit sends a component's source again whenever it is mounted or gets new data. So the code has a component of its
# own, which stands outside of what a step runs again; a part is a few lines that find it.
_loader = st.components.v2.component("stage_code", js=CODE)
_part = st.components.v2.component("stage", js=PART)
# In the page itself: Plotly's style sheet is the page's, and so is that of what is said.
_open = st.components.v2.component("stage_open", js=PART, isolate_styles=False)


class Shown(NamedTuple):
    """A part of the step: what is made anew for each visitor, and its `pictures`, further fields as JSON (seen.py)."""

    around: AroundRun | AroundDraw | AroundBars | PredictPart | HeadingPart | NarrationPart
    pictures: str = ""

    def as_json(self) -> str:
        """Both as one object of JSON."""
        around = front_end.as_json(self.around)
        return f"{around[:-1]},{self.pictures[1:]}" if self.pictures else around


def load() -> None:
    """Send the front end to the browser; once a page, before the parts are mounted."""
    _loader(key="stage_code", on_whole_change=lambda: None)


def mount(step: AroundStep, shown: Mapping[str, Shown | None], key: str, on_presses: Callable[[], None]) -> None:
    """Send a step: its run is drawn here, what else is shown of it at the places that stand for it.

    All of it in one message, and the places outside of what a step runs again: each element more that a step sends
    takes the server as long as a picture, and the browser longer.

    `on_presses` is called before the script runs again, when `st.session_state[key].presses` holds new presses.
    """
    parts = (f',"{name}":{"null" if part is None else part.as_json()}' for name, part in shown.items())
    _part(key=key, data=f"{front_end.as_json(step)[:-1]}{''.join(parts)}}}".encode(), on_presses_change=on_presses)


def place(name: PlaceName) -> None:
    """Here the part of that name is shown of the latest step."""
    (_part if name in ("draw", "predict") else _open)(key=f"stage_{name}", data=_place(name))


def place_bars(on_click: Callable[[], None]) -> None:
    """Here the bars are shown.

    `on_click` is called before the script runs again, when `st.session_state.bars.clicked` holds the `customdata`
    of a row. Where the page has become dark or light meanwhile, the script just runs again.
    """
    _open(key="bars", data=_place("bars"), on_clicked_change=on_click, on_theme_change=lambda: None)


def _place(name: PlaceName) -> bytes:
    record: Place = {"part": "place", "name": name}
    return front_end.as_json(record).encode()


def new_presses(value: object, ack: Ack | None) -> tuple[list[tuple[str, int]], Ack | None]:
    """(action, argument) of the presses in `value` not handled before, in order, and the acknowledgement to send back.

    `value`: what the browser sent, {"mount": id, "items": [[n, action, argument], ...]}, every press that it knows no
    acknowledgement of, n counting from 1 within a mount. `ack`: {"mount", "n"} of the last press handled, or None. What
    is not of that form is ignored, for a browser can be made to send anything.

    >>> new_presses({"mount": "m", "items": [[1, "step", 0], [2, "show", 4]]}, {"mount": "m", "n": 1})
    ([('show', 4)], {'mount': 'm', 'n': 2})
    """
    if not isinstance(value, dict):
        return [], ack
    mount_id, items = value.get("mount"), value.get("items")
    if not (isinstance(mount_id, str) and 0 < len(mount_id) <= 64 and isinstance(items, list)):
        return [], ack
    handled = ack["n"] if ack is not None and ack["mount"] == mount_id else 0
    new = {item[0]: item[1:] for item in items[:MOST_PRESSES] if _is_press(item) and item[0] > handled}
    if not new:
        return [], ack
    return [(new[n][0], new[n][1]) for n in sorted(new)], {"mount": mount_id, "n": max(new)}


def _is_press(item: object) -> bool:
    return (
        isinstance(item, list)
        and len(item) == 3
        and _is_whole(item[0], 1)
        and item[1] in _PRESSED
        and _is_whole(item[2], 0)
    )


def _is_whole(value: object, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= LARGEST
