"""The address of a page, written without an entry in the browser's history, so that Back leads to the page before."""

import streamlit as st

from engine.ui import front_end, link

# `st.query_params` would add an entry for every change, and Back would lead from a page to that same page.
CODE = front_end.code(front_end.SHARED, "address", "page_address", OUR_KEYS=link.OUR_KEYS)
_mount = st.components.v2.component("address", js=CODE)


def write(page: str, query: dict[str, str]) -> None:
    """The address of what is on show on the page of that path; drawn with the page, page.css gives it no place."""
    _mount(key="address", data={"page": page, "query": link.encoded(query)})
