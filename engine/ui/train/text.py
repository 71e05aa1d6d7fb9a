"""The text to train on: pasted, uploaded, or one to begin with. A model file may come instead."""

from html import escape
from pathlib import PurePath

import streamlit as st

from engine.figures.translator import Translator
from engine.ui import session
from engine.ui.parameters import EXAMPLES
from engine.ui.train import desk as on
from engine.ui.train.desk import MOST_FILE, MOST_PASTED, Desk
from engine.ui.train.model_upload import SUFFIXES, bring


def text(now: Desk, tr: Translator) -> None:
    """Where a text is chosen."""
    st.html(f'<style>:root {{ --choose-file: "{tr("train.upload.button")}"; }}</style>')
    st.html(f'<div class="narration" data-said>{escape(tr("train.opening"))}</div>')
    if now.refused is not None:
        reason, values = now.refused
        st.html(f'<div class="notice" role="alert">{escape(tr(f"train.refused.{reason}", **values))}</div>')
    left, right = st.columns([1, 1.3], gap="large")
    with left:
        _heading("train.example", tr)
        with st.container(horizontal=True, gap="small"):
            for name in EXAMPLES:
                st.button(tr(f"train.example.{name}"), key=f"train_example_{name}", on_click=_example, args=(name,))
        st.html(f'<p class="explanation">{escape(tr("train.example.made"))}</p>')
        _heading("train.upload", tr)
        key = f"train_file_{now.uploads}"
        st.file_uploader(
            tr("train.upload.label", most=MOST_FILE // 2**20),
            type="txt",
            key=key,
            max_upload_size=MOST_FILE // 2**20,
            on_change=_uploaded,
            args=(key,),
        )
    with right:
        _heading("train.paste", tr)
        with st.form("train_paste", border=False):
            pasted = st.text_area(
                tr("train.paste"),
                key="train_pasted",
                max_chars=MOST_PASTED,
                height=210,
                placeholder=tr("train.paste.placeholder"),
                label_visibility="collapsed",
            )
            if st.form_submit_button(tr("train.use"), type="primary", icon=":material/check:"):
                on.take((pasted or "")[:MOST_PASTED].encode(), tr("train.pasted.name"))
                st.rerun()
    _heading("train.model", tr)
    key = f"train_model_{now.uploads}"
    st.file_uploader(
        tr("train.model.label", kinds=", ".join(SUFFIXES), most=st.get_option("server.maxUploadSize")),
        type=list(SUFFIXES),
        key=key,
        on_change=_brought,
        args=(key,),
    )


def _heading(key: str, tr: Translator) -> None:
    st.html(f'<h2 class="part">{escape(tr(key))}</h2>')


def _example(name: str) -> None:
    on.take(None, name, name)


def _uploaded(key: str) -> None:
    """A file given or taken out again: its bytes are the bench's from now on, and not the field's."""
    now, file = session.record(Desk), st.session_state.get(key)
    if file is None:
        return
    now.uploads += 1
    if file.size > MOST_FILE:
        now.refused = ("large", {"most": MOST_FILE // 2**20})
        return
    on.take(file.getvalue(), PurePath(file.name).name[:100])


def _brought(key: str) -> None:
    now, file = session.record(Desk), st.session_state.get(key)
    if file is None:
        return
    now.uploads += 1
    now.refused = bring(PurePath(file.name).name[:100], file.getvalue())
