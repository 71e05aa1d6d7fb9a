"""What the session has to tell the viewer, once."""

from html import escape

import streamlit as st


def show_notices() -> None:
    """The last element of a page, so that all others keep their place; page.css lays it over them."""
    if st.session_state.notices:
        rows = "".join(f'<div class="notice">{escape(sentence)}</div>' for sentence in st.session_state.notices)
        st.html(f'<div class="notices" role="alert">{rows}</div>')
        st.session_state.notices = []
