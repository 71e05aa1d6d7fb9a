"""Tokens that a visitor has pinned: they are among the bars at every step of a model."""

import streamlit as st

MOST_PINS = 4  # at once; the oldest goes first


def pins() -> tuple[int, ...]:
    """Ids of the tokens pinned as bars; those of another model do not count."""
    name, token_ids = st.session_state.get("pins", ("", ()))
    return token_ids if name == st.session_state.model_name else ()


def pin(token_id: int, pinned: bool = True) -> None:
    """Pin a token as a bar, or take it down again."""
    others = tuple(one for one in pins() if one != token_id)
    st.session_state.pins = (st.session_state.model_name, (*others, token_id)[-MOST_PINS:] if pinned else others)
