"""The address of a page, written without an entry in the browser's history, so that Back leads to the page before."""

from urllib.parse import urlencode

import streamlit as st

# `st.query_params` would add an entry for every change, and Back would lead from a page to that same page. A page that
# has been left meanwhile must not write over the address of the one on show.
_mount = st.components.v2.component(
    "address",
    js="""export default ({ data }) => {
      const here = location.pathname.endsWith(`/${data.page}`) && location.search.slice(1) !== data.query;
      if (here) history.replaceState(history.state, "", `${location.pathname}?${data.query}${location.hash}`);
    };""",
)


def write(page: str, query: dict[str, str]) -> None:
    """The address of what is on show on the page of that path; drawn with the page, page.css gives it no place."""
    _mount(key="address", data={"page": page, "query": urlencode(query)})
