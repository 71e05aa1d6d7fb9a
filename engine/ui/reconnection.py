"""A page whose server was replaced: it tells the new one which session it was of, and the address that it shows."""

from typing import NamedTuple
from urllib.parse import parse_qsl

import streamlit as st

from engine.ui import front_end
from engine.ui.parts import Reconnection

LONGEST = 50_000  # characters of an address; ours are shorter, and browsers take no more

CODE = front_end.code(front_end.SHARED, "reconnection")
_mount = st.components.v2.component("reconnection", js=CODE)


class Told(NamedTuple):
    """`session`: the one that the page was of. `page`: the last part of its path; `query`: of its address, by key."""

    session: str
    page: str
    query: dict[str, str]


def told(session: str) -> Told | None:
    """What the page tells this `session` after it was connected again, in one run; page.css gives it no place."""
    data: Reconnection = {"session": session}
    return understood(_mount(key="reconnection", data=data, on_told_change=lambda: None).told)


def understood(value: object) -> Told | None:
    """None for what is not of the form that a page sends, for a browser can be made to send anything.

    >>> understood({"session": "a1", "path": "/class/score", "query": "?text=Mau&text=My+cat"})
    Told(session='a1', page='score', query={'text': 'My cat'})
    """
    if not isinstance(value, dict):
        return None
    session, path, query = (value.get(name) for name in ("session", "path", "query"))
    if not (isinstance(session, str) and isinstance(path, str) and isinstance(query, str)):
        return None
    if len(session) + len(path) + len(query) > LONGEST:
        return None
    pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)  # of one that is there twice the last, as always
    return Told(session, path.rpartition("/")[2], dict(pairs))
