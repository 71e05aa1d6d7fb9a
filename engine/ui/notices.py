"""What the session has to tell the viewer: each sentence for long enough to be read."""

import time
from html import escape
from typing import NamedTuple

import streamlit as st

SECONDS = 6  # a notice stays at least that long, however often the page is drawn meanwhile


class Notice(NamedTuple):
    """A sentence and since when it has been on show, by `time.monotonic`; None: not yet."""

    sentence: str
    since: float | None = None


def with_new(notices: list[Notice], sentence: str) -> list[Notice]:
    """`notices` with one more, the latest last; one that is there already begins anew."""
    return [*(one for one in notices if one.sentence != sentence), Notice(sentence)]


def on_show(notices: list[Notice], now: float) -> list[Notice]:
    """Those that have not had their time yet, each with the moment since when it is on show."""
    return [
        one._replace(since=now if one.since is None else one.since)
        for one in notices
        if one.since is None or now - one.since < SECONDS
    ]


def show_notices() -> None:
    """The last element of a page, so that all others keep their place; page.css lays it over them."""
    st.session_state.notices = on_show(st.session_state.notices, time.monotonic())
    if st.session_state.notices:
        rows = "".join(
            # the browser takes it away at its time (front/said.js), if the script does not run before that
            f'<div class="notice" data-notice="{one.since}" data-seconds="{SECONDS}">{escape(one.sentence)}</div>'
            for one in st.session_state.notices
        )
        st.html(f'<div class="notices" role="alert">{rows}</div>')
