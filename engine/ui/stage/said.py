"""A sentence of a panel below the stage."""

from html import escape

import streamlit as st


def say(sentence: str, t: int, aloud: bool = False) -> None:
    """`t`: the step on show that it tells of. `aloud`: whether a screen reader speaks it when it changes."""
    st.html(f'<p class="said" data-step="{t}"{" data-said" * aloud}>{escape(sentence)}</p>')
