"""The address of a page, read and written.

It is written without an entry in the browser's history, so that Back leads to the page before.
"""

from typing import Any

import streamlit as st

from engine.ui import front_end, link, parameters, session

# `st.query_params` would add an entry for every change, and Back would lead from a page to that same page.
CODE = front_end.code(front_end.SHARED, "address", "page_address", OUR_KEYS=link.OUR_KEYS)
_mount = st.components.v2.component("address", js=CODE)


def read(page: str) -> dict[str, Any]:
    """What the address says of the parameters of that page, by key; what makes no sense is named to the viewer."""
    told = session.current().told
    query = told.query if told is not None and told.page == page else st.query_params.to_dict()
    values, ignored = parameters.read(page, query)
    session.say_ignored(ignored)
    return values


def write(page: str, query: dict[str, str]) -> None:
    """The address of what is on show on the page of that path; drawn with the page, page.css gives it no place."""
    _mount(key="address", data={"page": page, "query": link.encoded(query)})
