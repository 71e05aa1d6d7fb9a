"""The stage's own front end in Python: mounts stage.js with a record to draw, and counts the presses it sends back."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

ACTIONS = ("step", "back", "phase", "play", "start", "end", "help", "show")
MOST_PRESSES = 1_000  # in one message; a hand makes fewer
LARGEST = 2**53 - 1  # whole numbers beyond this are not exact in JavaScript


def _source(name: str) -> str:
    """A file beside this one without indents and comment lines: Streamlit sends all of it again at every step."""
    lines = (Path(__file__).with_name(name)).read_text(encoding="utf-8").splitlines()
    return "\n".join(line.strip() for line in lines if line.strip() and not line.lstrip().startswith(("//", "/*")))


_component = st.components.v2.component("stage", js=_source("stage.js"), css=_source("stage.css"))


def mount(part: str, record: dict, key: str, on_presses: Callable[[], None] | None = None) -> None:
    """Draw `record` on the page as the part "run" or "draw".

    `record`: plain data; "step" is the time step on show. "run" has "strip", "network", "notes" (short lines), "query"
    (of the link) and "ack" (from `new_presses`); "draw" has "title" and "strip". `on_presses` is called before the
    script runs again, when `st.session_state[key].presses` holds new presses.
    """
    callbacks = {} if on_presses is None else {"on_presses_change": on_presses}
    _component(key=key, data={"part": part, **record}, **callbacks)


def new_presses(value, ack: dict | None) -> tuple[list[tuple[str, int]], dict | None]:
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
    return [tuple(new[n]) for n in sorted(new)], {"mount": mount_id, "n": max(new)}


def _is_press(item) -> bool:
    return (
        isinstance(item, list)
        and len(item) == 3
        and _is_whole(item[0], 1)
        and item[1] in ACTIONS
        and _is_whole(item[2], 0)
    )


def _is_whole(value, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= LARGEST
