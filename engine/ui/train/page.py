"""The page "Train": from a text to a model that writes like it, in a minute or two."""

from html import escape
from pathlib import Path

import streamlit as st

from engine import bench
from engine.figures.translator import Translator
from engine.ui import front_end, own_models, session
from engine.ui.parts import Keep
from engine.ui.train import desk as on
from engine.ui.train.desk import Desk
from engine.ui.train.processes import NotDoneError
from engine.ui.train.setup import other_text, setup
from engine.ui.train.text import text
from engine.ui.train.watching import watching
from engine.ui.widgets import language

_FRONT = Path(__file__).with_name("front")
_STYLE = front_end.style(Path(__file__).with_suffix(".css"))
CODE = front_end.code(_FRONT, "keep", COOKIE=own_models.COOKIE)
_mount_keep = st.components.v2.component("train_keep", js=CODE)


def page() -> None:
    """The page "Train"."""
    tr = session.tr()
    st.html(_STYLE)
    with st.sidebar:
        language(tr)
        for what in ("loss", "held_out", "copied"):
            st.html(f'<p class="explanation">{escape(tr(f"train.explain.{what}"))}</p>')
        rule = tr("train.rule", count=bench.at_once(), seconds=bench.LEFT_AFTER)
        st.html(f'<p class="explanation">{escape(rule)}</p>')
    try:
        now = on.desk()
        _keep()
        on.refresh()
        if now.state is not None:
            watching()
        elif now.file:
            _settings(now, tr)
        else:
            text(now, tr)
    except OSError as error:  # no folder to work in, or no room on the disk
        said = tr("train.refused.disk", problem=error.strerror or type(error).__name__)
        st.html(f'<div class="notice" role="alert">{escape(said)}</div>')
    on.write_address()
    session.show_notices()


def _settings(now: Desk, tr: Translator) -> None:
    """The text once it has been looked at; one that cannot be trained on leaves its reason and a way on."""
    try:
        with st.spinner(tr("train.looking")):
            look = on.looked()
    except NotDoneError:
        look = {"refused": "slow", "values": {}}
    if "refused" not in look:
        setup(now, look, tr)
        return
    said = tr(f"train.refused.{look['refused']}", **look["values"])
    if now.setup.by or now.setup.cut or now.setup.words:  # as the visitor wants it, it cannot be; else it can, perhaps
        st.html(f'<div class="notice" role="alert">{escape(said)}</div>')
        with st.container(horizontal=True, gap="small"):
            st.button(tr("train.as_suggested"), key="train_suggested", on_click=_as_suggested, type="primary")
            other_text(tr)
        return
    on.put_away()
    now.refused = (look["refused"], look["values"])
    text(now, tr)


def _as_suggested() -> None:
    on.change(by=None, cut=None, words=None)


def _keep() -> None:
    """The browser keeps the bench's name while it is open, so that the page finds it when it is loaded again."""
    place = own_models.own().bench
    data: Keep = {"bench": place.name if place is not None else ""}
    _mount_keep(key="train_keep", data=data)
